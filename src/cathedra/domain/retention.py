"""How long, then what."""
