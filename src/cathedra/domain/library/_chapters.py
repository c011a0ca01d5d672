"""What is shown: chapters, and how far a recording has been listened to and looked at by the product."""

from dataclasses import dataclass
from enum import StrEnum


class AnalysisKind(StrEnum):
    """What of a recording is analysed after it is ready, and never before: publishing does not wait."""

    SPEECH = "SPEECH"
    SLIDES = "SLIDES"


class AnalysisState(StrEnum):
    """How far an analysis is."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    NOTHING = "NOTHING"  # nobody speaks, or nothing is shown: no failure
    OFF = "OFF"  # this installation has no engine for it; the page says how to switch it on
    FAILED = "FAILED"


class MarkOrigin(StrEnum):
    """Who set a chapter: the product from the titles of slides, or a person."""

    AUTOMATIC = "AUTOMATIC"
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part begins, on the unedited timeline, and what it is called."""

    start_ms: int
    title: str
