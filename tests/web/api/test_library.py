"""Folders and recordings through the API: the same decisions as the pages."""

from datetime import timedelta

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.library import MediaState
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


def test_folders_are_those_i_see(cast):
    assert [row["name"] for row in client(cast.ben).get("/api/folders").json()["rows"]] == ["Part IA"]
    assert client(cast.ben).get("/api/folders", {"q": "phys"}).json() == {"rows": [], "after": ""}


def test_a_folder_says_what_i_may_do(cast):
    seen = client(cast.alice).get(f"/api/folders/{cast.chemistry}").json()
    assert (seen["name"], seen["may_create_recording"], seen["may_create_folder"]) == ("Part IA", True, True)
    assert client(cast.ben).get(f"/api/folders/{cast.chemistry}").json()["may_create_recording"] is False


def test_recordings_come_in_pages_by_key(cast, now):
    for place in range(5):
        lecture(cast.chemistry, cast.alice, title=f"L{place}", now=now + timedelta(hours=place))
    browser, address = client(cast.ben), f"/api/folders/{cast.chemistry}/recordings"
    first = browser.get(address, {"limit": 3}).json()
    rest = browser.get(address, {"limit": 3, "after": first["after"]}).json()
    assert [row["title"] for row in first["rows"] + rest["rows"]] == ["L4", "L3", "L2", "L1", "L0"]
    assert rest["after"] == ""
    for wrong in ({"limit": 0}, {"limit": 101}, {"limit": "x"}, {"sort": "x"}):
        assert client(cast.ben).get(address, wrong).status_code == 422


def test_the_newest_are_those_i_may_view(cast, now):
    lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    assert [row["title"] for row in client(cast.ben).get("/api/recordings/newest").json()["rows"]] == ["Entropy"]
    assert client(cast.eve).get("/api/recordings/newest").json()["rows"] == []


def test_a_recording_is_told_to_those_who_play_or_follow_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", media=MediaState.PREPARING, now=now)
    assert client(cast.alice).get(f"/api/recordings/{made}").json()["state"] == "processing"
    refused = client(cast.ben).get(f"/api/recordings/{made}")
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_READY")


def test_a_new_title_leaves_the_description_alone(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", description="What it is.", now=now)
    answer = client(cast.alice).patch(f"/api/recordings/{made}", {"title": "Order"}, **JSON)
    assert (answer.status_code, answer.json()["title"], answer.json()["description"]) == (200, "Order", "What it is.")
    old = {"title": "Chaos", "version": answer.json()["version"] - 1}
    assert client(cast.alice).patch(f"/api/recordings/{made}", old, **JSON).json()["code"] == "CONFLICT"
    assert Recording.objects.get(id=made).title == "Order"


def test_a_folder_is_made(cast):
    answer = client(cast.alice).post(f"/api/folders/{cast.chemistry}/folders", {"name": "Week 1"}, **JSON)
    assert answer.status_code == 201
    assert Folder.objects.get(id=answer.json()["id"]).parent_id == cast.chemistry
    again = client(cast.alice).post(f"/api/folders/{cast.chemistry}/folders", {"name": "Week 1"}, **JSON)
    assert (again.status_code, again.json()["rule"]) == (409, "R4")


def test_a_program_names_the_new_owner_r219(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    alice, address = client(cast.alice), f"/api/recordings/{made}/owner"
    refused = alice.put(address, {"account_id": str(cast.ben)}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_REQUEST")
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    assert alice.put(address, {"account_id": str(cast.dev)}, **JSON).status_code == 204
    assert Recording.objects.get(id=made).owner_id == cast.dev
    hidden = client(cast.ben).put(address, {"account_id": str(cast.ben)}, **JSON)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "NO_PERMISSION")
