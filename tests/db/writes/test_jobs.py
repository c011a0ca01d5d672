"""Later is a row (house rule 5)."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.db.writes import jobs
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import Job, JobKind, Queue

PROBE = Job(JobKind.PROBE_SOURCE, {"source_id": "7"}, queue=Queue.IO, lock="recording:7")


@pytest.mark.django_db(transaction=True)
def test_a_job_vanishes_with_its_cause():
    def cause():
        with transaction():
            jobs.enqueue([PROBE])
            raise InterruptedError

    with pytest.raises(InterruptedError):
        cause()
    assert not ProcrastinateJob.objects.exists()


def test_a_job_keeps_its_kind_queue_lock_and_arguments(db):
    jobs.enqueue([PROBE])
    row = ProcrastinateJob.objects.get()
    assert (row.task_name, row.queue_name, row.lock, row.args) == (
        "PROBE_SOURCE",
        "io",
        "recording:7",
        {"source_id": "7"},
    )


def test_one_waiting_is_enough_and_the_transaction_survives_the_clash(db):
    sweep = Job(JobKind.EXPIRE_UPLOADS, {}, queueing_lock="sweep")
    with transaction():
        jobs.enqueue([sweep, sweep, PROBE])
    assert ProcrastinateJob.objects.count() == 2
