"""Captions by the API: who sees which, what is refused and how (R208 to R210, R38 row 5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Exemption, Recording
from cathedra.domain.access import SharingLevel
from tests.actions.captions.talks import talk
from tests.fakes.speech import ScriptedListener
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.fixture
def made(cast, now):
    made = talk(cast, now)
    made.transcribe(ScriptedListener())
    made.upload(cast.alice, language="fr", text="00:01.000 --> 00:02.000\nÀ la main")
    return made


def test_viewers_are_told_the_languages_and_where_they_are_automatic_ones_called_so_r208(cast, made, now):
    address = f"/api/recordings/{made.id}/captions"
    seen = client(cast.ben).get(address).json()
    assert [(one["language"], one["label"], one["origin"]) for one in seen["captions"]] == [
        ("en", "English (automatic)", "AUTOMATIC"),
        ("fr", "Français", "UPLOADED"),
    ]
    assert seen["captions"][0]["url"] == f"/stream/{made.id}/captions-en.vtt?v=1"
    assert (seen["can_edit"], seen["state"]) == (False, "DONE")
    assert client(cast.alice).get(address).json()["can_edit"] is True
    assert client(cast.eve).get(address).status_code == 404
    assert client().get(address).status_code == 401
    Recording.objects.filter(id=made.id).update(sharing=SharingLevel.PUBLIC)
    Exemption.objects.create(  # R33
        kind="public_sharing", recording_id=made.id, reason="an open lecture", given_at=now, given_by_id=cast.dev,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    assert client().get(address).status_code == 200, "what is public has its captions for anybody"


def test_a_creator_edits_and_the_second_of_two_is_told(cast, made):
    browser, address = client(cast.alice), f"/api/recordings/{made.id}/captions/en"
    found = browser.get(address).json()
    last = found["cues"][-1]
    assert [last["text"][first:end] for first, end in last["doubtful"]] == ["late"]
    cues = [{"start_ms": one["start_ms"], "end_ms": one["end_ms"], "text": one["text"]} for one in found["cues"]]
    cues[-1]["is_checked"] = True
    assert browser.put(address, {"version": 1, "cues": cues}, **JSON).json() == {"version": 2, "count": 0}
    assert browser.get(address).json()["cues"][-1]["doubtful"] == []
    refused = browser.put(address, {"version": 1, "cues": cues}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "CONFLICT")
    wish = {"version": 2, "find": "enemy late", "instead": "enolate", "whole_words": True}
    assert browser.post(f"{address}/replace", wish, **JSON).json() == {"version": 3, "count": 1}
    assert browser.delete(f"{address}?version=2").status_code == 409
    assert browser.delete(f"{address}?version=3").status_code == 204
    assert browser.get(address).status_code == 404
    assert client(cast.ben).get(f"/api/recordings/{made.id}/captions/fr").status_code == 404


def test_r209_who_cuts_by_the_words_is_told_when_each_is_spoken(cast, made):
    browser, address = client(cast.alice), f"/api/recordings/{made.id}/captions"
    assert all(not cue["spoken"] for cue in browser.get(f"{address}/en").json()["cues"]), "nobody has asked"
    cues = browser.get(f"{address}/en?spoken=true").json()["cues"]
    assert [len(cue["spoken"]) for cue in cues] == [len(cue["text"].split()) for cue in cues]
    first, *_, last = [span for cue in cues for span in cue["spoken"]]
    assert (first[0], last[1]) == (cues[0]["start_ms"], cues[-1]["end_ms"])
    (written,) = browser.get(f"{address}/fr?spoken=true").json()["cues"]
    assert written["spoken"] == [[1000, 1222], [1222, 1556], [1556, 2000]], "as evenly as it is written"


def test_r209_captions_of_ten_hours_are_saved_from_the_editor_and_as_a_file(cast, made):
    Recording.objects.filter(id=made.id).update(duration_ms=36_000_000)
    said, count = "ce que l’on dit en deux secondes, " * 4, 17_900
    cues = [{"start_ms": 2000 * n, "end_ms": 2000 * n + 1999, "text": f"{n} {said}"} for n in range(count)]
    browser, address = client(cast.alice), f"/api/recordings/{made.id}/captions"
    assert browser.put(f"{address}/fr", {"version": 1, "cues": cues}, **JSON).status_code == 200
    text = browser.get(f"/recordings/{made.id}/captions/fr/srt/").content.decode()
    assert 3_000_000 < len(text.encode()) < 5 * 1024 * 1024
    assert browser.put(f"{address}/de/file", {"text": text}, **JSON).json() == {"version": 1, "count": 0}
    assert made.texts("de") == made.texts("fr")
    assert len(made.texts("de")) == count


def test_a_file_is_refused_with_its_line_and_asking_again_wants_a_word(cast, made):
    browser, address = client(cast.alice), f"/api/recordings/{made.id}/captions/cy/file"
    refused = browser.put(address, {"text": "WEBVTT\n\nhello"}, **JSON)
    assert (refused.status_code, refused.json()["rule"]) == (400, "R209")
    assert refused.json()["message"].startswith("Line 3: “hello” has no time.")
    assert browser.put(address, {"text": "WEBVTT\n\n00:01.000 --> 00:02.000\nhelo"}, **JSON).json()["version"] == 1
    asked = browser.post(f"/api/recordings/{made.id}/captions", {"is_confirmed": False}, **JSON)
    assert asked.status_code in (202, 409)  # by whether this machine has the engine
    assert client(cast.ben).post(f"/api/recordings/{made.id}/captions", {}, **JSON).status_code == 404
