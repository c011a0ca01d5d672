"""Restores that nobody works on any more: taken up again, ended where they are done, or given up (R120, T32, T33). And
who waits longer than was promised is told."""

from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions.retention import _restore, _tell
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.terms import Actor

_PATIENCE = timedelta(minutes=5)
_WHY = "Nothing worked on it any more, and taking it up again did not bring it back."


def tend_restores(*, actor: Actor, now: datetime, limit: int = 100) -> int:
    """A job may be lost, and its last step may find nothing to do: nobody waits for ever because of it. What plays is
    at its end; the rest is begun again, and after `retention.TAKEN_UP_AT_MOST` turns its people are told that it could
    not be done. Returns how many."""
    stuck = reads.list_stuck_restores(before=now - _PATIENCE, limit=limit)
    for one in stuck:
        with transaction():
            _tend(one, actor=actor, now=now)
    return len(stuck)


def tell_late_restores(*, now: datetime, limit: int = 100) -> int:
    """R120: who was promised `restore.max_hours` hears once when they are over, and the service with them. Returns of how
    many."""
    late = reads.list_late_restores(before=now - timedelta(hours=config.get().restore.max_hours), limit=limit)
    for recording_id in late:
        with transaction():
            found, asked = reads.facts(recording_id, lock=True), reads.find_restore(recording_id)
            if found.keeping == retention.RESTORING and asked is not None and writes.mark_late(asked[0], now=now):
                _tell.restore_late(found, asked_by=asked[1], event=str(asked[0]), now=now)
    return len(late)


def _tend(one: reads.StuckRestore, *, actor: Actor, now: datetime) -> None:
    found = reads.facts(one.recording_id, lock=True)
    if found.keeping != retention.RESTORING:
        return  # it ended in the meantime
    if reads.is_made(one.recording_id):
        _restore.finish_restore(one.recording_id, actor=actor, now=now)
    elif one.taken_up >= retention.TAKEN_UP_AT_MOST:
        _restore.fail_restore(one.recording_id, why=_WHY, actor=actor, now=now)
    else:
        turn = writes.take_up_restore(one.recording_id)
        jobs.enqueue([_restore.job(one.recording_id)])
        facts = {"turn": turn}
        audit.record(
            actor, "recording:retry_restore", target_kind="recording", target_id=found.id, now=now, facts=facts
        )
