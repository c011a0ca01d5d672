"""Recordings as those who run the service see them: metadata only, each look on the trail, asking for access (R26)."""

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, Notice
from cathedra.domain.people import SystemRole
from tests.giving import WHY, somebody
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r26_r222_administrators_see_what_it_is_and_who_is_responsible_and_nothing_of_its_content(cast):
    now = timezone.now()
    rosa, olga = somebody("rosa", SystemRole.SERVICE_ADMIN, now=now), somebody("olga", SystemRole.SYS_ADMIN, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now, title="Entropy", description="Said in it")
    where = f"/staff/recordings/{recording}/"
    for who in (cast.dev, olga):
        browser = client(who)
        for asked in ("entropy", str(recording), f"https://x.example.org/recordings/{recording}/"):
            assert where in text(browser.get("/staff/recordings/", {"q": asked})), asked
        assert where not in text(browser.get("/staff/recordings/", {"q": "heat"}))
        page = text(browser.get(where))
        for part in ("Entropy", "Alice", "Part IA", "Chemistry", "1:00", "Published"):
            assert part in page, part
        for never in ("/stream/", "Said in it", "poster", "storyboard"):
            assert never not in page, never
        seen = AuditEvent.objects.latest("id")
        assert (seen.action, seen.actor_id, seen.target_id) == ("recording:look_at", who, str(recording))
        assert browser.get(f"/recordings/{recording}/").status_code == 404, "R26: not by the role alone"
        assert browser.get(f"/staff/recordings/{cast.alice}/").status_code == 404
    assert AuditEvent.objects.filter(action="recording:look_up").count() == 8
    assert client(cast.dev).post(where, {"message": "x"}).status_code == 422
    assert client(cast.dev).post(where, {"message": WHY}).status_code == 302
    assert Notice.objects.get(kind="STAFF_ACCESS_ASKED").recipient_id == rosa
    for who in (cast.alice, cast.ben):
        assert client(who).get(where).status_code == 404
