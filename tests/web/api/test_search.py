"""Search through the API: recordings, and places in one of them (R211)."""

from cathedra.db.models import Recording
from cathedra.domain.access import SharingLevel
from cathedra.domain.library import Keeping
from tests.finding import index, say, show
from tests.lectures import lecture
from tests.web.browsing import client


def test_r211_results_have_their_places_with_links_and_pictures(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Heat", now=now)
    say(made, "Welcome", "the second law", now=now)
    show(made, "Cycles", now=now)
    browser = client(cast.ben)
    answer = browser.get("/api/search", {"q": "second law"}).json()
    assert (answer["count"], answer["is_more"], answer["next_page"]) == (1, False, None)
    (row,) = answer["rows"]
    assert (row["id"], row["title"], row["state"], row["is_away"]) == (str(made), "Heat", "published", False)
    assert row["hits"] == [
        {
            "kind": "speech", "at_ms": 2000, "text": "the second law",
            "parts": [{"text": "the ", "is_marked": False}, {"text": "second", "is_marked": True},
                      {"text": " ", "is_marked": False}, {"text": "law", "is_marked": True}],
            "url": f"/recordings/{made}/?t=2", "image_url": f"/stream/{made}/slide-0.jpg", "storyboard_url": None,
        }
    ]  # fmt: skip
    assert browser.get("/api/search", {"q": "haet law"}).json()["meant"] == "heat law"
    assert client(cast.eve).get("/api/search", {"q": "law"}).json()["rows"] == []
    assert client().get("/api/search", {"q": "law"}).json()["rows"] == []
    for wrong in ({"page": 0}, {"folder": "x"}, {"since": "soon"}):
        assert client(cast.ben).get("/api/search", {"q": "law", **wrong}).status_code == 422, wrong
    assert client(cast.ben).get("/api/search", {"q": "law", "since": "2026-11-03T00:00:00"}).json()["count"] == 0


def test_r211_a_place_has_the_slide_shown_then_or_else_the_storyboard_and_neither_where_nothing_may_be_seen(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Heat", now=now)
    silent = lecture(cast.chemistry, cast.alice, title="Radio", has_picture=False, now=now)
    for one in (made, silent):
        say(one, *["cold"] * 5, *["warm"] * 3, now=now)
    show(made, "Cycles", now=now)  # until the tenth second

    def pictures(typed):
        rows = client(cast.ben).get("/api/search", {"q": typed}).json()["rows"]
        return {row["id"]: {(hit["image_url"], hit["storyboard_url"]) for hit in row["hits"]} for row in rows}

    slide, board = f"/stream/{made}/slide-0.jpg", f"/stream/{made}/storyboard.vtt"
    assert pictures("cold") == {str(made): {(slide, None)}, str(silent): {(None, None)}}
    assert pictures("warm") == {str(made): {(None, board)}, str(silent): {(None, None)}}
    inside = client(cast.ben).get(f"/api/recordings/{made}/search", {"q": "cold"}).json()["hits"]
    assert [(hit["image_url"], hit["storyboard_url"]) for hit in inside] == [(slide, None)] * 5
    Recording.objects.filter(id=made).update(keeping=Keeping.ARCHIVED)
    assert pictures("cold")[str(made)] == pictures("warm")[str(made)] == {(None, None)}


def test_class_34_nobody_is_found_by_an_address(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="By alice@example.org", description="alice@example.org", now=now)
    index(made, now=now)
    say(made, "write to alice@example.org please", now=now)
    browser = client(cast.ben)
    for typed in ("alice@example.org", "alice example", "example.org", '"alice example org"', "alice"):
        assert browser.get("/api/search", {"q": typed}).json()["count"] == 0, typed
        client(cast.ben)
    found = browser.get("/api/search", {"q": "write please"})
    assert b"@" not in found.content.split(b'"hits"')[1]


def test_inside_one_recording_it_is_as_watching(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Heat", now=now)
    say(made, "Welcome", "the second law", now=now)
    address = f"/api/recordings/{made}/search"
    (hit,) = client(cast.ben).get(address, {"q": "sec la"}).json()["hits"]
    assert (hit["kind"], hit["at_ms"], hit["text"], hit["image_url"]) == ("speech", 2000, "the second law", None)
    for who, status in ((cast.eve, 404), (cast.dev, 404), (None, 401)):
        refused = client(who).get(address, {"q": "law"})
        assert refused.status_code == status
        assert b"second" not in refused.content
    Recording.objects.filter(id=made).update(sharing=SharingLevel.ORGANISATION)
    assert client(cast.eve).get(address, {"q": "law"}).json()["hits"]
    assert client(cast.ben).get(f"/api/recordings/{cast.ben}/search").status_code == 404
