"""What stands beside the player, in one answer."""

import pytest

from cathedra.db.models import Bookmark, CaptionPolicy, Folder, Note
from tests.lectures import lecture
from tests.said import cut, say
from tests.web.browsing import client

pytestmark = pytest.mark.slow


def test_one_answer_holds_all_that_stands_beside_the_player(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    say(made, now=now)
    cut(made, (10_000, 20_000), now=now)
    Folder.objects.filter(id=cast.chemistry).update(public_notes=True)
    kept = {"recording_id": made, "made_at": now, "at_ms": 31_000}
    Note.objects.create(**kept, account_id=cast.alice, text="For all", is_public=True, changed_at=now)
    Bookmark.objects.create(**kept, account_id=cast.ben, title="Ice")
    where = f"/api/recordings/{made}/content"
    told = client(cast.ben).get(where).json()
    assert told["captions"][0] == {
        "language": "en",
        "label": "English",
        "is_automatic": True,
        "url": f"/stream/{made}/captions-en.vtt?v=1",
    }
    assert told["cues"][2] == {"start_ms": 20_000, "end_ms": 24_000, "text": "And now <b>ice</b>."}
    assert told["chapters"][1] == {"start_ms": 20_000, "title": "Ice & water"}
    assert told["slides"][1]["image_url"] == f"/stream/{made}/slide-1.jpg"
    assert (told["speech"], told["slides_state"], told["language"]) == ("DONE", "", "en")
    (note,), (bookmark,) = told["notes"], told["bookmarks"]
    assert (note["at_ms"], note["author"], note["is_own"]) == (21_000, "Alice", False)
    assert (bookmark["at_ms"], bookmark["title"]) == (21_000, "Ice")
    assert (told["may_keep_notes"], told["may_make_public"], told["may_moderate"]) == (True, True, False)
    CaptionPolicy.objects.create(folder_id=cast.chemistry, shows_automatic=False, changed_at=now)  # R208
    viewers = client(cast.ben).get(where).json()
    assert [one["language"] for one in viewers["captions"]] == ["de"]
    assert viewers["speech"] == "", "nothing that is being made will appear to them"
    assert client(cast.ben).get(where, {"language": "en"}).json()["cues"][0]["text"] == "Guten Morgen."
    told = client(cast.alice).get(where).json()
    assert (told["may_moderate"], len(told["captions"]), told["speech"]) == (True, 2, "DONE")
    assert client(cast.ben).get(where, {"language": "de"}).json()["cues"][0]["text"] == "Guten Morgen."
    for who, status in ((cast.eve, 404), (cast.dev, 404), (None, 401)):
        assert client(who).get(where).status_code == status
