"""Archive one recording: the copy first, verified, then the row, then what was made of it goes (T30, R61, R116, R117)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import metering
from cathedra.actions.retention import _objects, _tell
from cathedra.actions.retention._objects import Damaged, Stores
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, retention
from cathedra.domain.access import Action
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.metering import Cause
from cathedra.domain.retention import Facts, Why
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_UNABLE = _("Its files could not be copied to the archive, although it was tried three times.")
Obstacle = Callable[[Facts], Why | None]
Settle = Callable[[Why | None], None]


@dataclass(frozen=True, slots=True)
class Glance:
    """A recording as it was seen a while ago: enough to begin with, for it is judged again once it is held."""

    facts: Facts
    has_leftovers: bool


def glance(recording_ids: Sequence[RecordingId]) -> dict[RecordingId, Glance]:
    """These, as they are now, a page in two questions."""
    left = reads.with_leftovers(recording_ids)
    every = reads.facts_of(recording_ids)
    return {facts.recording_id: Glance(facts, facts.recording_id in left) for facts in every}


def archive_now(
    recording_id: RecordingId,
    seen: Glance | None,
    *,
    obstacle: Obstacle,
    settle: Settle,
    actor: Actor,
    now: datetime,
    stores: Stores,
    run_name: str = "",
) -> Why | None:
    """Archive it unless `obstacle` says why not; `settle` is told which, in the same transaction. It may be killed at
    any line and repeated: until the row says ARCHIVED everything is as it was, and afterwards only `tidy` is left.
    Raises UnableTo when a store does not answer; a file that is damaged is a reason to leave the recording alone.
    Raises RecordingNotFound."""
    if seen is None or seen.has_leftovers:
        _objects.tidy(recording_id, stores)
    is_free = seen is not None and obstacle(seen.facts) is None
    if not is_free and (why := obstacle(reads.get_facts(recording_id))) is not None:  # may be over by now
        return _leave(recording_id, why, settle, stores)
    files = reads.files_of(recording_id)
    try:
        keys = _objects.copy_to_archive(recording_id, files, stores)
    except Damaged:
        return _leave(recording_id, Why.DAMAGED, settle, stores)
    with transaction():
        reads.lock(recording_id)
        before = reads.get_facts(recording_id)
        why = obstacle(before)
        if why is None and (reads.files_of(recording_id) != files or not _objects.are_kept(keys, stores)):
            why = Why.NOT_READY  # another file came in the meantime, or somebody else worked on it
        if why is None:
            writes.archive(recording_id, keys, now=now)
            metering.settle([recording_id], cause=Cause.ARCHIVED, now=now, are_held=True)
            _record(before, files, actor, now, run_name)
        settle(why)
    if why is not None:
        _objects.discard_copy(recording_id, stores)
        return why
    _objects.tidy(recording_id, stores)
    return None


def _leave(recording_id: RecordingId, why: Why, settle: Settle, stores: Stores) -> Why:
    _objects.discard_copy(recording_id, stores)  # an attempt that was killed may have made one
    with transaction():
        settle(why)
    return why


def _record(before: Facts, files: tuple[reads.KeptFile, ...], actor: Actor, now: datetime, run_name: str) -> None:
    audit.record(
        actor,
        "recording:archive",
        target_kind="recording",
        target_id=before.recording_id,
        now=now,
        before={"keeping": before.keeping},
        after={"keeping": retention.ARCHIVED},
        facts={"files": len(files), "size_bytes": sum(file.size_bytes for file in files), "run": run_name},
    )


def archive_recording(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """R117: its owner or a Creator wants it archived, at any time. The copy is made by a job. Raises
    RecordingNotFound."""
    with transaction():
        about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        may = access.decide(about, Action.DELETE, now)
        if not may.is_permitted and not (about.is_owner and may.code is Code.NO_PERMISSION):
            return may
        if about.media.keeping == retention.ARCHIVED:
            return permit()  # R53
        why = retention.may_archive_by_hand(reads.get_facts(recording_id))
        if why is not None:
            return _refused(why)
        jobs.enqueue([_job(recording_id, actor)])
    return permit()


def _refused(why: Why) -> Decision:
    code = Code.HELD if why is Why.HELD else Code.ILLEGAL_TRANSITION
    return deny(code, "T30", retention.WHY_SENTENCES[why])


def _job(recording_id: RecordingId, actor: Actor) -> Job:
    told = {"recording_id": str(recording_id), "by": str(actor.account_id or "")}
    lock = f"recording:{recording_id}"
    return Job(JobKind.ARCHIVE_RECORDING, told, lock=lock, queueing_lock=f"archive:{recording_id}")


def archive_media(recording_id: RecordingId, *, actor: Actor, now: datetime, stores: Stores) -> Why | None:
    """The job of `archive_recording`. Returns why it was left alone after all; whoever wanted it is told, unless it is not
    live any more. Raises RecordingNotFound."""
    why = archive_now(
        recording_id,
        None,
        obstacle=retention.may_archive_by_hand,
        settle=lambda _why: None,
        actor=actor,
        now=now,
        stores=stores,
    )
    if why is not None:
        _stays_live(recording_id, retention.WHY_SENTENCES[why], actor=actor, now=now)
    return why


def abandon_archive(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """The job failed three times; nothing of the recording was changed, and whoever wanted it is told. False when it is
    not live any more."""
    return _stays_live(recording_id, _UNABLE, actor=actor, now=now)


def _stays_live(recording_id: RecordingId, why: str, *, actor: Actor, now: datetime) -> bool:
    with transaction():
        found = reads.facts(recording_id)
        is_live = found.keeping == retention.ONLINE
        if is_live:
            _tell.not_archived(found, why, actor=actor, now=now)
    return is_live
