"""Put what is scheduled to another time, or call it off: this one, those that follow in its series, or all of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cathedra.actions.scheduling import _rights, _tell
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleRow
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest, library
from cathedra.domain.ingest import Occurrence, Reach, RoomRecorder, Span, Standing
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

REASON_CHARACTERS = 500


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
    All of them, or none, with a refusal: of one that is being recorded or over, whatever its series. Raises
    ScheduleNotFound."""
    span = span.in_minutes()
    with transaction():
        may = _may(recording_id, actor, now)
        rows = lock_reached(recording_id, reach, now)
        chosen = next(row for row in rows if row.recording_id == recording_id)
        if may.is_permitted:
            may = _recorders(chosen, actor)
        ids = [row.recording_id for row in rows]
        wanted = []
        for row in rows:
            after = span if row == chosen else ingest.moved_alike(row.span, chosen.span, span, zone)
            taken = _rights.taken(row.recorder_ids, after, beside=ids, actor=actor, now=now)
            standing = Standing(may, row.media, row.span)
            decision = ingest.decide_change(standing, after, taken=taken, max_hours=max_hours, now=now)
            if not decision.is_permitted:
                return decision
            wanted.append((row, after))
        changed = [(row, after) for row, after in wanted if after != row.span]
        writes.set_times((row.recording_id, after) for row, after in changed)
        for row, after in changed:
            _moved(row, after, actor, now)
        _tell.changed([row.recording_id for row, _after in changed], now=now)
    return permit()


def cancel_scheduled(
    recording_id: RecordingId, *, reach: Reach = Reach.THIS, reason: str = "", actor: Actor, now: datetime
) -> Decision:
    """T4: nothing is recorded, and the recorder is free again; everybody concerned is told, with the reason that was
    given (N3). Of a series, what has begun or is over stays as it is, and the others are called off; refused where none
    can be. Raises ScheduleNotFound."""
    told = " ".join(reason.replace("\0", "").split())[:REASON_CHARACTERS]
    with transaction():
        rows = lock_reached(recording_id, reach, now)
        decisions = {row.recording_id: _decide_cancel(row, actor, now) for row in rows}
        forbidden = next((one for one in decisions.values() if one.code is Code.NO_PERMISSION), None)
        going = [row for row in rows if decisions[row.recording_id].is_permitted]
        if forbidden or not going:
            return forbidden or decisions[recording_id]
        sources = library.media_sources(MediaState.CANCELLED)
        writes.release([row.recording_id for row in going])
        for row in going:
            one = row.recording_id
            library_writes.move_media(one, sources=sources, to=MediaState.CANCELLED, now=now)
            facts: dict[str, object] = {"reason": told} if told else {}
            audit.record(
                actor, "recording:cancel_scheduled", target_kind="recording", target_id=one, now=now, facts=facts
            )
        _tell.cancelled([row.recording_id for row in going], reason=told, now=now)
    return permit()


def _decide_cancel(row: ScheduleRow, actor: Actor, now: datetime) -> Decision:
    folder_id, owner_id = ingest_reads.home_of(row.recording_id)
    may = _rights.may_call_off(row, folder_id, owner_id, actor=actor, now=now)
    return ingest.decide_cancel(Standing(may, row.media, row.span), now=now)


def _may(recording_id: RecordingId, actor: Actor, now: datetime) -> Decision:
    folder_id, _owner = ingest_reads.home_of(reads.get_schedule(recording_id).recording_id)
    return _rights.may_schedule(folder_id, actor=actor, now=now)


def _recorders(row: ScheduleRow, actor: Actor) -> Decision:
    """Another time of a recorder is scheduled by whoever may schedule on it (R152)."""
    folder_id, _owner = ingest_reads.home_of(row.recording_id)
    found = _rights.take_recorders(folder_id, row.recorder_ids, actor=actor)
    refused: RoomRecorder | None = next((one for one in found if not one.may), None)
    if refused is None:
        return permit()
    return deny(
        Code.NO_PERMISSION,
        "R152",
        _("You may not schedule on {name}. Ask whoever looks after the room to put it to another time."),
        name=refused.name,
    )


def lock_reached(recording_id: RecordingId, reach: Reach, now: datetime) -> list[ScheduleRow]:
    """The one that was chosen, and those of its series that `reach` names and that wait and are not over, kept until the
    transaction ends. They are locked in the order of their times, so that two who change one series take turns."""
    chosen = reads.get_schedule(recording_id)
    waiting = reads.list_series(chosen.series) if chosen.series and reach is not Reach.THIS else ()
    found = ingest.reached(waiting, Occurrence(recording_id, chosen.span), reach, now=now)
    return [reads.get_schedule(one.recording_id, lock=True) for one in found]


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
