"""Does this use fit the acceptable-use policy."""
