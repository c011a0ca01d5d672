"""What is heard of a recorder: its heartbeat, its errors; and of which nothing is heard when it should be recording."""

from dataclasses import replace
from datetime import datetime, timedelta

from cathedra.actions.recorders import _tell
from cathedra.db.reads import recorders as reads
from cathedra.db.writes import audit
from cathedra.db.writes import recorders as writes
from cathedra.db.writes.recorders import Heard, NewError
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import ErrorSeverity
from cathedra.domain.terms import Actor, Decision, permit

_OLDEST = timedelta(days=30)  # a recorder's clock may be wrong


def hear_recorder(heard: Heard, *, actor: Actor, now: datetime) -> Decision:
    """It lives, and says what it does (R158). Not audited: one comes every half a minute."""
    decision = ingest.decide_state(heard.state)
    if actor.device is None:
        return ingest.not_its_own()
    if decision.is_permitted:
        with transaction():
            writes.hear(actor.device.recorder_id, heard, now=now)
    return decision


def report_error(new: NewError, *, actor: Actor, now: datetime) -> Decision:
    """It reports what went wrong (R158, R223); of a fault the technicians of its room are told (N43)."""
    if actor.device is None:
        return ingest.not_its_own()
    device = actor.device
    new = replace(new, at=max(now - _OLDEST, min(new.at, now)))
    with transaction():
        number = writes.add_error(device.recorder_id, new, now=now)
        told: dict[str, object] = {"severity": new.severity, "kind": new.type, "code": new.code, "text": new.text}
        audit.record(
            actor,
            "recorder:report_error",
            target_kind="recorder",
            target_id=str(device.recorder_id),
            now=now,
            facts=told,
        )
        if new.severity is ErrorSeverity.FAULT:
            _tell.fault(device, reads.facility_of(device.recorder_id), new.text, number, now=now)
    return permit()


def watch_recorders(*, actor: Actor, now: datetime) -> int:
    """R164: tell the technicians, once for each recording, of a recorder of which nothing is heard five minutes after the
    start, or that has recorded without a sound for ten. Returns of how many. Run again, nobody is told twice."""
    count = 0
    for one in reads.list_watched(now=now):
        is_overdue = ingest.is_overdue(one.due.span, one.heard_at, now=now)
        if is_overdue or ingest.is_silent(one.silent_since, now=now):
            with transaction():
                _tell.trouble(one, is_overdue=is_overdue, now=now)
            count += 1
    return count
