"""The API, as a program asks it."""
