"""The door for jobs: one function per job kind, each calling one action."""
