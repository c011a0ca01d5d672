"""The API of grants: the same decisions as the pages (R26, R141 to R150, R227, R228)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.domain.people import SystemRole
from tests.giving import WHY, somebody
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_grants_are_given_deferred_seen_and_ended_by_the_api(cast):
    now = timezone.now()
    morgan, rosa = somebody("morgan", now=now), somebody("rosa", SystemRole.SERVICE_ADMIN, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    admin, second, owner = client(cast.dev), client(rosa), client(cast.alice)
    asked = {
        "grantee_id": str(morgan), "purpose": "manage_system", "explanation": WHY, "recordings": [str(recording)],
        "ends_at": (now + timedelta(days=5)).isoformat(),
    }  # fmt: skip
    for wrong, status, rule in (
        ({"purpose": "teaching"}, 409, "R142"),
        ({"grantee_id": str(cast.ben)}, 409, "R143"),
        ({"grantee_id": str(cast.dev)}, 409, "R144"),
        ({"ends_at": (now + timedelta(days=31)).isoformat()}, 400, "R145"),
        ({"ends_at": "2026-11-30T09:00:00"}, 400, "R228"),
        ({"recordings": []}, 400, "R145"),
    ):
        answer = client(cast.dev).post("/api/staff/grants", {**asked, **wrong}, **JSON)  # new: the pace begins anew
        assert (answer.status_code, answer.json()["rule"]) == (status, rule), wrong
    admin = client(cast.dev)
    assert admin.post("/api/staff/grants", {**asked, "recordings": [str(morgan)]}, **JSON).status_code == 404
    assert owner.post("/api/staff/grants", asked, **JSON).status_code == 404
    made = admin.post("/api/staff/grants", asked, **JSON)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["standing"], body["rights"], body["told"][0]["owner"]) == ("awaiting_notice", ["view"], "Alice")
    letter = body["told"][0]["letters"][0]
    assert any(WHY in paragraph for paragraph in letter["paragraphs"])
    where = f"/api/staff/grants/{body['id']}"
    assert owner.get(where).status_code == 404
    assert admin.get("/api/staff/grants").json()["rows"][0]["id"] == body["id"]
    assert [row["grantee"] for row in owner.get("/api/me/grants").json()["concerning"]] == ["Morgan"]
    assert client(morgan).get("/api/me/grants").json()["held"][0]["id"] == body["id"]
    ended = admin.post(f"{where}/end", {"reason": "Done."}, **JSON).json()
    assert (ended["standing"], len(ended["told"][0]["letters"])) == ("revoked", 2)
    assert admin.post(f"{where}/end", {}, **JSON).status_code == 409
    admin = client(cast.dev)
    held = admin.post("/api/staff/grants", {**asked, "is_notice_held": True}, **JSON).json()
    where = f"/api/staff/grants/{held['id']}/notice"
    why = {
        "ground": "security_incident",
        "reason": "A security incident is looked into.",
        "review_at": (now + timedelta(days=9)).isoformat(),
    }
    for browser, wanted, status in (
        (admin, why, 409), (second, {"reason": why["reason"]}, 400), (second, why, 200), (admin, {"tell": True}, 200),
    ):  # fmt: skip
        assert browser.put(where, json.dumps(wanted), **JSON).status_code == status, wanted
    report = admin.get("/api/staff/grants/report").json()
    assert (report["grants"], report["deferred_notices"], report["refused"]) == (
        2,
        1,
        {"R142": 1, "R143": 1, "R144": 1},
    )
    assert admin.get("/api/staff/grants/report?quarter=x").status_code == 400


@pytest.mark.slow
def test_r26_recordings_as_staff_see_them(cast):
    recording = lecture(cast.chemistry, cast.alice, now=timezone.now(), description="Said in it")
    somebody("rosa", SystemRole.SERVICE_ADMIN, now=timezone.now())
    admin = client(cast.dev)
    assert admin.get("/api/staff/recordings?q=entropy").json()["rows"][0]["id"] == str(recording)
    found = admin.get(f"/api/staff/recordings/{recording}").json()
    assert (found["owner_name"], found["creators"], found["department"]) == ("Alice", ["Alice"], "Chemistry")
    assert "Said in it" not in json.dumps(found)
    assert admin.post(f"/api/staff/recordings/{recording}/ask", {"message": WHY}, **JSON).status_code == 204
    for who in (cast.alice, cast.ben):
        assert client(who).get(f"/api/staff/recordings/{recording}").status_code == 404
        assert client(who).get("/api/staff/recordings?q=entropy").status_code == 404
