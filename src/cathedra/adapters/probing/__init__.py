"""What `adapters.probe` runs in a process of its own: inside the limits, and with nothing loaded but what reads a file."""
