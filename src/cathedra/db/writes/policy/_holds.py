"""Put away holds that somebody of the service lays by hand; each change is a compare-and-set on its being open."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Hold
from cathedra.domain.policy import HoldWish
from cathedra.domain.terms import AccountId, RecordingId


def add_hold(recording_id: RecordingId, wanted: HoldWish, *, by: AccountId, now: datetime) -> UUID:
    """Hold it (T27, R55). The caller holds the recording's row and has looked for an open one of this kind."""
    return Hold.objects.create(recording_id=recording_id, opened_by_id=by, opened_at=now, **asdict(wanted)).id


def end_hold(hold_id: UUID, *, by: AccountId | None, reason: str, now: datetime) -> bool:
    """It holds no more. False when it had ended already."""
    rows = Hold.objects.filter(id=hold_id, released_at=None)
    return bool(rows.update(released_at=now, released_by_id=by, release_reason=reason))


def decide_removal(hold_id: UUID, *, by: AccountId | None, reason: str, at: datetime) -> bool:
    """T29: what it holds goes then. False when it had ended already."""
    rows = Hold.objects.filter(id=hold_id, released_at=None)
    return bool(rows.update(remove_at=at, remove_by_id=by, remove_reason=reason, remove_told_at=None))


def note_removal_told(hold_id: UUID, *, at: datetime, now: datetime) -> None:
    """N19: its owner was told that what it holds goes then."""
    Hold.objects.filter(id=hold_id, released_at=None).update(remove_at=at, remove_told_at=now)
