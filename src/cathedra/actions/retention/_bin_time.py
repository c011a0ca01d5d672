"""How long what a hold kept in the bin still lies there: never less than it takes to warn whoever it is about (R130, R134,
N39)."""

from datetime import datetime, timedelta

from cathedra import config
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.terms import RecordingId


def lengthen_after_hold(recording_id: RecordingId, *, now: datetime) -> None:
    """Inside the transaction in which a hold ends: once nothing holds it, it lies in the bin for as long as it takes to
    warn of its end; so does what it plays, where it is a copy by reference (R130). Elsewhere nothing happens."""
    for one in reads.with_original(recording_id):
        found = reads.facts(one)
        if not found.holds and not found.is_copy_held:
            lengthen(one, now=now)


def lengthen_held(*, now: datetime, page: int = 200) -> None:
    """Once a day, of all that is held in the bin: should its hold end before the next look, in whichever way, there is
    time left to warn of it."""
    before, after = _since(retention.LEFT_AFTER_HOLD, now), None
    while ids := reads.list_binned(before=before, is_held=True, after=after, limit=page):
        with transaction():
            for recording_id in ids:
                lengthen(recording_id, now=now)
        after = ids[-1]


def lengthen(recording_id: RecordingId, *, left: timedelta = retention.LEFT_AFTER_HOLD, now: datetime) -> None:
    """At least so much of its days in the bin is left; where that is more than there was, it is warned of anew."""
    writes.lengthen_bin(recording_id, since=_since(left, now))


def _since(left: timedelta, now: datetime) -> datetime:
    return now - timedelta(days=config.get().bin.days) + left
