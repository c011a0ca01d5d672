"""Groups by API, and the address where other systems send theirs (R2, R227)."""

import pytest

from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r2_r227_groups_are_made_edited_and_pushed_by_api(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    admin = client(cast.dev)
    made = admin.post("/api/staff/groups", {"name": "Helpers", "members": ["ben", "ghost"]}, **JSON)
    assert (made.status_code, made.json()["added"], made.json()["missing"]) == (201, 1, ["ghost"])
    one = f"/api/staff/groups/{made.json()['id']}"
    assert admin.post(f"{one}/members", {"members": ["eve"]}, **JSON).json()["added"] == 1
    assert [row["login_name"] for row in admin.get(f"{one}/members").json()["rows"]] == ["ben", "eve"]
    assert admin.delete(f"{one}/members/{cast.ben}").json()["removed"] == 1
    assert admin.patch(one, {"name": "Hands"}, **JSON).json()["name"] == "Hands"
    assert admin.get(one).json()["member_count"] == 1
    assert admin.delete(one).status_code == 204
    for missing in (one, f"{one}/members"):
        assert admin.get(missing).status_code == 404
    where = "/api/staff/pushed-groups/moodle:chem-1a_viewers"
    pushed = admin.put(where, {"members": ["ben", "eve", "ghost"], "name": "Chem 1A viewers"}, **JSON).json()
    assert (pushed["added"], pushed["removed"], pushed["missing"]) == (2, 0, ["ghost"])
    again = admin.put(where, {"members": ["eve"]}, **JSON).json()
    assert (again["id"], again["added"], again["removed"]) == (pushed["id"], 0, 1)
    refused = admin.post(f"/api/staff/groups/{pushed['id']}/members", {"members": ["ben"]}, **JSON)
    assert (refused.status_code, refused.json()["rule"]) == (409, "R2")
    rows = admin.get("/api/staff/groups", {"kind": "external"}).json()["rows"]
    assert [row["name"] for row in rows] == ["Chem 1A viewers"]
    assert admin.put("/api/staff/pushed-groups/chem", {"members": []}, **JSON).status_code == 400
