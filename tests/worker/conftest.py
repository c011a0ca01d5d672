"""Every test of the worker begins with empty queues."""

import pytest

WAITING = "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"


@pytest.fixture(autouse=True)
def _no_job_of_another_test(request) -> None:
    """A test that commits is cleared away table by table, but only those that Django made: jobs stay, for the next."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"{WAITING} CASCADE")
