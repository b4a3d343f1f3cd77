"""Loading from the browser: files come into an inbox, a process of its own loads them, a page follows it."""
