"""The database, all of it: tables, questions, answers put away."""
