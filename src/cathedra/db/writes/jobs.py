"""Enqueue jobs on the same connection as their cause: they commit or vanish together."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

from django.db.transaction import atomic
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job as Deferred
from procrastinate.jobs import JobDeferrer

from cathedra.domain.jobs import Job


def enqueue(jobs: Iterable[Job], *, run_at: datetime | None = None) -> None:
    """Put jobs on their queues, those that can go together in one statement. A job whose `queueing_lock` already waits is
    left out: one waiting is enough."""
    plain = []
    for job in jobs:
        if not job.queueing_lock:
            plain.append(_deferrer(job, run_at).make_new_job(**job.arguments))
            continue
        if _waits(job.queueing_lock):
            continue  # the database would refuse it, and log that as an error
        plain = _put(plain)
        with contextlib.suppress(exceptions.AlreadyEnqueued), atomic():  # the savepoint survives the clash
            _deferrer(job, run_at).defer(**job.arguments)
    _put(plain)


def _deferrer(job: Job, run_at: datetime | None) -> JobDeferrer:
    return app.configure_task(
        name=job.kind.value,
        queue=job.queue_name,
        priority=job.priority,
        lock=job.lock,
        queueing_lock=job.queueing_lock,
        schedule_at=run_at,
        allow_unknown=True,
    )


def _put(waiting: list[Deferred]) -> list[Deferred]:
    if waiting:
        app.job_manager.batch_defer_jobs(waiting)
    return []


def _waits(queueing_lock: str) -> bool:
    return bool(ProcrastinateJob.objects.filter(queueing_lock=queueing_lock, status="todo").exists())
