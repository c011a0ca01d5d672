"""Jobs about jobs."""

from collections.abc import Mapping

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from cathedra.worker.run import Run


def retry_stalled_jobs(run: Run, arguments: Mapping[str, object]) -> object:
    """Put the jobs of dead workers back on their queues."""
    return async_to_sync(_retry)(run.stalled_seconds)


async def _retry(seconds: float) -> int:
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the same job waits already: that one is done instead, and the others are not held up
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
            continue
        count += 1
    return count
