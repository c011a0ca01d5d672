"""What the staff area's start page lists: something that waits for somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for somebody: a sentence, where to do it, and whether it is late."""

    sentence: str
    address: str
    icon: str = "circle-alert"
    is_late: bool = False
