"""Who may schedule where, and what is in the way: asked alike by whoever schedules and by whoever changes (R152, R153)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleRow
from cathedra.domain import access
from cathedra.domain.ingest import RoomRecorder, Span, Taken
from cathedra.domain.terms import AccountId, Actor, Code, Decision, FolderId, FolderNotFound, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def may_schedule(folder_id: FolderId, *, actor: Actor, now: datetime) -> Decision:
    """The folder's part of R152: who may record into it (R38 row 4: its Creators, and schedulers and videographers who are
    appointed to it; nobody by running the service) and is of those who schedule (row 21: no student who submits). The
    recorder's part is asked of each recorder by its name."""
    try:
        facts = access_reads.folder_facts(actor.account_id, folder_id, lock=True)
    except FolderNotFound:
        facts = access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset())
    makes = access.decide_folder(facts, access.Action.CREATE_RECORDING, now)
    if not makes.is_permitted:
        return makes
    return access.decide_folder(replace(facts, may_use_recorder=True), access.Action.SCHEDULE_RECORDER, now)


def may_call_off(
    row: ScheduleRow, folder_id: FolderId, owner_id: AccountId, *, actor: Actor, now: datetime
) -> Decision:
    """T4: who may schedule into the folder, whose it is to be (an opt-out), whoever scheduled it (R38 row 7), who runs the
    service, and the schedulers of the room's host, who need it for something else (R169)."""
    may = may_schedule(folder_id, actor=actor, now=now)
    if may.is_permitted or actor.account_id is None:
        return may
    if actor.account_id in (row.scheduled_by, owner_id):
        return permit()
    facts = access_reads.folder_facts(actor.account_id, folder_id)
    is_host = any(one.may for one in take_recorders(folder_id, row.recorder_ids, actor=actor))
    return permit() if is_host or access.Standing.SERVICE_ADMIN in facts.appointments else may


def take_recorders(folder_id: FolderId, recorder_ids: Collection[int], *, actor: Actor) -> tuple[RoomRecorder, ...]:
    """These recorders, kept for this transaction; of one that is not there, nothing may be scheduled."""
    facts = access_reads.folder_facts(actor.account_id, folder_id)
    runs_service = access.Standing.SERVICE_ADMIN in facts.appointments
    return reads.lock_recorders(recorder_ids, viewer=actor.account_id, runs_service=runs_service)


def no_recorder() -> Decision:
    """One of the numbers is no recorder's."""
    return deny(Code.NOT_FOUND, "R151", _("There is no such recorder. Choose one from the list."))


def taken(
    recorder_ids: Collection[int],
    span: Span,
    *,
    beside: Collection[RecordingId] = (),
    actor: Actor,
    now: datetime,
) -> tuple[Taken, ...]:
    """What stands in the way; its title for whoever may see what the recording is (R153)."""
    slots = reads.list_taken(recorder_ids, span, beside=beside)
    seen = {one for one in {slot.recording_id for slot in slots} if _may_see(one, actor, now)}
    return tuple(Taken(slot.span, slot.title if slot.recording_id in seen else None) for slot in slots)


def _may_see(recording_id: RecordingId, actor: Actor, now: datetime) -> bool:
    facts = access_reads.recording_facts(actor.account_id, recording_id)
    return access.decide(facts, access.Action.SEE_METADATA, now).is_permitted
