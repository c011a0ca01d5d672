"""Copy a recording into a folder: by reference, or with its media (R72, R102)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import captions, metering, slides
from cathedra.actions.publishing import _tell
from cathedra.actions.publishing._journey import Journey, judge
from cathedra.actions.publishing._move import Preview, preview_of
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import audio_description as description_writes
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import policy as policy_writes
from cathedra.db.writes import publishing as writes
from cathedra.db.writes import search as search_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, publishing
from cathedra.domain.access import Action
from cathedra.domain.encoding import Note
from cathedra.domain.jobs import Job, JobKind, Queue, prepare_description
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.metering import Cause, Intake
from cathedra.domain.publishing import PUBLISHED, WAITING
from cathedra.domain.terms import AccountId, Actor, Code, Decision, FolderId, NotFound, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

STAGE = _("Copying the recording")
_GONE = Note(_("The recording that was copied is not there any more."))
_STOPPED = Note(_("The recording that was copied may not be copied any more."))
_FAILED = Note(_("The files could not be copied. Try again; if it fails again, tell the service team."))


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What came of it, and the copy when there is one."""

    decision: Decision
    recording_id: RecordingId | None = None


def preview_copy(recording_id: RecordingId, target_id: FolderId, *, actor: Actor, now: datetime) -> Preview:
    """Changes nothing. Raises RecordingNotFound, FolderNotFound."""
    journey = judge(recording_id, target_id, Action.COPY, account_id=actor.account_id, now=now)
    return preview_of(journey)


def admit_full(target_id: FolderId, *, actor: Actor, now: datetime) -> Decision:
    """Whether the limits let a full copy into a folder: as an upload there would be judged (R108, R110), by the hours that
    it adds, those stored (R102). Asked when a copy is asked for, not again when its files are there; one by reference
    takes no hours."""
    intake = Intake.SUBMISSION if ingest_reads.takes_submissions(target_id) else Intake.COPY
    return metering.admit(intake, now=now, into=target_id, owner=actor.account_id)


def copy_recording(
    recording_id: RecordingId, target_id: FolderId, *, is_full: bool, title: str = "", actor: Actor, now: datetime
) -> CopyOutcome:
    """A recording of its own in another folder. By reference it plays the original's media, as long as those would
    play (R71, R140), and is there at once; a full copy is made by a job and stands alone then. Raises
    RecordingNotFound, FolderNotFound."""
    with transaction():
        journey = judge(recording_id, target_id, Action.COPY, account_id=actor.account_id, now=now, lock=True)
        whole = reads.original_of(recording_id)
        refusal = _refused(journey, whole, is_full=is_full, now=now)
        if refusal is None and is_full and not (admitted := admit_full(target_id, actor=actor, now=now)).is_permitted:
            refusal = admitted
        if refusal is not None:
            return CopyOutcome(refusal)
        make = writes.add_full if is_full else writes.add_reference
        copy_id = make(
            whole,
            target_id,
            title=title or journey.found.title[:NAME_LIMIT],
            owner_id=_owner(journey, actor, now),
            by=actor.account_id,
            now=now,
        )
        policy_writes.carry_use(whole, copy_id)
        search_writes.touch(copy_id)
        if is_full:
            jobs.enqueue([_job(copy_id, recording_id)])
        else:
            _offer(copy_id, journey.arrival.publication, actor.account_id, now)
        audit.record(
            actor,
            "recording:copy",
            target_kind="recording",
            target_id=copy_id,
            now=now,
            facts={
                "original_id": str(recording_id),
                "folder_id": str(target_id),
                "origin": "full_copy" if is_full else "reference_copy",
            },
        )
    return CopyOutcome(permit(), copy_id)


def _refused(journey: Journey, whole: RecordingId, *, is_full: bool, now: datetime) -> Decision | None:
    if not journey.arrival.decision.is_permitted:
        return journey.arrival.decision
    media = reads.media_of(whole)
    if not journey.found.is_ready or not media.is_ready:
        return deny(Code.NOT_READY, "R41", _("This recording is not ready yet, so it cannot be copied."))
    original = journey.about.original
    if is_full and original is not None and publishing.is_kept_back(original.publication):
        return deny(  # R71: the copy would play although its original does not
            Code.PUBLISHER_NEEDED,
            "R72",
            _(
                "The recording that this one repeats is not approved. Only a Publisher of its folder can copy it in full."
            ),
        )
    if journey.about.state == "held" or media.is_held:
        return deny(Code.HELD, "R43", _("This recording is on hold, so it cannot be copied."))
    if is_full and policy_reads.is_refused(whole, now):
        return deny(
            Code.HELD,
            "R90",
            _(
                "The service team has not agreed that this recording may stay, so it cannot be copied in full. Ask them "
                "first, or make a copy that plays the original."
            ),
        )
    if not media.is_online:
        return deny(Code.ORIGINAL_DELETED, "R140", _("The recording that this one repeats cannot be copied now."))
    if is_full and not media.is_complete:
        return deny(
            Code.NOT_READY,
            "R41",
            _("Some versions of this recording are still being made. Copy it when they are done."),
        )
    return None


