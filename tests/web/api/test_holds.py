"""Holds by the API: opened, listed, released, taken down by the service alone (R38 row 22, R227)."""

import pytest
from django.utils import timezone

from cathedra.db.models import Hold, Recording
from tests.lectures import lecture
from tests.web.browsing import client


@pytest.mark.slow
def test_r38_r130_r227_holds_are_opened_listed_and_ended_by_the_service_alone(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.alice, now=now)

    def post(who, address, body):
        return client(who).post(f"/api/staff/{address}", body, content_type="application/json")

    opening, wish = f"recordings/{made}/holds", {"kind": "takedown", "reason": "A claim.", "review_on": "2099-01-01"}
    for who in (cast.alice, cast.ben):
        assert post(who, opening, wish).status_code == 404
        assert client(who).get("/api/staff/holds").status_code == 404
    assert Hold.objects.count() == 0
    refused = post(cast.dev, opening, wish | {"reason": " "})
    assert (refused.status_code, refused.json()["rule"]) == (400, "R130")
    assert post(cast.dev, opening, wish | {"kind": "aup_referred"}).status_code == 422
    found = post(cast.dev, opening, wish).json()
    assert (found["kind"], found["opened_by"], found["review_on"]) == ("takedown", "Dev", "2099-01-01")
    assert post(cast.dev, opening, wish).json()["code"] == "CONFLICT"
    assert [one["id"] for one in client(cast.dev).get("/api/staff/holds").json()] == [found["id"]]
    one = f"holds/{found['id']}"
    for who in (cast.alice, cast.ben):
        assert client(who).get(f"/api/staff/{one}").status_code == 404
        ways = (f"{one}/release", f"{one}/takedown")
        assert [post(who, way, {"reason": "x"}).status_code for way in ways] == [404, 404]
    at_once = post(cast.dev, f"{one}/takedown", {"reason": "x", "at_once": True})
    assert (at_once.status_code, at_once.json()["rule"]) == (409, "T29"), "no legal order"
    assert post(cast.dev, f"{one}/takedown", {"reason": "Not ours."}).json()["remove_at"]
    assert post(cast.dev, f"{one}/release", {"reason": "Agreed."}).status_code == 204
    assert post(cast.dev, f"{one}/release", {"reason": "Agreed."}).json()["code"] == "CONFLICT"
    assert client(cast.dev).get(f"/api/staff/{one}").json()["released_at"]
    assert client(cast.dev).get("/api/staff/holds").json() == []
    assert Recording.objects.get(id=made).keeping == "ONLINE"
