"""What is true and what is allowed: pure values and functions; standard library only."""
