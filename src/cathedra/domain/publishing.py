"""Whether a recording is offered to its audience."""
