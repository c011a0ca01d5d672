"""Answers put away; only actions may import this floor."""
