"""The list of cuts over the API: read, replaced, refused (R38 row 5, R201, R228)."""

from cathedra.db.models import Edit, Recording
from cathedra.db.reads import content as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import content as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


def test_cuts_are_read_and_replaced_by_who_may_edit(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    address = f"/api/recordings/{made}/edits"
    seen = client(cast.alice).get(address).json()
    assert (seen["version"], seen["shown_version"], seen["versions"], seen["duration_ms"]) == (0, 0, [], 60_000)
    assert seen["streams"][0]["playlist_url"] == f"/whole/{made}/primary.m3u8"  # the editor plays the whole recording
    wish = {"version": 0, "cuts": [{"start_ms": 1000, "end_ms": 9000}], "looks": [{"start_ms": 0, "layout": "first"}]}
    saved = client(cast.alice).put(address, wish, **JSON).json()
    assert (saved["version"], saved["versions"][0]["cuts"], saved["versions"][0]["is_shown"]) == (
        1, wish["cuts"], False,
    )  # fmt: skip
    again = client(cast.alice).put(address, wish, **JSON)
    assert (again.status_code, again.json()["code"]) == (409, "CONFLICT")
    for who in (cast.ben, cast.chloe, cast.dev):
        assert {client(who).get(address).json()["code"], client(who).put(address, wish, **JSON).json()["code"]} == {
            "NO_PERMISSION"
        }
    for wrong in ({"version": 1}, {"version": 1, "cuts": [{"start_ms": -1, "end_ms": 2}]}, {"version": -1, "cuts": []}):
        assert client(cast.alice).put(address, wrong, **JSON).status_code == 422
    assert Edit.objects.count() == 1


def test_the_editor_gets_every_chapter_where_it_begins_in_the_whole_recording(cast, now):
    """R38 row 5, R201: of what is cut too, for a chapter is not lost with its part; and a copy has those it repeats."""
    made = lecture(cast.chemistry, cast.alice, now=now)
    other = lecture(cast.chemistry, cast.alice, now=now)
    Recording.objects.filter(id=other).update(reference_of_id=made, origin="reference_copy")
    chapters = f"/api/recordings/{made}/chapters"
    for at, title in ((20_000, "Work"), (2000, "Heat")):
        asked = client(cast.alice).post(chapters, {"original_start_ms": at, "title": title}, **JSON)
        assert asked.status_code == 201
    Edit.objects.create(recording_id=made, version=1, cuts=[[1000, 20_000]], looks=[], made_at=now)
    writes.show_edit(made, 1, form=1, edited_ms=41_000, now=now)
    for one in (made, other):
        seen = client(cast.alice).get(f"/api/recordings/{one}/edits").json()["chapters"]
        assert [(chapter["start_ms"], chapter["title"]) for chapter in seen] == [(2000, "Heat"), (20_000, "Work")]
    assert [chapter["title"] for chapter in client(cast.ben).get(chapters).json()] == ["Work"]
    theirs = lecture(cast.physics, cast.eve, now=now)
    Recording.objects.filter(id=theirs).update(reference_of_id=made, origin="reference_copy", edited_ms=41_000)
    access_writes.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    refused = client(cast.eve).get(f"/api/recordings/{theirs}/edits")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_PERMITTED"), "Creators of the copy alone"
    assert "full copy" in refused.content.decode()
    assert "Heat" not in refused.content.decode()


def test_the_player_gets_what_is_edited_when_it_is_shown(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    Edit.objects.create(recording_id=made, version=1, cuts=[[1000, 9000]], looks=[[9500, "inset"]], made_at=now)
    address = f"/api/recordings/{made}/player"
    assert client(cast.ben).get(address).json()["streams"][0]["playlist_url"].endswith("/primary.m3u8")
    writes.show_edit(made, 1, form=1, edited_ms=52_000, now=now)
    seen = client(cast.ben).get(address).json()
    assert seen["streams"][0]["playlist_url"] == f"/stream/{made}/primary.m3u8"
    assert seen["storyboard_url"] == f"/stream/{made}/storyboard.vtt"
    assert (seen["duration_ms"], seen["looks"]) == (52_000, [{"start_ms": 1500, "layout": "inset"}])
    copy = lecture(cast.chemistry, cast.alice, now=now)
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    assert client(cast.ben).get(f"/api/recordings/{copy}/player").json()["duration_ms"] == 52_000  # R201
    writes.forget_made(made)
    assert client(cast.ben).get(address).json()["streams"] == []
    assert reads.edits_of_several([made, copy]).keys() == {made}
