"""Jobs of administrative access."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from cathedra.db.models import AccessGrant
from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import system_actor
from cathedra.worker import grants
from cathedra.worker.handlers import HANDLERS, PERIODIC
from tests.giving import somebody, told
from tests.lectures import lecture


@pytest.mark.slow
def test_r149_every_minute_what_is_over_is_dealt_with(cast):
    assert HANDLERS[JobKind.TEND_GRANTS] is grants.tend_grants
    assert PERIODIC[JobKind.TEND_GRANTS] == "* * * * *"
    recording = lecture(cast.chemistry, cast.alice, now=cast.now)
    told(somebody("morgan", now=cast.now), cast.dev, now=cast.now, recordings=[recording])
    run = SimpleNamespace(actor=system_actor(), now=cast.now + timedelta(days=8))
    assert grants.tend_grants(run, {}).ended == 1
    assert AccessGrant.objects.get().ended_at == run.now
