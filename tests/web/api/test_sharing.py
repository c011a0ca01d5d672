"""Sharing by API: the same decisions as the pages (R227), for each of its addresses."""

import pytest

from cathedra.db.models import Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_a_folder_is_shared_explained_and_inherits_by_api(cast, now):
    alice, eve = client(cast.alice), client(cast.eve)
    inner = library.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    one = f"/api/folders/{inner}"
    refused = alice.post(f"{one}/members", {"principals": [cast.eve]}, **JSON)
    assert (refused.status_code, refused.json()["rule"]) == (409, "R29")
    assert alice.post(f"{one}/stop-inheriting", {}, **JSON).json()["inherits"] is False
    shared = alice.post(f"{one}/members", {"principals": [cast.eve], "role": "creator"}, **JSON).json()
    assert ("Eve", "creator") in {(line["name"], line["role"]) for line in shared["members"]}
    mine = f"{one}/members/{cast.eve}/creator"
    assert (eve.delete(mine).status_code, eve.delete(mine).json()["rule"]) == (409, "R39")
    assert eve.delete(f"{mine}?confirmed=true").status_code == 204
    level = alice.put(f"{one}/level", {"level": "organisation"}, **JSON).json()
    assert level["level"] == "organisation"
    assert alice.put(f"{one}/level", {"level": "public"}, **JSON).json()["rule"] == "R33"
    explained = alice.get(f"{one}/access", {"person": cast.eve}).json()
    assert (explained["viewers_meet"], explained["person_meets"]) == ("ALLOW", "ALLOW")
    assert explained["ways"][-1]["audience"] == "organisation"
    assert alice.post(f"{one}/inherit", {"seen": "?"}, **JSON).status_code == 409
    assert alice.post(f"{one}/inherit", {"seen": level["seen"]}, **JSON).status_code == 204
    assert Folder.objects.get(id=inner).inherits
    for answer in (
        eve.get(f"{one}/sharing"),
        eve.get(f"{one}/access"),
        eve.post(f"{one}/members", {"principals": [cast.eve]}, **JSON),
        eve.put(f"{one}/level", {"level": "restricted"}, **JSON),
        eve.post(f"{one}/stop-inheriting", {}, **JSON),
        eve.post(f"{one}/inherit", {"seen": ""}, **JSON),
        eve.delete(mine),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION")


@pytest.mark.slow
def test_r227_a_recording_is_shared_restricted_and_explained_by_api(cast, now):
    alice, eve = client(cast.alice), client(cast.eve)
    made = lecture(cast.chemistry, cast.alice, now=now)
    one = f"/api/recordings/{made}"
    for answer in (
        eve.get(f"{one}/sharing"),
        eve.get(f"{one}/access"),
        eve.post(f"{one}/viewers", {"principals": [cast.eve]}, **JSON),
        eve.delete(f"{one}/viewers/{cast.eve}"),
        eve.put(f"{one}/level", {"level": None}, **JSON),
        eve.post(f"{one}/restrict", {"principals": [cast.eve], "folder_name": "x"}, **JSON),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION")
    shared = alice.post(f"{one}/viewers", {"principals": [cast.eve, cast.eve]}, **JSON).json()
    assert [line["key"] for line in shared["viewers"]] == ["eve"]
    assert alice.get(f"{one}/access", {"person": cast.eve}).json()["person_meets"] == "ALLOW"
    assert alice.delete(f"{one}/viewers/{cast.eve}").status_code == 204
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation")
    assert alice.put(f"{one}/level", {"level": "restricted"}, **JSON).json()["level_has_no_effect"] is True
    moved = alice.post(f"{one}/restrict", {"principals": [cast.eve], "folder_name": "Some"}, **JSON).json()
    assert moved["is_new"] is True
    assert str(Recording.objects.get(id=made).folder_id) == moved["folder_id"]
    assert alice.post(f"{one}/restrict", {"principals": [], "folder_name": "Some"}, **JSON).status_code == 422
    assert reads.roles_on(cast.ben, moved["folder_id"]) == frozenset()
    assert alice.get(f"{one}/sharing").json()["level"] is None
