"""Bins for programs: emptied by their owner, seen whole by the service (R109, R137, R227)."""

import pytest
from django.utils import timezone

from cathedra.actions import retention
from tests.actions.retention.archives import by, keeping, kept, stores
from tests.web.browsing import client


@pytest.mark.slow
def test_r109_r137_r227_programs_empty_their_own_and_the_service_sees_all_and_gives_a_reason(cast):
    now, where = timezone.now(), stores()
    own, theirs = kept(cast, where, now, title="Own"), kept(cast, where, now, title="Theirs", owner=cast.eve)
    for one in (own, theirs):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=now).is_permitted
    assert client(cast.alice).get("/api/staff/bins").status_code == 404
    rows = client(cast.dev).get("/api/staff/bins").json()["rows"]
    assert {(row["title"], row["frees_seconds"], row["is_kept"]) for row in rows} == {
        ("Own", 60, False),
        ("Theirs", 60, False),
    }
    seen = [row["recording_id"] for row in client(cast.alice).get("/api/bin").json()["rows"]]
    late = kept(cast, where, now, title="Late")
    assert retention.recycle_recording(late, actor=by(cast.alice), now=now).is_permitted
    empty = {"path": "/api/bin/empty", "content_type": "application/json"}
    assert client(cast.alice).post(**empty).status_code == 422, "it says what"
    emptied = client(cast.alice).post(**empty, data={"recording_ids": seen}).json()
    assert emptied == {"recordings": 1, "seconds": 60, "kept": 0}
    assert keeping(late) == "RECYCLED", "nobody had seen it there"
    assert (keeping(own), keeping(theirs)) == ("PURGED", "RECYCLED")
    purge = f"/api/recordings/{theirs}/purge"
    refused = client(cast.dev).post(purge, {"reason": ""}, content_type="application/json")
    assert (refused.status_code, refused.json()["rule"]) == (400, "R137")
    assert client(cast.dev).post(purge, {"reason": "x"}, content_type="application/json").status_code == 200
