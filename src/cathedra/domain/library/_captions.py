"""What is said: captions as cues on the unedited timeline (WebVTT's word), in milliseconds."""

from dataclasses import dataclass
from enum import StrEnum


class CaptionOrigin(StrEnum):
    """Who made the captions of a language. Those of a person are never overwritten by the engine (R210)."""

    AUTOMATIC = "AUTOMATIC"
    EDITED = "EDITED"
    UPLOADED = "UPLOADED"


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word as the engine heard it. `confidence` from 0 to 1."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once. `words` are the engine's and empty once a person has written the text."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[SpokenWord, ...] = ()
