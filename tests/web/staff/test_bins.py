"""Everybody's bins, for the service: taken out, or deleted for good with a reason (R137)."""

import pytest
from django.utils import timezone

from cathedra.actions import retention
from cathedra.db.models import AuditEvent, Hold, Recording
from tests.actions.retention.archives import by, keeping, kept, stores
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r137_a_service_administrator_purges_somebody_elses_with_a_reason_from_the_page_of_all_bins(cast):
    now, where, browser = timezone.now(), stores(), client(cast.dev)
    assert "All bins are empty" in text(browser.get("/staff/bins/"))
    made, held, back = (kept(cast, where, now, title=title) for title in ("Made", "Held", "Back"))
    Recording.objects.filter(id=made).update(duration_ms=7_200_000)
    for one in (made, held, back):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=now).is_permitted
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    page = text(browser.get("/staff/bins/"))
    purge = f"/recordings/{made}/purge/"
    for said in (f'action="{purge}"', "This frees 2.0 stored hours and cannot be undone.", 'name="reason"'):
        assert said in page, said
    assert f"/recordings/{held}/purge/" not in page, "R130"
    noted = AuditEvent.objects.filter(action="recording:look_up", facts__page="staff_bins").last()
    assert str(made) in noted.facts["recordings"], "R223"
    refused = text(browser.post(purge, {"from": "staff", "reason": " "}, follow=True))
    assert ("Say why somebody else" in refused, keeping(made)) == (True, "RECYCLED")
    assert browser.post(purge, {"from": "staff", "reason": "A copy of a film."})["Location"] == "/staff/bins/"
    assert keeping(made) == "PURGED"
    assert AuditEvent.objects.get(action="recording:purge", target_id=str(made)).reason == "A copy of a film."
    assert browser.post(f"/recordings/{back}/take-back/", {"from": "staff"})["Location"] == "/staff/bins/"
    assert keeping(back) == "ONLINE"
    for who in (cast.alice, cast.ben):
        assert client(who).get("/staff/bins/").status_code == 404
