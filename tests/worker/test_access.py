"""Jobs of the access room."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from cathedra.actions import access as actions
from cathedra.db.models import Notice
from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import Actor, Channel, system_actor
from cathedra.worker import access
from cathedra.worker.handlers import HANDLERS, PERIODIC


@pytest.mark.slow
def test_once_a_day_people_hear_which_exemptions_end_n52(cast):
    assert HANDLERS[JobKind.WARN_OF_EXEMPTIONS] is access.warn_of_exemptions
    assert PERIODIC[JobKind.WARN_OF_EXEMPTIONS].split()[2:] == ["*", "*", "*"]
    ends = cast.now + timedelta(days=100)
    given = {"folder_id": cast.chemistry, "reason": "An open course.", "expires_at": ends, "now": cast.now}
    assert actions.give_exemption(**given, actor=Actor(cast.dev, Channel.WEB)).is_permitted
    run = SimpleNamespace(actor=system_actor(), now=ends - timedelta(days=14))
    assert access.warn_of_exemptions(run, {}) == 1
    assert Notice.objects.filter(kind="N52_SHARING").count() == 2
