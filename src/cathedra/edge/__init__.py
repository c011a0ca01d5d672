"""The hot door, bare ASGI beside Django: authorise a segment, take upload chunks."""
