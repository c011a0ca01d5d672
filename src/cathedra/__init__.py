"""Cathedra: lecture capture and video for a university that runs it itself."""

__version__ = "0.1.0"
