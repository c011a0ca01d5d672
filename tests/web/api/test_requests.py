"""Requests for access and exemptions by API (R33, R36, R42, R227)."""

from uuid import uuid4

import pytest

from cathedra.db.models import AccessRequest
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_access_is_asked_for_and_given_by_api(cast, now):
    alice, eve = client(cast.alice), client(cast.eve)
    made = lecture(cast.chemistry, cast.alice, now=now)
    asked = [eve.post("/api/access-requests", {"recording_id": each}, **JSON) for each in (made, uuid4())]
    assert [(answer.status_code, answer.content) for answer in asked] == [(202, b"")] * 2
    one = f"/api/access-requests/{AccessRequest.objects.get().id}"
    assert eve.get(one).status_code == 404
    assert eve.post(f"{one}/answer", {"answer": "given"}, **JSON).status_code == 404
    assert alice.get(one).json()["asker_login"] == "eve"
    assert alice.post(f"{one}/answer", {"answer": "given"}, **JSON).status_code == 204
    assert alice.post(f"{one}/answer", {"answer": "declined"}, **JSON).json()["code"] == "CONFLICT"
    assert eve.get(f"/api/recordings/{made}").status_code == 200


@pytest.mark.slow
def test_r33_exemptions_are_given_and_taken_back_by_service_administrators(cast):
    dev, alice = client(cast.dev), client(cast.alice)
    new = {"folder_id": cast.chemistry, "reason": "Open day", "expires_at": "2099-01-01T00:00:00"}
    assert alice.post("/api/staff/exemptions", new, **JSON).status_code == 404
    assert dev.post("/api/staff/exemptions", new, **JSON).status_code == 204
    assert dev.post("/api/staff/exemptions", {**new, "recording_id": cast.chemistry}, **JSON).status_code == 422
    (row,) = dev.get("/api/staff/exemptions").json()
    assert (row["thing"], row["given_by"]) == ("Part IA", "Dev")
    assert alice.get("/api/staff/exemptions").status_code == 404
    one = f"/api/staff/exemptions/{row['id']}"
    assert alice.delete(one).status_code == 404
    assert dev.delete(one).status_code == 204
    assert dev.delete(one).status_code == 409
    assert dev.get("/api/staff/exemptions").json() == []
