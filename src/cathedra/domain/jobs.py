"""What can be asked to happen later: the kinds of job, as words that `actions` enqueue and `worker` knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class JobKind(StrEnum):
    """What can be asked to happen later. `worker/` holds exactly one handler for each."""

    PROBE_SOURCE = "PROBE_SOURCE"
    PACKAGE_SOURCE = "PACKAGE_SOURCE"
    ENCODE_LADDER = "ENCODE_LADDER"
    STORE_ORIGINAL = "STORE_ORIGINAL"
    DROP_SOURCE = "DROP_SOURCE"
    EXPIRE_UPLOADS = "EXPIRE_UPLOADS"
    SWEEP_STRAY_FILES = "SWEEP_STRAY_FILES"
    TEND_INTAKE = "TEND_INTAKE"
    SWEEP_WORK_FOLDERS = "SWEEP_WORK_FOLDERS"
    REVIEW_SYSTEM_ROLES = "REVIEW_SYSTEM_ROLES"
    REMIND_PUBLISHERS = "REMIND_PUBLISHERS"
    COPY_MEDIA = "COPY_MEDIA"
    MAKE_COPY_FULL = "MAKE_COPY_FULL"
    TEND_GRANTS = "TEND_GRANTS"
    RETRY_STALLED_JOBS = "RETRY_STALLED_JOBS"
    SEND_NOTICES = "SEND_NOTICES"
    READ_BOUNCES = "READ_BOUNCES"
    PROVE_METERS = "PROVE_METERS"
    WATCH_METERS = "WATCH_METERS"
    ARCHIVE_RECORDING = "ARCHIVE_RECORDING"
    RESTORE_MEDIA = "RESTORE_MEDIA"
    TEND_RETENTION = "TEND_RETENTION"
    TEND_BINS = "TEND_BINS"
    TRY_RETENTION = "TRY_RETENTION"
    TEND_USE_CASES = "TEND_USE_CASES"
    CUT_EDGES = "CUT_EDGES"
    SWEEP_EDGES = "SWEEP_EDGES"
    JOIN_EDITED = "JOIN_EDITED"
    TRANSCRIBE = "TRANSCRIBE"
    WRITE_CAPTIONS = "WRITE_CAPTIONS"
    CATCH_UP_CAPTIONS = "CATCH_UP_CAPTIONS"
    READ_SLIDES = "READ_SLIDES"
    INDEX_RECORDING = "INDEX_RECORDING"
    MEND_INDEX = "MEND_INDEX"


class Queue(StrEnum):
    """Queues are named for what their jobs occupy."""

    CPU = "cpu"
    IO = "io"
    MAIL = "mail"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Job:
    """A job to enqueue with its cause. `arguments` are ids and plain values only; `lock` serialises equal locks."""

    kind: JobKind
    arguments: Mapping[str, str | int]
    queue: Queue = Queue.IO
    priority: int = 0
    lock: str | None = None
    queueing_lock: str | None = None


def probe_source(source_id: UUID, recording_id: UUID) -> Job:
    """Look into a file that has arrived (T13)."""
    return Job(JobKind.PROBE_SOURCE, {"source_id": str(source_id)}, lock=f"recording:{recording_id}")


def drop_source(source_id: UUID, recording_id: UUID) -> Job:
    """Remove the file of a source that is none any more (T18), after whatever is being done with it now."""
    told = {"source_id": str(source_id), "recording_id": str(recording_id)}
    return Job(JobKind.DROP_SOURCE, told, lock=f"source:{source_id}")


def cut_edges(recording_id: UUID) -> Job:
    """Make what viewers need of the latest version of an edited recording; somebody waits for it."""
    return Job(
        JobKind.CUT_EDGES,
        {"recording_id": str(recording_id)},
        queue=Queue.CPU,
        priority=20,
        lock=f"edges:{recording_id}",
    )


def join_edited(recording_id: UUID) -> Job:
    """Make one file of what viewers have of an edited recording: somebody wants to download it."""
    name = f"edited:{recording_id}"
    return Job(JobKind.JOIN_EDITED, {"recording_id": str(recording_id)}, queue=Queue.IO, queueing_lock=name)
