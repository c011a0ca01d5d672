"""What waits for somebody in the staff area."""

import pytest
from django.utils import timezone

from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from cathedra.web.staff import home
from cathedra.web.staff.need import Need
from tests.web.browsing import client


@pytest.mark.slow
def test_late_things_stand_first_and_each_leads_somewhere(cast, monkeypatch):
    soon, late = Need("Look at this.", "/staff/a/"), Need("This is late.", "/staff/b/", is_late=True)
    monkeypatch.setattr(home, "QUESTIONS", (lambda person, now: [soon, late],))
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs it", now=timezone.now())
    answer = client(cast.dev).get("/staff/")
    assert answer.context["needs"] == [late, soon]
    assert b'href="/staff/b/"' in answer.content
