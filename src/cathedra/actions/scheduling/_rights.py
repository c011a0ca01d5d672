"""Who may schedule where, and what is in the way: asked alike by whoever schedules and by whoever changes (R152, R153)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as reads
from cathedra.domain import access
from cathedra.domain.ingest import RoomRecorder, Span, Taken
from cathedra.domain.terms import Actor, Code, Decision, FolderId, FolderNotFound, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _


def may_schedule(folder_id: FolderId, *, actor: Actor, now: datetime) -> Decision:
    """The folder's part (R38 row 21, which names all who may of row 4, and who runs the service); the recorder's is asked
    of each recorder by its name (R152)."""
    try:
        facts = access_reads.folder_facts(actor.account_id, folder_id, lock=True)
    except FolderNotFound:
        facts = access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset())
    return access.decide_folder(replace(facts, may_use_recorder=True), access.Action.SCHEDULE_RECORDER, now)


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
