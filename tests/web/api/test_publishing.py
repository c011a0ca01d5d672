"""Approval, moving and copying over the API: the same decisions, with their codes (R227, R228)."""

from datetime import timedelta

import pytest

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Publication
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client

pytestmark = pytest.mark.slow
JSON = {"content_type": "application/json"}


@pytest.fixture
def made(cast, now):
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    given = {"publication": Publication.WAITING, "submitted_by_id": cast.alice}
    hours = [now + timedelta(hours=hour) for hour in (1, 2)]
    return [
        lecture(cast.chemistry, cast.alice, title=f"Part {hour.hour - now.hour}", now=now, submitted_at=hour, **given)
        for hour in hours
    ]


def test_the_queue_and_its_verbs(cast, made):
    chloe, first = client(cast.chloe), f"/api/recordings/{made[0]}"
    queue = chloe.get("/api/approvals").json()
    assert [row["title"] for row in queue["rows"]] == ["Part 1", "Part 2"]
    assert {(row["verdict"], row["category"]) for row in queue["rows"]} == {(None, "")}  # nobody declared them
    done = chloe.post(f"{first}/approve", {"seen": "waiting"}, **JSON).json()
    assert (done["publication"], done["changed"], done["decided_by"]) == ("PUBLISHED", True, "Chloe")
    again = chloe.post(f"{first}/approve", {}, **JSON).json()
    assert (again["publication"], again["changed"]) == ("PUBLISHED", False)  # R53
    late = chloe.post(f"{first}/reject", {"seen": "waiting", "reason": "x"}, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "CONFLICT")
    short = chloe.post(f"{first}/reject", {"reason": " "}, **JSON)
    assert (short.status_code, short.json()["code"], short.json()["rule"]) == (400, "BAD_REQUEST", "R67")
    assert chloe.post(f"{first}/reject", {"reason": "x"}, **JSON).json()["publication"] == "REJECTED"  # T23
    alice = client(cast.alice)
    assert alice.get(f"{first}/approval").json()["reason"] == "x"
    assert alice.post(f"{first}/resubmit", **JSON).json()["publication"] == "WAITING"
    assert alice.post(f"{first}/withdraw", **JSON).json()["step"] == "withdrawn"
    refused = alice.post(f"{first}/approve", {}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (404, "NO_PERMISSION")
    told = chloe.post("/api/approvals", {"recordings": [str(one) for one in made]}, **JSON).json()
    assert {row["title"]: row["changed"] for row in told} == {"Part 1": False, "Part 2": True}  # withdrawn: left alone
    alice.post(f"{first}/resubmit", **JSON)
    several = {"recordings": [str(made[0])], "decision": "reject"}
    short = chloe.post("/api/approvals", several, **JSON)
    assert (short.status_code, short.json()["rule"]) == (400, "R67")
    told = chloe.post("/api/approvals", {**several, "reason": "Names show."}, **JSON).json()
    assert [(row["publication"], row["reason"], row["changed"]) for row in told] == [("REJECTED", "Names show.", True)]


def test_a_folder_is_switched_r69_r70(cast, made):
    alice, where = client(cast.alice), f"/api/folders/{cast.chemistry}/approval"
    standing = alice.get(where).json()
    assert (standing["is_on"], standing["waiting"], standing["may_switch"]) == (True, 2, False)
    refused = alice.put(where, {"is_on": False}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "PUBLISHER_NEEDED")
    assert client(cast.chloe).put(where, {"is_on": False}, **JSON).json()["published"] == 2
    assert client(cast.ben).get(where).status_code == 404


def test_move_and_copy_r72(cast, made, now):
    free = library.add_folder("Free", kind=FolderKind.COURSE, now=now)
    access_writes.add_member(free, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    alice, where = client(cast.alice), f"/api/recordings/{made[0]}"
    for verb in ("move", "copies"):
        refused = alice.post(f"{where}/{verb}", {"folder_id": str(free)}, **JSON)
        assert (refused.status_code, refused.json()["code"]) == (409, "PUBLISHER_NEEDED")
    back = lecture(free, cast.alice, now=now)
    given = {"folder_id": str(cast.chemistry), "is_preview": True}
    preview = alice.post(f"/api/recordings/{back}/move", given, **JSON).json()
    assert (preview["publication_before"], preview["publication_after"]) == ("PUBLISHED", "WAITING")
    assert Recording.objects.get(id=back).folder_id == free
    copied = alice.post(f"/api/recordings/{back}/copies", {"folder_id": str(cast.chemistry)}, **JSON).json()
    assert Recording.objects.get(id=copied["recording_id"]).reference_of_id == back
    assert alice.post(f"/api/recordings/{back}/move", {"folder_id": str(cast.chemistry)}, **JSON).status_code == 200
    assert Recording.objects.get(id=back).publication == "WAITING"
    gone = alice.post(f"/api/recordings/{back}/move", {"folder_id": str(cast.alice)}, **JSON)
    assert (gone.status_code, gone.json()["code"]) == (404, "NO_PERMISSION")
