"""Keeping over the API: the same decisions and words as the pages (R227, R228)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, RetentionExemption
from tests.actions.retention.archives import kept, stores
from tests.web.browsing import client


@pytest.mark.slow
def test_r227_what_the_pages_do_programs_do(cast):
    now = timezone.now() - timedelta(days=1)
    made = kept(cast, stores(), now)
    alice, address = client(cast.alice), f"/api/recordings/{made}"

    def post(verb: str, browser=alice, **body):
        return browser.post(f"{address}/{verb}", body or None, content_type="application/json")

    found = alice.get(f"{address}/keeping").json()
    assert (found["keeping"], found["archived_at"], found["deletion_day"]) == ("ONLINE", None, None)
    assert found["archive_day"].endswith("-09-01")
    ask = {"reason": "An appeal.", "expires_at": (now + timedelta(days=50)).isoformat()}
    assert post("exemption-requests", **ask).status_code == 200
    assert RetentionExemption.objects.get().recording_id == made
    assert post("exemption-requests", client(cast.ben), **ask).status_code == 404
    assert post("recycle").json()["keeping"] == "RECYCLED"
    assert post("recycle").json()["code"] == "RECYCLED"
    assert [row["recording_id"] for row in alice.get("/api/bin").json()["rows"]] == [str(made)]
    assert post("take-back").json()["keeping"] == "ONLINE"
    assert post("archive").status_code == 200
    assert post("restore").json()["keeping"] == "ONLINE"
    assert AuditEvent.objects.filter(target_id=str(made), channel="API").count() == 3
    assert post("recycle").status_code == 200
    dev = client(cast.dev)
    assert post("purge", dev, reason="").json()["code"] == "BAD_REQUEST"
    assert post("purge", dev, reason="She asked.").json()["keeping"] == "PURGED"
    assert post("restore").json()["code"] == "GONE"
    assert dev.get("/api/staff/retention").json() == []
    assert alice.get("/api/staff/retention").status_code == 404
