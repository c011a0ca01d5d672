"""The page of captions in a folder (R208, R209)."""

import pytest

from cathedra.db.models import Course, Folder
from tests.actions.captions.talks import talk
from tests.fakes.speech import ScriptedListener
from tests.web.browsing import client, text


@pytest.fixture
def made(cast, now):
    return talk(cast, now)


def test_the_words_of_a_course_have_a_page_r209(cast):
    browser, here = client(cast.alice), f"/folders/{cast.chemistry}/glossary/"
    assert "belongs to no course" in text(browser.get(here))
    Folder.objects.filter(id=cast.chemistry).update(course_id=Course.objects.get().id)
    page = text(browser.post(here, {"words": "enolate\naldol\n\n"}, follow=True))
    assert "Saved." in page
    assert "aldol\nenolate</textarea>" in page
    assert client(cast.ben).get(here).status_code == 404
    assert f'href="{here}"' in text(client(cast.alice).get(f"/folders/{cast.chemistry}/access/"))


def test_a_folder_keeps_automatic_captions_for_the_search_and_viewers_are_told_of_none_r208(cast, made):
    made.transcribe(ScriptedListener())
    address = f"/api/recordings/{made.id}/captions"
    assert len(client(cast.ben).get(address).json()["captions"]) == 1
    page = text(client(cast.alice).post(f"/folders/{cast.chemistry}/captions/", {"shows": "no"}, follow=True))
    assert "Saved." in page
    assert 'value="no" selected' in page
    assert client(cast.ben).get(address).json()["captions"] == []
    assert len(client(cast.alice).get(address).json()["captions"]) == 1
    wrong = client(cast.alice).post(f"/folders/{cast.chemistry}/captions/", {"shows": "maybe"}, follow=True)
    assert "Choose whether they are shown." in text(wrong)
    page = text(client(cast.alice).post(f"/folders/{cast.chemistry}/captions/", {"shows": "follow"}, follow=True))
    assert 'value="follow" selected' in page
    set_again = client(cast.alice).put(
        f"/api/folders/{cast.chemistry}/captions", {"shows_automatic": None}, content_type="application/json"
    )
    assert set_again.status_code == 204
    assert len(client(cast.ben).get(address).json()["captions"]) == 1
