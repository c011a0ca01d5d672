"""Finding it."""
