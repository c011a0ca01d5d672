"""What can be asked to happen later: the kinds of job, as words that `actions` enqueue and `worker` knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class JobKind(StrEnum):
    """What can be asked to happen later. `worker/` holds exactly one handler for each."""

    PROBE_SOURCE = "PROBE_SOURCE"
    PACKAGE_SOURCE = "PACKAGE_SOURCE"
    ENCODE_LADDER = "ENCODE_LADDER"
    STORE_ORIGINAL = "STORE_ORIGINAL"
    EXPIRE_UPLOADS = "EXPIRE_UPLOADS"
    SWEEP_STRAY_FILES = "SWEEP_STRAY_FILES"
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


class Queue(StrEnum):
    """Queues are named for what their jobs occupy."""

    CPU = "cpu"
    IO = "io"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Job:
    """A job to enqueue with its cause. `arguments` are ids and plain values only; `lock` serialises equal locks."""

    kind: JobKind
    arguments: Mapping[str, str | int]
    queue: Queue = Queue.IO
    priority: int = 0
    lock: str | None = None
    queueing_lock: str | None = None
