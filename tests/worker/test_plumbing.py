"""Jobs of dead workers go back on their queues; those of the living stay."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from cathedra.domain.terms import system_actor
from cathedra.worker import plumbing
from cathedra.worker.run import Run

pytestmark = pytest.mark.django_db


def start_a_job(seconds_since_heartbeat: int, lock: str | None = None) -> int:
    app.configure_task("PROBE_SOURCE", queue="io", queueing_lock=lock, allow_unknown=True).defer(source_id="x")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_since_heartbeat],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE status = 'todo' RETURNING id",
            [worker],
        )
        return cursor.fetchone()[0]


def job(job_id: int) -> tuple[str, int] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", [job_id])
        return cursor.fetchone()


def test_the_dead_are_replaced_and_the_living_left_alone(now):
    dead, living = start_a_job(60), start_a_job(1)
    run = Run(system_actor(), now, None, None, 10)
    assert plumbing.retry_stalled_jobs(run, {}) == 1
    assert job(dead) == ("todo", 1)
    assert job(living)[0] == "doing"
    assert plumbing.retry_stalled_jobs(run, {}) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_dead_job_that_waits_again_already_goes_and_holds_up_no_other(now):
    """As a daily job does whose worker was killed, when the next day's has come."""
    run = Run(system_actor(), now, None, None, 10)
    doubled, other = start_a_job(60, "once"), start_a_job(60)
    app.configure_task("PROBE_SOURCE", queue="io", queueing_lock="once", allow_unknown=True).defer(source_id="x")
    assert plumbing.retry_stalled_jobs(run, {}) == 1
    assert job(doubled) is None
    assert job(other) == ("todo", 1)
