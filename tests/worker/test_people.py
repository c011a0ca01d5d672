"""Jobs of the people room."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from cathedra.db.reads import people as reads
from cathedra.db.writes import people as writes
from cathedra.domain.jobs import JobKind
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import system_actor
from cathedra.worker import people
from cathedra.worker.handlers import HANDLERS, PERIODIC


@pytest.mark.slow
def test_r27_roles_that_nobody_reviewed_end(cast):
    assert HANDLERS[JobKind.REVIEW_SYSTEM_ROLES] is people.review_system_roles
    assert PERIODIC[JobKind.REVIEW_SYSTEM_ROLES].split()[2:] == ["*", "*", "*"]
    writes.give_system_role(cast.chloe, SystemRole.AUDITOR, reason="for a week", now=cast.now)
    run = SimpleNamespace(actor=system_actor(), now=cast.now + timedelta(days=400))
    assert people.review_system_roles(run, {})
    assert reads.find_role(cast.chloe, SystemRole.AUDITOR) is None
