"""Measurements against the limits of the machine and against peers; `python -m bench` prints one table."""
