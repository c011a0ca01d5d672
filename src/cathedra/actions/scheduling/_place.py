"""Put what is scheduled on other recorders, as a timetable tells when it moves to another room (R156)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.actions.scheduling import _rights, _tell
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleRow
from cathedra.db.writes import audit
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import ScheduleFacts, Span, Standing
from cathedra.domain.terms import Actor, Decision, RecordingId, permit


def move_scheduled(
    recording_id: RecordingId,
    span: Span,
    recorder_ids: Collection[int],
    *,
    only_asks: bool = False,
    actor: Actor,
    now: datetime,
    max_hours: int,
) -> Decision:
    """One, to other recorders and times at once: judged as if it were scheduled there anew, beside itself (R152, R153), and
    as another time is (R154). With `only_asks` nothing is changed. Raises ScheduleNotFound."""
    span, wanted = ingest.whole_minutes(span), tuple(sorted(set(recorder_ids)))
    with transaction():
        row = reads.get_schedule(recording_id, lock=True)
        decision = _decide(row, span, wanted, actor, now, max_hours)
        if not decision.is_permitted or only_asks or (row.span, row.recorder_ids) == (span, wanted):
            return decision
        writes.set_place(recording_id, span, wanted)
        audit.record(
            actor,
            "recording:move_scheduled",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            before=_told(row.span, row.recorder_ids),
            after=_told(span, wanted),
        )
        _tell.changed([recording_id], now=now)
    return decision


def _decide(
    row: ScheduleRow, span: Span, wanted: tuple[int, ...], actor: Actor, now: datetime, max_hours: int
) -> Decision:
    may = _rights.may_change([row], actor=actor, now=now)
    recorders = _rights.take_recorders(row.folder_id, wanted, actor=actor)
    if may.is_permitted and len(recorders) != len(wanted):
        return _rights.no_recorder()
    slots = _rights.slots(wanted, [span], beside=[row.recording_id]) if wanted else ()
    taken = _rights.named(_rights.in_the_way(slots, wanted, span), actor=actor, now=now)
    standing = Standing(may, row.media, row.span)
    decision = ingest.decide_change(standing, span, taken=taken, max_hours=max_hours, now=now)
    if not decision.is_permitted:
        return decision
    if wanted == row.recorder_ids:
        return _rights.may_use([row], actor=actor)
    begun = ingest.decide_cancel(standing, now=now)  # from a room where it is being recorded it cannot be taken
    if not begun.is_permitted:
        return begun
    facts = ScheduleFacts(permit(), row.title, span, recorders, taken)
    return ingest.decide_scheduling(facts, max_hours=max_hours, now=now)


def _told(span: Span, recorder_ids: tuple[int, ...]) -> dict[str, object]:
    return {
        "starts_at": span.starts_at.isoformat(),
        "ends_at": span.ends_at.isoformat(),
        "recorders": list(recorder_ids),
    }
