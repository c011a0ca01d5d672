"""What a handler is given, and what it looks like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.actions.encoding import Tools
from cathedra.domain.terms import Actor


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job."""

    actor: Actor
    now: datetime
    attempt: UUID
    tools: Tools
    stalled_seconds: float  # a worker not heard of for so long is dead
    why: str = ""  # when giving up: what went wrong the last time


Handler = Callable[[Run, Mapping[str, object]], object]


def text(arguments: Mapping[str, object], name: str) -> str:
    """An argument by name; unknown others are ignored, so that old jobs run on new code."""
    return str(arguments[name])
