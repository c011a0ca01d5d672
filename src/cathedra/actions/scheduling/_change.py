"""Put what is scheduled to another time, or call it off: this one, those that follow in its series, or all of them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cathedra.actions.scheduling import _rights, _tell
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleRow
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest, library
from cathedra.domain.ingest import Occurrence, Reach, Span, Standing
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Decision, RecordingId, permit

Wanted = list[tuple[ScheduleRow, Span]]


def reschedule(
    recording_id: RecordingId,
    span: Span,
    *,
    reach: Reach = Reach.THIS,
    actor: Actor,
    now: datetime,
    max_hours: int,
    zone: ZoneInfo,
) -> Decision:
    """T3: other times for one; the others that `reach` names go as many days on, to the same hours by the clock (R155).
    All of them, or none. What is being recorded gets another end alone (R154): when it is the one that was chosen, those
    that follow get that end too, and of another start nothing comes but the refusal; among the others, it is left as it
    is where they get another start. Times are cut to whole minutes. Raises ScheduleNotFound."""
    span = ingest.whole_minutes(span)
    with transaction():
        rows = reached(recording_id, reach, now)
        may = _rights.may_change(rows, actor=actor, now=now)
        if may.is_permitted:
            may = _rights.may_use(rows, actor=actor)
        chosen = next(row for row in rows if row.recording_id == recording_id)
        wanted = _wanted(rows, chosen, span, zone, now)
        decision = _decide(wanted, may, actor=actor, now=now, max_hours=max_hours)
        if not decision.is_permitted:
            return decision
        changed = [(row, after) for row, after in wanted if after != row.span]
        writes.set_times((row.recording_id, after) for row, after in changed)
        for row, after in changed:
            _moved(row, after, actor, now)
        _tell.changed([row.recording_id for row, _after in changed], now=now)
    return permit()


def cancel_scheduled(
    recording_id: RecordingId, *, reach: Reach = Reach.THIS, reason: str = "", actor: Actor, now: datetime
) -> Decision:
    """T4: nothing is recorded, and the recorder is free again. Why is told to whoever is told (N3).

    What has begun or is over cannot be called off. Where it was chosen with those that follow, those are called off, and
    the answer, which is permitted, has a reason that says what stays; where none is left to call off, it is refused.
    Raises ScheduleNotFound."""
    why = reason.replace("\0", "").strip()
    decision = ingest.decide_reason(why)
    if not decision.is_permitted:
        return decision
    with transaction():
        rows = reached(recording_id, reach, now)
        may = _rights.may_cancel(rows, actor=actor, now=now)
        decisions = [(row, ingest.decide_cancel(Standing(may, row.media, row.span), now=now)) for row in rows]
        off = [row.recording_id for row, decision in decisions if decision.is_permitted]
        if not off:
            return next(decision for row, decision in decisions if row.recording_id == recording_id)
        writes.release(off)
        sources = library.media_sources(MediaState.CANCELLED)
        library_writes.move_media_of(off, sources=sources, to=MediaState.CANCELLED, now=now)
        for one in off:
            audit.record(
                actor, "recording:cancel_scheduled", target_kind="recording", target_id=one, now=now, reason=why
            )
        _tell.cancelled(off, reason=why, now=now)
    goes_on = any(row.media == MediaState.RECORDING and row.span.ends_at > now for row in rows)
    return ingest.called_off(goes_on=goes_on, chosen_stays=recording_id not in off)


def reached(recording_id: RecordingId, reach: Reach, now: datetime) -> list[ScheduleRow]:
    """The one that was chosen, whatever has come of it, and those that `reach` names of its series that are not over, kept
    until the transaction ends. Raises ScheduleNotFound."""
    chosen = reads.get_schedule(recording_id)
    if chosen.series is None or reach is Reach.THIS:
        return [reads.get_schedule(recording_id, lock=True)]
    rows = reads.lock_series(chosen.series, beside=recording_id)
    every = [row for row in rows if row.span.ends_at > now or row.recording_id == recording_id]
    series = [Occurrence(row.recording_id, row.span) for row in every]
    ids = {one.recording_id for one in ingest.reached(series, Occurrence(recording_id, chosen.span), reach, now=now)}
    return [row for row in every if row.recording_id in ids]


def _wanted(rows: Sequence[ScheduleRow], chosen: ScheduleRow, span: Span, zone: ZoneInfo, now: datetime) -> Wanted:
    wanted = []
    for row in rows:
        after = span if row == chosen else ingest.moved_alike(row.span, chosen.span, span, zone)
        if row == chosen or ingest.goes_along(Standing(permit(), row.media, row.span), after, now):
            wanted.append((row, after))
    return wanted


def _decide(wanted: Wanted, may: Decision, *, actor: Actor, now: datetime, max_hours: int) -> Decision:
    """Every one of them, or none."""
    recorders = {one for row, _after in wanted for one in row.recorder_ids}
    beside = [row.recording_id for row, _after in wanted]
    slots = _rights.slots(recorders, [after for _row, after in wanted], beside=beside)
    for row, after in wanted:
        taken = _rights.named(_rights.in_the_way(slots, row.recorder_ids, after), actor=actor, now=now)
        standing = Standing(may, row.media, row.span)
        decision = ingest.decide_change(standing, after, taken=taken, max_hours=max_hours, now=now)
        if not decision.is_permitted:
            return decision
    return ingest.decide_apart((after, row.recorder_ids) for row, after in wanted)


def _moved(row: ScheduleRow, after: Span, actor: Actor, now: datetime) -> None:
    before = {"starts_at": row.span.starts_at.isoformat(), "ends_at": row.span.ends_at.isoformat()}
    told = {"starts_at": after.starts_at.isoformat(), "ends_at": after.ends_at.isoformat()}
    audit.record(
        actor,
        "recording:reschedule",
        target_kind="recording",
        target_id=row.recording_id,
        now=now,
        before=before,
        after=told,
    )
