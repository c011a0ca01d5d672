"""Enqueue jobs on the same connection as their cause: they commit or vanish together."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

from django.db.transaction import atomic
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.domain.jobs import Job


def enqueue(jobs: Iterable[Job], *, run_at: datetime | None = None) -> None:
    """Put jobs on their queues. A job whose `queueing_lock` already waits is left out: one waiting is enough."""
    for job in jobs:
        if job.queueing_lock and _waits(job.queueing_lock):
            continue  # the database would refuse it, and log that as an error
        task = app.configure_task(
            name=job.kind.value,
            queue=job.queue_name,
            priority=job.priority,
            lock=job.lock,
            queueing_lock=job.queueing_lock,
            schedule_at=run_at,
            allow_unknown=True,
        )
        with contextlib.suppress(exceptions.AlreadyEnqueued), atomic():  # the savepoint survives the clash
            task.defer(**job.arguments)


def _waits(queueing_lock: str) -> bool:
    return bool(ProcrastinateJob.objects.filter(queueing_lock=queueing_lock, status="todo").exists())
