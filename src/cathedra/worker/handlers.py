"""Which function does which kind of job: a table, exactly one for each."""

from cathedra.domain.terms import JobKind
from cathedra.worker import encoding, ingest, plumbing
from cathedra.worker.run import Handler

HANDLERS: dict[JobKind, Handler] = {
    JobKind.PROBE_SOURCE: encoding.probe_source,
    JobKind.PACKAGE_SOURCE: encoding.package_source,
    JobKind.ENCODE_LADDER: encoding.encode_ladder,
    JobKind.STORE_ORIGINAL: encoding.store_original,
    JobKind.SWEEP_WORK_FOLDERS: encoding.sweep_work_folders,
    JobKind.EXPIRE_UPLOADS: ingest.expire_uploads,
    JobKind.SWEEP_STRAY_FILES: ingest.sweep_stray_files,
    JobKind.RETRY_STALLED_JOBS: plumbing.retry_stalled_jobs,
}

# What is done when the last attempt of a job has failed; nothing where nobody waits for it.
GIVING_UP: dict[JobKind, Handler] = {
    JobKind.PROBE_SOURCE: encoding.give_up,
    JobKind.PACKAGE_SOURCE: encoding.give_up,
    JobKind.ENCODE_LADDER: encoding.give_up,
}

# Jobs that nobody asks for: minute, hour, day, month, weekday, second.
PERIODIC: dict[JobKind, str] = {
    JobKind.EXPIRE_UPLOADS: "*/10 * * * *",
    JobKind.SWEEP_STRAY_FILES: "17 * * * *",
    JobKind.SWEEP_WORK_FOLDERS: "37 * * * *",
    JobKind.RETRY_STALLED_JOBS: "* * * * * */5",
}
