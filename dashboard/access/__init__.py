"""Who may see and do what: accounts, roles, sessions, and the door of the web application."""
