"""Pages of those who run the service."""
