"""Make a reference copy full while its original lies in the bin: the files into its own place, then the rows (R140)."""

from datetime import datetime

from cathedra.actions import captions, metering, slides
from cathedra.actions.publishing import _tell
from cathedra.actions.publishing._copy import copy_description, stream_places
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import publishing as writes
from cathedra.db.writes import retention as retention_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, publishing
from cathedra.domain.access import Action
from cathedra.domain.encoding import Note
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.metering import Cause, Intake
from cathedra.domain.publishing import WholeFacts
from cathedra.domain.terms import Actor, Code, Decision, NotFound, RecordingId, permit
from cathedra.domain.terms import gettext_noop as _

_LOST = Note(_("The recording that it repeats was deleted for good before its files were copied."))
_FAILED = Note(_("The files could not be copied. Try again; if it fails again, tell the service team."))


def preview_make_full(copy_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """Whether it is offered. Raises RecordingNotFound."""
    return _decide(copy_id, actor, now, lock=False)


def _decide(copy_id: RecordingId, actor: Actor, now: datetime, *, lock: bool) -> Decision:
    """By limits it is judged as what is had back from the archive, not as something new: its hours take the place of
    those of the original, which the bin lets go (R108)."""
    about = access_reads.recording_facts(actor.account_id, copy_id, lock=lock)
    decision = publishing.decide_make_full(_facts(copy_id, access.decide(about, Action.EDIT_MEDIA, now), now))
    if not decision.is_permitted:
        return decision
    into = reads.submission(copy_id).folder_id
    return metering.admit(Intake.RESTORE, now=now, into=into, owner=actor.account_id)


def make_full(copy_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """The copy is to have media of its own; a job makes it so. Raises RecordingNotFound."""
    with transaction():
        decision = _decide(copy_id, actor, now, lock=True)
        if decision.is_permitted:
            jobs.enqueue([_job(copy_id)])
            told = {"original_id": str(reads.original_of(copy_id))}
            audit.record(actor, "recording:ask_full", target_kind="recording", target_id=copy_id, now=now, facts=told)
    return decision


def _job(copy_id: RecordingId) -> Job:
    lock, once = f"recording:{copy_id}", f"full:{copy_id}"
    return Job(JobKind.MAKE_COPY_FULL, {"copy_id": str(copy_id)}, queue=Queue.IO, lock=lock, queueing_lock=once)


def _facts(copy_id: RecordingId, may: Decision, now: datetime) -> WholeFacts:
    whole = reads.original_of(copy_id)
    if not may.is_permitted or whole == copy_id:
        return WholeFacts(may, is_reference=whole != copy_id)
    kept, media = retention_reads.facts(whole), reads.media_of(whole)
    return WholeFacts(
        may,
        is_reference=True,
        original=kept.keeping,
        is_by_decision=kept.is_by_decision or policy_reads.is_refused(whole, now),
        is_held=media.is_held,
        is_kept_back=publishing.is_kept_back(reads.submission(whole).publication),
        has_files=media.is_complete and kept.recycled_from != "ARCHIVED",
    )


def fill_copy(copy_id: RecordingId, *, actor: Actor, now: datetime, store: ObjectStore) -> bool:
    """The job of it: every file into the copy's own place, then its rows. It may be killed at any line and repeated.
    False when there was nothing to do, or the original was destroyed meanwhile."""
    try:
        whole = reads.original_of(copy_id)
        if whole == copy_id:
            return False
        files = reads.media_of(whole).files
    except NotFound:
        return False
    if not _still_may(copy_id, now):
        return _lose(copy_id, store, actor=actor, now=now)
    originals = [(key, writes.original_key(copy_id, source_id)) for source_id, key in files if key]
    added = [*slides.deck_places(whole, copy_id), *description_reads.places(whole, copy_id)]
    for key, place in [*originals, *added, *stream_places(store, whole, copy_id)]:
        with store.local_copy(key) as path:
            store.put_file(place, path)
    with transaction():
        is_done = _fill(copy_id, whole, actor, now)
    return is_done or _lose(copy_id, store, actor=actor, now=now)


def _still_may(copy_id: RecordingId, now: datetime) -> bool:
    """As the rules stand now; what was taken out of the bin meanwhile is as good."""
    decision = publishing.decide_make_full(_facts(copy_id, permit(), now))
    return decision.is_permitted or decision.code is Code.ILLEGAL_TRANSITION


def _fill(copy_id: RecordingId, whole: RecordingId, actor: Actor, now: datetime) -> bool:
    retention_reads.facts(whole, lock=True)  # nobody destroys it before the copy stands alone
    if not _still_may(copy_id, now) or not writes.make_full(copy_id, whole, now=now):
        return False
    writes.add_copied_media(whole, copy_id, now=now)
    captions.copy_captions(whole, copy_id, now=now)
    slides.copy_slides(whole, copy_id, now=now)
    copy_description(whole, copy_id)
    retention_writes.begin_anew(copy_id, now=now)  # R114: copy time
    metering.settle([copy_id], cause=Cause.COPIED, now=now)
    _tell.tell_copied(reads.submission(copy_id), now=now)
    told = {"original_id": str(whole)}
    audit.record(actor, "recording:make_full", target_kind="recording", target_id=copy_id, now=now, facts=told)
    return True


def _lose(copy_id: RecordingId, store: ObjectStore, *, actor: Actor, now: datetime) -> bool:
    if reads.original_of(copy_id) == copy_id:
        return False
    for area in ("stream", "originals"):
        store.delete_prefix(f"{area}/{copy_id}/")
    return _give_up(copy_id, _LOST, actor, now)


def abandon_full(copy_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """The last attempt failed: its owner and the service hear of it, and it plays its original still."""
    return _give_up(copy_id, _FAILED, actor, now)


def _give_up(copy_id: RecordingId, note: Note, actor: Actor, now: datetime) -> bool:
    with transaction():
        told = {"sentence": note.sentence}
        audit.record(actor, "recording:fail_full", target_kind="recording", target_id=copy_id, now=now, facts=told)
        _tell.tell_not_copied(reads.submission(copy_id), note, is_ours=note is _FAILED, now=now)
    return False
