"""The pages of captions (R208 to R210)."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cathedra.db.writes import access, captions
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Origin
from cathedra.domain.terms import PrincipalId
from tests.actions.captions.talks import talk
from tests.fakes.speech import ScriptedListener
from tests.lectures import lecture
from tests.said import cut
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
    assert "data-new" in text(browser.get(f"{here}en/")), "and can be written anew"


def test_a_download_is_timed_as_viewers_see_it_and_the_uncut_one_is_named_so_r209(cast, made, now):
    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/"
    upload(browser, made, "1\n00:00:02,000 --> 00:00:03,000\nGone\n\n2\n00:00:06,000 --> 00:00:07,000\nIce\n")
    assert "uncut" not in text(browser.get(here))
    assert 'name="times"' not in text(browser.get(here))
    cut(made.id, (1000, 5000), now=now)
    page = text(browser.get(here))
    assert f'{here}en/vtt/?times=uncut"' in page
    assert 'name="times"' in page
    answer = browser.get(f"{here}en/vtt/")
    assert text(answer) == "WEBVTT\n\n00:00:02.000 --> 00:00:03.000\nIce\n"
    assert answer["Content-Disposition"] == 'attachment; filename="entropy.en.vtt"'
    uncut = browser.get(f"{here}en/srt/?times=uncut")
    assert "Gone" in text(uncut)
    assert "00:00:06,000 -->" in text(uncut)
    assert uncut["Content-Disposition"] == 'attachment; filename="entropy.en.uncut.srt"'
    assert browser.get(f"{here}en/srt/?times=other").status_code == 404
    ice = "1\n00:00:02,000 --> 00:00:03,000\nIce again\n"
    asked = upload(browser, made, ice, replaces="on")
    assert (asked.status_code, "Choose something for “Times in the file”." in text(asked)) == (422, True)
    upload(browser, made, ice, replaces="on", times="edited")
    assert made.texts() == ["Gone", "Ice again"], "a file of what viewers see says nothing of what is cut"
    upload(browser, made, ice, replaces="on", times="uncut")
    assert [(one.start_ms, one.text) for one in made.track().cues] == [(2000, "Ice again")]


def test_captions_are_begun_in_a_language_of_a_list_and_written_in_the_same_editor_r209(cast, made):
    """Without an engine as well; nothing is kept before something is said."""
    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/"
    page = text(browser.get(here))
    for name in ("Welsh (Cymraeg)", "English", "Latin", "Ancient Greek"):
        assert f">{name}</option>" in page
    begun = browser.get(f"{here}begin/?language=cy")
    assert (begun.status_code, begun.url) == (302, f"{here}cy/")
    editor = text(browser.get(begun.url))
    assert "Write captions" in editor
    assert "data-new" in editor
    assert "Replace all" not in editor
    assert made.track("cy") is None
    assert browser.get(f"{here}begin/?language=tlh").url == here
    for wrong in ("tlh", "CY", "begun"):
        assert browser.get(f"{here}{wrong}/").status_code == 404, wrong
    cues = [{"start_ms": 1000, "end_ms": 2000, "text": "Bore da"}]
    body = {"version": 0, "cues": cues}
    saved = browser.put(f"/api/recordings/{made.id}/captions/cy", body, content_type="application/json")
    assert saved.json() == {"version": 1, "count": 0}
    assert "data-new" not in text(browser.get(f"{here}cy/"))
    for who in (cast.ben, cast.eve):
        assert client(who).get(f"{here}begin/?language=cy").status_code == 404


def test_how_far_the_engine_is_and_how_it_is_switched_on_is_said_r208(cast, made, now):
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


def test_r201_a_copy_is_edited_through_by_creators_of_both_and_others_are_offered_a_full_copy(cast, made, now):
    made.upload(cast.alice, text="00:02.000 --> 00:03.000\nGone\n\n00:06.000 --> 00:07.000\nIce")
    cut(made.id, (1000, 5000), now=now)
    for who in (cast.eve, cast.alice):
        access.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=now)
    copy = lecture(cast.physics, cast.eve, now=now, reference_of_id=made.id, origin=Origin.REFERENCE_COPY)
    here = f"/recordings/{copy}/captions/"
    both = text(client(cast.alice).get(here))
    assert "what you change here changes there" in both
    assert "?times=uncut" in both
    assert "Gone" in text(client(cast.alice).get(f"{here}en/vtt/?times=uncut"))
    browser = client(cast.eve)
    page = text(browser.get(here))
    assert "You may not edit that one" in page
    assert f'href="/recordings/{copy}/copy/"' in page
    for word in ("Upload a file", "?times=uncut", f"{here}en/delete/", f'href="{here}en/"', "Write captions yourself"):
        assert word not in page, word
    assert text(browser.get(f"{here}en/vtt/")) == "WEBVTT\n\n00:00:02.000 --> 00:00:03.000\nIce\n"
    for address in (f"{here}en/", f"{here}en/vtt/?times=uncut", f"/api/recordings/{copy}/captions/en"):
        answer = browser.get(address)
        assert answer.status_code in (403, 409, 422), address
        assert "Only a Creator of the other" in text(answer)
        assert "Gone" not in text(answer)
    can_edit = [
        client(who).get(f"/api/recordings/{copy}/captions").json()["can_edit"] for who in (cast.eve, cast.alice)
    ]
    assert can_edit == [False, True]


def test_how_long_listening_goes_on_is_estimated_from_how_far_it_is(cast, made):
    begun, attempt = timezone.now() - timedelta(minutes=10), uuid.uuid4()
    captions.begin_listening(made.id, attempt=attempt, now=begun)
    browser, here = client(cast.alice), f"/recordings/{made.id}/captions/state/"
    for percent, wanted in ((2, ""), (25, "about 30 minutes left"), (50, "about 10 minutes left")):
        captions.set_listening_percent(made.id, attempt=attempt, percent=percent)
        page = text(browser.get(here))
        assert f"{percent} %" in page
        assert wanted in page
        assert ("left" in page) == bool(wanted)
