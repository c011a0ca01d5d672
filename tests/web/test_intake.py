"""The pages of what was imported for somebody: the list, keeping with the questions, discarding (R93)."""

import re

import pytest
from django.utils import timezone

from cathedra.db.models import Recording, Source, TermsAcceptance
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library
from cathedra.domain.library import Keeping, MediaState, Origin
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
FORM = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE), "version": "1"}
LINK = 'href="/intake/"'


@pytest.fixture
def imported(cast):
    """Alice's, brought by somebody else."""
    now = timezone.now()
    made = library.add_recording(
        cast.chemistry, title="Supervision", owner_id=cast.alice, created_by_id=cast.dev, origin=Origin.IMPORT, now=now
    )
    Source.objects.create(
        recording_id=made, position=0, original_name="zoom.mp4", size_bytes=2048, object_key="", received_at=now
    )
    writes.add_to_intake(made, brought_by=cast.dev, now=now)
    return made


def test_r93_the_way_to_the_list_stands_there_only_while_something_waits(cast, imported):
    browser = client(cast.alice)
    for page in ("/", "/upload/"):
        assert LINK in browser.get(page).content.decode()
        assert LINK not in client(cast.chloe).get(page).content.decode()
    Recording.objects.filter(id=imported).update(keeping=Keeping.RECYCLED, recycled_from=Keeping.ONLINE)
    assert LINK not in browser.get("/").content.decode()


def test_r93_the_list_says_what_it_is_who_brought_it_and_when_it_goes(cast, imported):
    said = text(client(cast.alice).get("/intake/"))
    for words in ("Supervision", "zoom.mp4", "brought by Dev", "unless you keep it", "90 days"):
        assert words in said, words
    assert "Nothing waits for you" in text(client(cast.chloe).get("/intake/"))
    assert client().get("/intake/").status_code == 302


def test_r93_its_page_asks_the_questions_and_keeps_it(cast, imported):
    activate(timezone.now())
    browser, address = client(cast.alice), f"/intake/{imported}/"
    assert browser.get(f"/recordings/{imported}/")["Location"] == address, "there is nothing to watch yet"
    page = browser.get(address)
    assert 'name="q1"' in page.content.decode()
    assert "Part IA" in text(page)
    for form, said in (({}, "Say what this recording is for"), ({**FORM, "category": "meeting"}, "Meetings cannot")):
        answer = browser.post(address, form)
        assert (answer.status_code, said in text(answer)) == (422, True), form
    assert browser.post(address, FORM)["Location"] == f"/recordings/{imported}/"
    assert Recording.objects.get(id=imported).media_state == MediaState.RECEIVED
    assert browser.get(address)["Location"] == f"/recordings/{imported}/", "it does not wait any more"


def test_r15_the_policy_is_read_first(cast, imported):
    publish(AUP, now=timezone.now())
    TermsAcceptance.objects.filter(account_id=cast.alice, document="aup").delete()
    page = client(cast.alice).get(f"/intake/{imported}/").content.decode()
    assert re.search(r'href="/terms/acceptable-use/\?next=/intake/', page.replace("%2F", "/"))
    assert 'name="q1"' not in page


def test_r93_discarded_it_is_in_the_bin(cast, imported):
    browser = client(cast.alice)
    assert browser.post(f"/intake/{imported}/discard/")["Location"] == "/intake/"
    assert Recording.objects.get(id=imported).keeping == Keeping.RECYCLED
    assert "Supervision" in text(browser.get("/bin/"))
    assert browser.get(f"/intake/{imported}/")["Location"] == "/intake/"
    assert browser.get(f"/recordings/{imported}/").status_code != 302


def test_r93_to_everybody_else_there_is_nothing(cast, imported):
    """Neither the Publisher of its folder, nor its Viewers, nor the service: by no page, and in no list."""
    for who in (cast.chloe, cast.dev, cast.ben, cast.eve):
        browser = client(who)
        for address in (f"/intake/{imported}/", f"/recordings/{imported}/", f"/staff/recordings/{imported}/"):
            assert browser.get(address).status_code == 404, address
        assert browser.post(f"/intake/{imported}/discard/").status_code == 404
        assert "Supervision" not in browser.get(f"/folders/{cast.chemistry}/").content.decode()
    assert str(imported) not in client(cast.dev).get("/staff/recordings/", {"q": "Supervision"}).content.decode()
