"""It could not be made: the original is as it was, and nothing of the new one stays (R103)."""

from datetime import datetime

from cathedra.actions.saving import _tell
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import saving as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import saving as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.terms import Actor, RecordingId
from cathedra.domain.terms import gettext_noop as _

FAILED = _(
    "Something went wrong while the new recording was being made, and trying again did not help. This one is as it was. "
    "The people who run this service can see what happened."
)


def fail(recording_id: RecordingId, sentence: str = FAILED, *, actor: Actor, now: datetime, why: str = "") -> bool:
    """Inside the caller's transaction: the new recording goes, with all that was made for it. False when the recording is
    none that is being saved anew."""
    found = reads.find_open(recording_id, lock=True)
    if found is None:
        return False
    files = writes.remove(recording_id, problem=sentence, now=now)
    if files is None:
        return False
    jobs.enqueue(
        _clearing(recording_id, lock) for lock in (f"saving:{recording_id}", *(f"source:{one}" for one in files))
    )
    told = {"recording_id": str(recording_id), "sentence": sentence, "why": why[:1000]}
    audit.record(
        actor, "recording:save_failed", target_kind="recording", target_id=found.original_id, now=now, facts=told
    )
    _tell.failed(found, sentence, is_ours=sentence is FAILED, now=now)
    return True


def abandon_saving(recording_id: RecordingId, *, why: str, actor: Actor, now: datetime) -> bool:
    """The last attempt failed."""
    with transaction():
        return fail(recording_id, actor=actor, now=now, why=why)


def _clearing(recording_id: RecordingId, lock: str) -> Job:
    """After whatever is being done with its files now."""
    return Job(JobKind.CLEAR_SAVING, {"recording_id": str(recording_id)}, queue=Queue.IO, lock=lock)


def clear_saving(recording_id: RecordingId, *, store: ObjectStore) -> bool:
    """Remove what was put away for a recording that is none any more. It was audited when it was given up. False while
    there is such a recording."""
    if reads.is_there(recording_id):
        return False
    for area in ("stream", "originals"):
        store.delete_prefix(f"{area}/{recording_id}/")
    return True
