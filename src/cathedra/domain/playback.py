"""Giving it back: playlists and progress."""
