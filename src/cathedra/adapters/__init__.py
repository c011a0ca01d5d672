"""The outside world, one tool a module."""
