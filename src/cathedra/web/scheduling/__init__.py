"""The pages where people schedule recordings in rooms: the form, one schedule and its changes, the lists."""
