"""Versions of the use policy by the API, under the same rule as the pages (R16, R79, R227)."""

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, UsePolicyVersion
from tests.policies import activate, version
from tests.web.browsing import client
from tests.web.staff.test_policy import IDLE, STRICT, declared, folder

pytestmark = pytest.mark.slow
__all__ = ["folder"]


def test_r227_the_next_version_is_checked_tried_taken_and_activated(cast, folder):
    now, dev = timezone.now(), client(cast.dev)
    activate(now)
    made = declared(cast, now, "=Entropy")
    (folder / "two.toml").write_text(version(2, STRICT)[1])
    (folder / "three.toml").write_text(version(3, STRICT)[1] + IDLE)
    (folder / "wrong.toml").write_text("version = ")
    listed = dev.get("/api/staff/use-policies").json()
    assert [one["version"] for one in listed["activated"]] == [1]
    nexts = {one["file"]: one for one in listed["nexts"]}
    assert [nexts[name]["is_sound"] for name in ("two.toml", "three.toml", "wrong.toml")] == [True, False, None]
    assert "not valid TOML" in nexts["wrong.toml"]["problem"]
    checked = dev.get("/api/staff/use-policies/2").json()
    assert (checked["is_sound"], checked["active"], checked["unrefused"], checked["idle_rules"]) == (True, 1, [], [])
    assert sum(checked["verdicts"].values()) == checked["combinations"]
    assert dev.get("/api/staff/use-policies/3").json()["idle_rules"] == ["idle"]
    tried = dev.get("/api/staff/use-policies/2/dry-run").json()
    (change,) = tried["changes"]
    assert (change["before"], change["after"], change["recordings"]) == ("PERMITTED", "REFERRED", 1)
    assert [(one["owner"], one["recordings"]) for one in tried["owners"]] == [("Alice", 1)]
    taken = b"".join(dev.get("/api/staff/use-policies/2/changes").streaming_content).decode()
    assert (str(made) in taken, "'=Entropy" in taken) == (True, True)

    def put(number: int, browser=dev, **body):
        given = {"why": "Stricter.", "text_hash": tried["text_hash"], "active": 1, **body}
        address = f"/api/staff/use-policies/{number}/activation"
        return browser.post(address, given, content_type="application/json").status_code

    assert put(2, client(cast.alice)) == 404
    assert put(2, text_hash="0" * 64) == 409
    assert put(2, why="") == 400
    assert put(3) in (400, 409)
    assert UsePolicyVersion.objects.count() == 1
    assert (put(2), put(2)) == (204, 404)
    assert UsePolicyVersion.objects.get(version=2).why == "Stricter."
    assert AuditEvent.objects.filter(action__contains="activate", channel="API").count() == 1
    for address in ("", "/2", "/2/dry-run", "/2/changes"):
        assert client(cast.alice).get(f"/api/staff/use-policies{address}").status_code == 404, address
    assert dev.get("/api/staff/use-policies/2").status_code == 404  # it is no later one any more
