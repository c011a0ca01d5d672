"""Reminders: after 3 and 7 working days, each once, to whom R75 names (N13)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cathedra.actions import publishing as actions
from cathedra.db.models import AuditEvent, Department, Hold, Notice
from tests.actions.publishing.conftest import acting, told

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.slow
def test_publishers_after_three_working_days_creators_and_the_department_after_seven_r75(desk, cast):
    Department.objects.update(contact_email="office@example.org")
    desk.waiting(MONDAY)
    held = desk.waiting(MONDAY)
    Hold.objects.create(recording_id=held, kind="legal", opened_at=MONDAY)

    def run(day):
        return actions.remind_publishers(actor=acting(None), now=MONDAY + timedelta(days=day), zone=LONDON)

    assert run(2) == 0
    assert not Notice.objects.exists()
    assert run(3) == 1
    assert told("N13") == ["chloe", "pia"]
    for day in (3, 4, 5, 7, 8):
        run(day)
    assert Notice.objects.count() == 2  # once, however often the job runs
    run(9)  # Wednesday of the next week: seven working days
    names = sorted(str(one) for one in Notice.objects.values_list("recipient__login_name", flat=True))
    assert names == ["None", "alice", "chloe", "chloe", "pia", "pia"]
    assert Notice.objects.get(recipient=None).address == "office@example.org"
    assert Notice.objects.filter(recipient_id=cast.alice).get().values["days"] == "7"
    assert AuditEvent.objects.filter(action="approval:remind").exists()


@pytest.mark.slow
def test_days_are_those_of_the_site_r75(desk):
    late = datetime(2026, 6, 22, 23, 30, tzinfo=UTC)  # Tuesday already in London
    desk.waiting(late)
    thursday = datetime(2026, 6, 25, 22, 0, tzinfo=UTC)
    assert actions.remind_publishers(actor=acting(None), now=thursday, zone=LONDON) == 0
    assert actions.remind_publishers(actor=acting(None), now=thursday + timedelta(hours=2), zone=LONDON) == 1
