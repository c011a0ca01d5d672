"""The pages of captions (R208 to R210)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.captions.talks import ScriptedListener, talk
from tests.web.browsing import client, text


@pytest.fixture
def made(cast, now):
    return talk(cast, now)


def upload(browser, made, content, **more):
    file = SimpleUploadedFile("talk.srt", content.encode())
    return browser.post(f"/recordings/{made.id}/captions/", {"file": file, "language": "en", **more}, follow=True)


def test_a_file_is_uploaded_downloaded_replaced_and_deleted(cast, made):
    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/"
    assert "There are none yet." in text(browser.get(here))
    wrong = upload(browser, made, "1\n00:00:01,000 -> 00:00:02,000\nHello\n")
    assert wrong.status_code == 422
    assert "Line 2" in text(wrong) or "Line 1" in text(wrong)
    page = text(upload(browser, made, "1\n00:00:01,000 --> 00:00:02,000\nHello & welcome\n"))
    assert "The captions are here." in page
    assert "Uploaded" in page
    again = upload(browser, made, "1\n00:00:01,000 --> 00:00:02,000\nAgain\n")
    assert (again.status_code, "already" in text(again)) == (422, True)
    upload(browser, made, "1\n00:00:01,000 --> 00:00:02,000\nAgain\n", replaces="on")
    answer = browser.get(f"{here}en/vtt/")
    assert text(answer) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAgain\n"
    assert answer["Content-Disposition"] == 'attachment; filename="entropy.en.vtt"'
    assert text(browser.get(f"{here}en/srt/")).startswith("1\n00:00:01,000 -->")
    assert browser.get(f"{here}en/exe/").status_code == 404
    stale = browser.post(f"{here}en/delete/", {"version": "1"}, follow=True)
    assert "Somebody else changed these captions" in text(stale)
    assert "The captions were deleted." in text(browser.post(f"{here}en/delete/", {"version": "2"}, follow=True))
    assert browser.get(f"{here}en/").status_code == 404


def test_how_far_the_engine_is_and_how_it_is_switched_on_is_said_r208(cast, made, now):
    from cathedra.db.writes import captions

    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/"
    made.transcribe(None)
    captions.await_listening(made.id, now=now)
    assert "waits its turn" in text(browser.get(here))
    assert "HX-Refresh" not in browser.get(f"{here}state/")
    made.transcribe(ScriptedListener(said=""))
    assert "Nobody was heard to speak" in text(browser.get(here))
    assert browser.get(f"{here}state/")["HX-Refresh"] == "true"
    refused = browser.post(f"{here}again/", follow=True)
    assert refused.status_code == 200


def test_find_and_replace_works_without_a_script(cast, made):
    made.transcribe(ScriptedListener())
    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/en/"
    assert f'data-recording="{made.id}"' in text(browser.get(here))
    form = {"find": "enemy late", "instead": "enolate", "version": 1}
    assert "Replaced in 1 place." in text(browser.post(here, form, follow=True))
    assert "not found" in text(browser.post(here, {**form, "version": 2}, follow=True))
    stale = browser.post(here, {**form, "find": "enolate"})
    assert (stale.status_code, "Somebody else changed" in text(stale)) == (422, True)
    assert client(cast.ben).get(here).status_code == 404
