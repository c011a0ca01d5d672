"""The door for operators: the cathedra command."""
