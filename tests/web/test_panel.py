"""What stands beside the player as a page, notes as a file, and the folder's setting (R212, R218)."""

import pytest
from django.utils import timezone

from cathedra.db.models import Bookmark, Folder, Note
from tests.lectures import lecture
from tests.said import cut, say
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def test_r212_the_transcript_is_a_page_with_times_that_lead_to_the_player(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    where = f"/recordings/{made}/transcript/"
    assert "Nothing to read yet" in text(client(cast.ben).get(where))
    say(made, now=now)
    page = text(client(cast.ben).get(where))
    for part in (
        "Good morning. Take this box.",
        "And now &lt;b&gt;ice&lt;/b&gt;.",
        "Ice &amp; water",
        f'href="/recordings/{made}/?t=30"',
        f'src="/stream/{made}/slide-1.jpg"',
        "Made automatically",
        'lang="de"',
    ):
        assert part in page, part
    german = text(client(cast.ben).get(where, {"language": "de"}))
    assert "Guten Morgen." in german
    assert "Made automatically" not in german
    for who, status in ((cast.eve, 404), (cast.dev, 404), (None, 401)):
        answer = client(who).get(where)
        assert answer.status_code == status
        assert "morning" not in text(answer)
    assert client(cast.ben).get(f"/recordings/{cast.ben}/transcript/").status_code == 404
    watched = text(client(cast.ben).get(f"/recordings/{made}/"))
    assert f'id="panel" class="side" data-recording="{made}"' in watched
    assert ">Views<" not in watched


def test_r211_what_is_cut_is_not_on_the_page_of_the_transcript(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    say(made, now=now)
    cut(made, (7500, 30_000), now=now)
    page = text(client(cast.ben).get(f"/recordings/{made}/transcript/"))
    assert "Good morning. Take this" in page
    assert "this box" not in page, "the last word of it is cut"
    assert f'href="/recordings/{made}/?t=7"' in page
    cut(made, (0, 30_000), version=2, now=now)
    page = text(client(cast.ben).get(f"/recordings/{made}/transcript/"))
    for gone in ("morning", "Gases", "slide-0.jpg"):
        assert gone not in page, gone
    for said in client(cast.ben).get(f"/api/recordings/{made}/content").json().items():
        assert "morning" not in str(said), said
        assert "Gases" not in str(said), said


def test_r218_my_notes_are_a_file_of_mine_alone(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    where = f"/recordings/{made}/notes/export/"
    for who, words, is_public in ((cast.ben, "Why?\n\nReally?", False), (cast.alice, "Secret", True)):
        Note.objects.create(
            recording_id=made, account_id=who, at_ms=5000, text=words, is_public=is_public, made_at=now, changed_at=now
        )
    Bookmark.objects.create(recording_id=made, account_id=cast.ben, at_ms=2000, title="The box", made_at=now)
    answer = client(cast.ben).get(where)
    today = timezone.now().date().isoformat()
    assert text(answer) == f"Entropy\n{today}\n\n0:02\nBookmark: The box\n\n0:05\nWhy?\n\nReally?\n"
    assert answer["Content-Disposition"] == f'attachment; filename="notes-{made}.txt"'
    assert client(cast.eve).get(where).status_code == 404
    assert client().get(where).status_code == 401


def test_whether_notes_may_be_public_is_set_on_the_page_of_sharing(cast):
    where, alice = f"/folders/{cast.chemistry}/access/", client(cast.alice)
    assert "Notes of viewers are private" in text(alice.get(where))
    answer = alice.post(f"{where}notes/", {"public_notes": "yes"}, follow=True)
    assert "Viewers may make notes public" in text(answer)
    assert "Choose whether" in text(alice.post(f"{where}notes/", {"public_notes": "x"}, follow=True))
    assert alice.post(f"{where}notes/", {"public_notes": "no"}).status_code == 302
    assert Folder.objects.get(id=cast.chemistry).public_notes is False
    assert client(cast.ben).post(f"{where}notes/", {"public_notes": "yes"}).status_code == 404
