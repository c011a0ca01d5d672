"""Every kind of job has its function, and the periodic ones have their time."""

from datetime import UTC, datetime

import croniter
import pytest

from cathedra.domain.terms import JobKind
from cathedra.worker.handlers import GIVING_UP, HANDLERS, PERIODIC


def test_every_kind_has_one_handler():
    assert set(HANDLERS) == set(JobKind)


def test_what_somebody_waits_for_is_given_up_with_a_sentence():
    assert set(GIVING_UP) == {JobKind.PROBE_SOURCE, JobKind.PACKAGE_SOURCE, JobKind.ENCODE_LADDER}


@pytest.mark.parametrize(("kind", "when"), PERIODIC.items())
def test_periodic_jobs_come_round(kind, when):
    start = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    first = croniter.croniter(when, start).get_next(datetime)
    assert 0 < (first - start).total_seconds() <= 3600
