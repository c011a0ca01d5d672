"""Programs save a recording anew under the decisions of the page (R103, R227, R228)."""

import pytest

from cathedra.db.models import Edit, Saving
from cathedra.db.writes import content
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original, lecture
from tests.web.browsing import client

pytestmark = pytest.mark.django_db


def test_r227_what_would_change_then_the_new_one_then_the_same_one(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    address, alice = f"/api/recordings/{made}/save-anew", client(cast.alice)
    keep_original(made, MemoryStore())
    asked = {"content_type": "application/json", "data": {"version": 1}}
    assert alice.get(address).json()["is_permitted"] is False
    refused = alice.post(address, content_type="application/json", data={"version": 0})
    assert (refused.status_code, refused.json()["rule"]) == (409, "R103")
    Edit.objects.create(recording_id=made, version=1, cuts=[[0, 20_000]], made_at=now)
    content.show_edit(made, 1, form=1, edited_ms=40_000, now=now)
    expected = {"is_permitted": True, "version": 1, "stored_s": 60, "stored_anew_s": 40, "recorded_s": 0}
    assert alice.get(address).json() == {**expected, "running": None, "problem": ""}
    assert alice.post(address, content_type="application/json", data={"version": 2}).json()["code"] == "CONFLICT"
    for who in (cast.ben, cast.eve):
        assert (client(who).get(address).status_code, client(who).post(address, **asked).status_code) == (404, 404)
    answer = alice.post(address, **asked)
    new = str(Saving.objects.get().recording_id)
    assert (answer.status_code, answer.json()) == (202, {"recording_id": new})
    assert alice.post(address, **asked).json() == {"recording_id": new}, "R53"
    assert alice.get(address).json()["running"] == new
