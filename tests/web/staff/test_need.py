"""What waits for somebody in the staff area."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Hold
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client
from tests.web.staff.test_cases import reported


@pytest.mark.slow
def test_late_things_stand_first_and_each_leads_somewhere(cast):
    """A case is asked for before a hold; the hold is late, the case is not."""
    now = timezone.now()
    activate(now)
    reported(cast, now)
    held = lecture(cast.chemistry, cast.alice, title="Held", now=now)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now - timedelta(days=30), review_on=yesterday)
    answer = client(cast.dev).get("/staff/")
    needs = answer.context["needs"]
    assert [(need.address, need.is_late) for need in needs] == [("/staff/holds/", True), ("/staff/cases/", False)]
    for need in needs:
        assert f'href="{need.address}"'.encode() in answer.content
