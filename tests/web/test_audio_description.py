"""The page of the audio description (R38 row 5, R212), without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cathedra.db.models import AudioDescription, Stream
from cathedra.db.writes import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Origin
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.said import cut
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now, title="Heat & work")


def sound(content=b"a mix", name="Week 3.flac"):
    return SimpleUploadedFile(name, content)


def test_r212_a_creator_adds_follows_and_removes_it(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/audio-description/"
    empty = text(browser.get(page))
    assert "There is none yet." in empty
    assert "instead of the recording's sound, not beside it" in empty
    assert "It has to last as long as the recording, 1:00." in empty
    added = text(browser.post(page, {"file": sound(), "language": "en-GB"}, follow=True))
    assert "Added. It is being prepared" in added
    assert "Week 3.flac" in added
    assert "It waits its turn" in text(browser.get(f"{page}state/"))
    AudioDescription.objects.update(percent=40)
    assert "It is being prepared: 40 %." in text(browser.get(f"{page}state/"))
    AudioDescription.objects.update(codecs="mp4a.40.2")
    assert "It is ready: viewers can choose it now." in text(browser.get(f"{page}state/"))
    assert "· ready" in text(browser.get(page))
    AudioDescription.objects.update(codecs="", problem="This file lasts {said}.", problem_values={"said": "0:50"})
    assert "This file lasts 0:50." in text(browser.get(page))
    assert "Preparing it has ended." in text(browser.get(f"{page}state/"))
    assert "The audio description is gone." in text(browser.post(page, {"remove": "1"}, follow=True))
    assert not AudioDescription.objects.exists()


def test_r212_what_is_wrong_is_told_where_it_is(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/audio-description/"
    cases = (
        ({"language": "en"}, "Choose a file for “Sound file”."),
        ({"file": sound(), "language": "klingon"}, "Select a valid choice."),
        ({"file": sound(b""), "language": "en"}, "empty"),
    )
    for given, sentence in cases:
        answer = browser.post(page, given)
        assert (answer.status_code, sentence in text(answer)) == (422, True), given
    Stream.objects.filter(recording_id=made).update(role="AUDIO", width=None)
    answer = browser.post(page, {"file": sound(), "language": "en"})
    assert (answer.status_code, "nothing to describe" in text(answer)) == (422, True)
    assert not AudioDescription.objects.exists()


def test_r212_of_a_cut_recording_the_page_says_that_cuts_apply_by_themselves(cast, made, now):
    cut(made, (10_000, 20_000), now=now)
    shown = text(client(cast.alice).get(f"/recordings/{made}/audio-description/"))
    assert "It has to last as long as the recording, 1:00." in shown, "uncut"
    assert "what is cut is cut out of the description as well" in shown


def test_nobody_else_finds_the_page_r42(cast, made):
    page = f"/recordings/{made}/audio-description/"
    for who in (cast.ben, cast.chloe, cast.eve):
        browser = client(who)
        answers = [browser.get(page), browser.get(f"{page}state/"), browser.post(page, {"remove": "1"})]
        answers.append(browser.post(page, {"file": sound(), "language": "en"}))
        assert {answer.status_code for answer in answers} == {404}
    assert page in text(client(cast.alice).get(f"/recordings/{made}/"))
    assert page not in text(client(cast.ben).get(f"/recordings/{made}/"))


def test_r212_viewers_are_told_that_there_is_one(cast, made):
    browser = client(cast.ben)
    AudioDescription.objects.create(
        recording_id=made, language="en", original_name="secret.wav", object_key="k", size_bytes=1, sha256="",
        added_at="2026-11-01T00:00Z", name="d0",
    )  # fmt: skip
    assert "Audio description" not in text(browser.get(f"/recordings/{made}/")), "it is not ready"
    AudioDescription.objects.update(codecs="mp4a.40.2")
    shown = text(browser.get(f"/recordings/{made}/"))
    assert "Audio description" in shown
    assert "secret.wav" not in shown


def test_r201_on_a_copy_it_is_the_originals(cast, made, now):
    for who in (cast.eve, cast.alice):
        access.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=now)
    copy = lecture(cast.physics, cast.eve, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)
    page = f"/recordings/{copy}/audio-description/"
    client(cast.alice).post(page, {"file": sound(), "language": "en"})
    assert AudioDescription.objects.get().recording_id == made
    assert "what you change here changes there" in text(client(cast.alice).get(page))
    shown = text(client(cast.eve).get(page))
    assert "You may not edit that one" in shown
    assert f'href="/recordings/{copy}/copy/"' in shown
    assert "Week 3.flac" not in shown
    assert "multipart" not in shown
    refused = client(cast.eve).post(page, {"remove": "1"})
    assert (refused.status_code, AudioDescription.objects.count()) == (403, 1)
