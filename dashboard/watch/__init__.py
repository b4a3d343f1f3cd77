"""How the server is: what it counts, what it writes down, whether it is ready."""
