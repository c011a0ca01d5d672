"""Recorded hours and stored hours against allocation."""
