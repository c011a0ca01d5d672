"""Notes and bookmarks by API (R218, R227)."""

import pytest

from cathedra.db.models import Bookmark, Note
from tests.lectures import lecture
from tests.web.browsing import client

pytestmark = pytest.mark.slow

JSON = {"content_type": "application/json"}


def test_notes_and_bookmarks_are_written_changed_and_removed(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    ben, alice, one = client(cast.ben), client(cast.alice), f"/api/recordings/{made}"
    kept = ben.post(f"{one}/notes", {"at_ms": 5000, "text": "Why?"}, **JSON)
    assert kept.status_code == 201
    note = f"/api/notes/{kept.json()['id']}"
    mark = ben.post(f"{one}/bookmarks", {"at_ms": 7000, "title": "Box"}, **JSON).json()["id"]
    (told,) = ben.get(f"{one}/notes").json()["notes"]
    assert (told["text"], told["at_ms"], told["is_public"], told["author"]) == ("Why?", 5000, False, "")
    assert ben.get(f"{one}/notes").json()["bookmarks"] == [{"id": mark, "at_ms": 7000, "title": "Box"}]
    assert alice.get(f"{one}/notes").json() == {"notes": [], "bookmarks": []}
    public = {"text": "Why??", "is_public": True}
    refused = ben.put(note, public, **JSON)
    assert (refused.status_code, refused.json()["rule"]) == (403, "R218")
    assert alice.put(f"/api/folders/{cast.chemistry}/notes", {"public": True}, **JSON).status_code == 204
    assert alice.get(f"/api/folders/{cast.chemistry}/notes").json() == {"public": True, "counts": True}
    assert ben.put(note, public, **JSON).status_code == 204
    assert [each["author"] for each in alice.get(f"{one}/notes").json()["notes"]] == ["Ben"]
    for who in (cast.eve, None):
        assert client(who).put(note, public, **JSON).status_code == (404 if who else 401)
        assert client(who).get(f"{one}/notes").status_code == (404 if who else 401)
        assert client(who).delete(f"/api/bookmarks/{mark}").status_code == (404 if who else 401)
    assert ben.get(f"/api/folders/{cast.chemistry}/notes").status_code == 404
    assert ben.put(f"/api/folders/{cast.chemistry}/notes", {"public": False}, **JSON).status_code == 404
    assert client(cast.eve).post(f"{one}/bookmarks", {"at_ms": 1}, **JSON).status_code == 404
    assert ben.post(f"{one}/notes", {"at_ms": -1, "text": "x"}, **JSON).status_code == 422
    assert ben.delete(f"/api/bookmarks/{mark}").status_code == 204
    assert alice.delete(note).status_code == 204, "who moderates"
    assert not Note.objects.exists()
    assert not Bookmark.objects.exists()
