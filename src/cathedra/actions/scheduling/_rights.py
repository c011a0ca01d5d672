"""Who may schedule where, and what is in the way: asked alike by whoever schedules and by whoever changes (R152, R153).

Two rights are needed together. The folder's is that of R38 row 4: a Creator, or a Scheduler or Videographer who is
appointed for the folder. The recorder's is that of row 21: it is written in the list of schedulers that each facility
keeps, and who runs the service has it on every recorder, but by that alone no right in any folder."""

from collections.abc import Collection, Sequence
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleRow, Slot
from cathedra.domain import access
from cathedra.domain.ingest import RoomRecorder, Span, Taken
from cathedra.domain.terms import Actor, Code, Decision, FolderId, FolderNotFound, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def may_schedule(folder_id: FolderId, *, actor: Actor, now: datetime) -> Decision:
    """The folder's part (R38 row 4), and not for who may only submit there; the recorder's is asked of each recorder by
    its name (R152)."""
    return _may_schedule(_facts(folder_id, actor), now)


def may_change(rows: Collection[ScheduleRow], *, actor: Actor, now: datetime) -> Decision:
    """T3, R154: the folder's right, or that it is their own schedule (R38 row 7); of every one, or of none."""
    return _of_every(rows, actor, now, is_cancelling=False)


def may_cancel(rows: Collection[ScheduleRow], *, actor: Actor, now: datetime) -> Decision:
    """T4: the same; whose it is to be, who opts out; who runs the service; and the schedulers of the room, whose host may
    need it (R169)."""
    return _of_every(rows, actor, now, is_cancelling=True)


def _of_every(rows: Collection[ScheduleRow], actor: Actor, now: datetime, *, is_cancelling: bool) -> Decision:
    facts = {one: _facts(one, actor) for one in {row.folder_id for row in rows}}
    hosts: dict[tuple[int, ...], bool] = {}
    for row in rows:
        may = _may_schedule(facts[row.folder_id], now)
        is_own = actor.account_id is not None and row.scheduled_by == actor.account_id
        if may.is_permitted or (is_own and may.code is Code.NO_PERMISSION):
            continue
        if not is_cancelling or may.code is not Code.NO_PERMISSION:
            return may
        if actor.account_id == row.owner_id:
            continue
        if access.Standing.SERVICE_ADMIN in facts[row.folder_id].appointments:
            continue
        if row.recorder_ids not in hosts:
            hosts[row.recorder_ids] = reads.is_scheduler_of(row.recorder_ids, viewer=actor.account_id)
        if not hosts[row.recorder_ids]:
            return may
    return permit()


def _facts(folder_id: FolderId, actor: Actor) -> access.FolderFacts:
    try:
        return access_reads.folder_facts(actor.account_id, folder_id, lock=True)
    except FolderNotFound:
        return access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset())


def _may_schedule(facts: access.FolderFacts, now: datetime) -> Decision:
    return access.decide_scheduling(facts, now)


def take_recorders(folder_id: FolderId, recorder_ids: Collection[int], *, actor: Actor) -> tuple[RoomRecorder, ...]:
    """These recorders, kept for this transaction; of one that is not there, nothing may be scheduled."""
    runs_service = access.Standing.SERVICE_ADMIN in _facts(folder_id, actor).appointments
    return reads.lock_recorders(recorder_ids, viewer=actor.account_id, runs_service=runs_service)


def may_use(rows: Sequence[ScheduleRow], *, actor: Actor) -> Decision:
    """Another time of a recorder is scheduled by whoever may schedule on it (R152)."""
    wanted = sorted({one for row in rows for one in row.recorder_ids})
    found = take_recorders(rows[0].folder_id, wanted, actor=actor)
    refused = next((one for one in found if not one.may), None)
    if refused is None:
        return permit()
    return deny(
        Code.NO_PERMISSION,
        "R152",
        _("You may not schedule on {name}. Ask whoever looks after the room to put it to another time."),
        name=refused.name,
    )


def no_recorder() -> Decision:
    """One of the numbers is no recorder's."""
    return deny(Code.NOT_FOUND, "R151", _("There is no such recorder. Choose one from the list."))


def is_scheduled_already() -> Decision:
    """R156: one schedule for an event of a timetable, whoever sends it at the same moment."""
    return deny(Code.CONFLICT, "R156", _("This event of the timetable is scheduled already."))


def slots(
    recorder_ids: Collection[int], spans: Collection[Span], *, beside: Collection[RecordingId] = ()
) -> tuple[Slot, ...]:
    """What stands on these recorders between the first and the last of these times: asked once for a whole series."""
    around = Span(min(one.starts_at for one in spans), max(one.ends_at for one in spans))
    return reads.list_taken(recorder_ids, around, beside=beside)


def in_the_way(found: Collection[Slot], recorder_ids: Collection[int], span: Span) -> tuple[Slot, ...]:
    """Which of them are in the way of this one."""
    return tuple(one for one in found if one.recorder_id in recorder_ids and one.span.overlaps(span))


def named(found: Collection[Slot], *, actor: Actor, now: datetime) -> tuple[Taken, ...]:
    """What stands in the way; its title for whoever may see what the recording is (R153)."""
    seen = {one for one in {slot.recording_id for slot in found} if _may_see(one, actor, now)}
    return tuple(Taken(slot.span, slot.title if slot.recording_id in seen else None) for slot in found)


def _may_see(recording_id: RecordingId, actor: Actor, now: datetime) -> bool:
    facts = access_reads.recording_facts(actor.account_id, recording_id)
    return access.decide(facts, access.Action.SEE_METADATA, now).is_permitted
