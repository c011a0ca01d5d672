"""Viewers who watch, for tests that do not care how."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from cathedra.actions import viewing
from cathedra.domain.playback import Start, Stop, Stretch, Telling
from cathedra.domain.terms import AccountId, RecordingId


def watch(recording_id: RecordingId, viewers: Iterable[AccountId | None], *, now: datetime, until_ms: int) -> None:
    """Each of them watches from the beginning, once."""
    stretch = Stretch(0, until_ms, 1.0, Start.START, Stop.CLOSE)
    told = [Telling(uuid4(), 1, recording_id, who, (stretch,), None, now) for who in viewers]
    viewing.record_views(told, now=now)
