"""What a handler is given, and what it looks like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra import wiring
from cathedra.actions.captions import Listener
from cathedra.actions.encoding import Tools
from cathedra.adapters.object_store import ObjectStore
from cathedra.domain.terms import Actor


@dataclass(frozen=True, slots=True)
class Outside:
    """What some jobs alone use of what is outside; made when one asks for it, for it may not be there."""

    archive_store: Callable[[], ObjectStore] = wiring.archive_store
    speech_engine: Callable[[], Listener | None] = wiring.speech_engine
    has_speech_engine: Callable[[], bool] = wiring.has_speech_engine


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job."""

    actor: Actor
    now: datetime
    attempt: UUID
    tools: Tools
    stalled_seconds: float  # a worker not heard of for so long is dead
    why: str = ""  # when giving up: what went wrong the last time
    outside: Outside = Outside()


Handler = Callable[[Run, Mapping[str, object]], object]


def text(arguments: Mapping[str, object], name: str) -> str:
    """An argument by name; unknown others are ignored, so that old jobs run on new code."""
    return str(arguments[name])
