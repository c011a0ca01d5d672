"""Search through the API: recordings, and places in one of them (R211)."""

from cathedra.db.models import Recording
from cathedra.domain.access import SharingLevel
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
            "url": f"/recordings/{made}/?t=2", "image_url": f"/stream/{made}/slide-0.jpg",
        }
    ]  # fmt: skip
    assert browser.get("/api/search", {"q": "haet law"}).json()["meant"] == "heat law"
    assert client(cast.eve).get("/api/search", {"q": "law"}).json()["rows"] == []
    assert client().get("/api/search", {"q": "law"}).json()["rows"] == []
    for wrong in ({"page": 0}, {"folder": "x"}, {"since": "soon"}):
        assert client(cast.ben).get("/api/search", {"q": "law", **wrong}).status_code == 422, wrong
    assert client(cast.ben).get("/api/search", {"q": "law", "since": "2026-11-03T00:00:00"}).json()["count"] == 0


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
