"""The door for people: HTTP pages and JSON."""