def _owner(journey: Journey, actor: Actor, now: datetime) -> AccountId:
    """Whoever copies it, if they may watch it themself: to own a recording is to be let in to it (R26, R43)."""
    may_watch = access.permits(journey.about, Action.VIEW_EARLY, now)
    return actor.account_id if may_watch and actor.account_id else journey.found.owner_id


def _offer(copy_id: RecordingId, publication: str, by: AccountId | None, now: datetime) -> None:
    writes.offer(copy_id, publication)
    if publication == WAITING:
        writes.submit(copy_id, by=by, now=now)
        _tell.tell_waiting(reads.submission(copy_id), now=now)


def _job(copy_id: RecordingId, recording_id: RecordingId) -> Job:
    told = {"copy_id": str(copy_id), "recording_id": str(recording_id)}
    return Job(JobKind.COPY_MEDIA, told, queue=Queue.IO, lock=f"recording:{copy_id}", queueing_lock=f"copy:{copy_id}")


def copy_media(
    copy_id: RecordingId, recording_id: RecordingId, *, actor: Actor, now: datetime, store: ObjectStore
) -> bool:
    """The job of a full copy: every file into the copy's own place, then the rows, then T14 or T15 as the rules stand
    at that moment. It may be killed at any line and repeated. False when there was nothing to do."""
    try:
        whole = reads.original_of(recording_id)
        files = reads.media_of(whole).files
    except NotFound:
        return _give_up(copy_id, _GONE, actor=actor, now=now)
    keys = [
        *((key, writes.original_key(copy_id, source_id)) for source_id, key in files),
        *slides.deck_places(whole, copy_id),
        *description_reads.places(whole, copy_id),
        *stream_places(store, whole, copy_id),
    ]
    for number, (key, place) in enumerate(keys):
        with transaction():
            if not writes.set_copying(copy_id, stage=STAGE, percent=100 * number // len(keys), now=now):
                return False
        with store.local_copy(key) as path:
            store.put_file(place, path)
    return _finish(copy_id, recording_id, whole, actor=actor, now=now)


def stream_places(store: ObjectStore, whole: RecordingId, copy_id: RecordingId) -> list[tuple[str, str]]:
    """What is played of it, and where that stands for the copy."""
    prefix = f"stream/{whole}/"
    names = sorted(key.removeprefix(prefix) for key in store.list_keys(prefix))
    return [(prefix + name, f"stream/{copy_id}/{name}") for name in names]


def copy_description(whole: RecordingId, copy_id: RecordingId) -> None:
    """R200, inside the transaction that makes the copy: what was made of it is among the files; the job makes what is not,
    as when it was added meanwhile."""
    if description_writes.copy(whole, copy_id):
        jobs.enqueue([prepare_description(copy_id)])


def _finish(
    copy_id: RecordingId, recording_id: RecordingId, whole: RecordingId, *, actor: Actor, now: datetime
) -> bool:
    copy = reads.submission(copy_id)
    with transaction():
        journey = judge(recording_id, copy.folder_id, Action.COPY, account_id=copy.created_by, now=now, lock=True)
        refusal = _refused(journey, whole, is_full=True, now=now)
        if refusal is None and writes.finish_copy(copy_id, duration_ms=reads.media_of(whole).duration_ms, now=now):
            writes.add_copied_media(whole, copy_id, now=now)
            captions.copy_captions(whole, copy_id, now=now)
            slides.copy_slides(whole, copy_id, now=now)
            copy_description(whole, copy_id)
            metering.settle([copy_id], cause=Cause.COPIED, now=now)
            _offer(copy_id, journey.arrival.publication, copy.created_by, now)
            if journey.arrival.publication == PUBLISHED:
                _tell.tell_copied(copy, now=now)
            told = {"original_id": str(recording_id)}
            audit.record(
                actor, "recording:finish_copy", target_kind="recording", target_id=copy_id, now=now, facts=told
            )
            return True
    if refusal is not None:
        return _give_up(copy_id, _STOPPED, actor=actor, now=now)
    return False


def abandon_copy(copy_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """The last attempt failed: say so, for good (T17)."""
    return _give_up(copy_id, _FAILED, actor=actor, now=now)


def _give_up(copy_id: RecordingId, note: Note, *, actor: Actor, now: datetime) -> bool:
    with transaction():
        if writes.fail_copy(copy_id, note, now=now):
            told = {"sentence": note.sentence}
            audit.record(actor, "recording:fail", target_kind="recording", target_id=copy_id, now=now, facts=told)
            _tell.tell_not_copied(reads.submission(copy_id), note, is_ours=note is _FAILED, now=now)
    return False
