"""The jobs of captions, as rows to be."""

from cathedra.db.reads.captions import Exactly
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.terms import AccountId, RecordingId


def listening_job(
    recording_id: RecordingId, *, over: Exactly | None = None, asked_by: AccountId | None = None, priority: int = 0
) -> Job:
    """Listen to a recording, on a queue of its own so that nothing else waits. `over`: a Creator has confirmed that
    just these captions, though a person's, may be replaced (R210). `asked_by` is told (N29)."""
    confirmed: dict[str, str | int] = {"over_track": str(over.id), "over_version": over.version} if over else {}
    return Job(
        JobKind.TRANSCRIBE,
        {"recording_id": str(recording_id), **confirmed, "asked_by": str(asked_by or "")},
        queue=Queue.SPEECH,
        priority=priority,
        lock=f"speech:{recording_id}",
        queueing_lock=f"speech:{recording_id}:{over.told if over else ''}:{asked_by or ''}",
    )


def files_job(recording_id: RecordingId) -> Job:
    """Write the files that players read anew: captions or cuts have changed."""
    return Job(
        JobKind.WRITE_CAPTIONS,
        {"recording_id": str(recording_id)},
        queue=Queue.IO,
        lock=f"captions:{recording_id}",
        queueing_lock=f"captions:{recording_id}",
        priority=5,
    )
