"""The audio description by API (R38 row 5, R212, R227)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cathedra.db.models import AudioDescription
from tests.lectures import lecture
from tests.web.browsing import client

pytestmark = pytest.mark.slow


def test_r212_a_creator_adds_follows_and_removes_it_by_api(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    alice, at = client(cast.alice), f"/api/recordings/{made}/audio-description"
    assert alice.get(at).json() is None

    def send(content=b"a mix", language="en-GB"):
        return alice.post(at, {"file": SimpleUploadedFile("a.flac", content), "language": language})

    assert send().status_code == 202
    found = alice.get(at).json()
    assert found.pop("added_at")
    assert found == {
        "name": "a.flac", "language": "en-GB", "size_bytes": 5, "is_ready": False, "percent": None, "problem": "",
    }  # fmt: skip
    AudioDescription.objects.update(problem="This file lasts {said}.", problem_values={"said": "0:50"})
    assert alice.get(at).json()["problem"] == "This file lasts 0:50."
    AudioDescription.objects.update(problem="", codecs="mp4a.40.2")
    assert alice.get(at).json()["is_ready"] is True
    for answer in (send(b""), send(language="no such"), alice.post(at, {"language": "en"})):
        assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")
    assert alice.delete(at).status_code == 204
    assert alice.get(at).json() is None


def test_nobody_else_sees_or_changes_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    at = f"/api/recordings/{made}/audio-description"
    for who in (cast.ben, cast.chloe, cast.eve, cast.dev):
        browser = client(who)
        sent = browser.post(at, {"file": SimpleUploadedFile("a.flac", b"a"), "language": "en"})
        for answer in (browser.get(at), sent, browser.delete(at)):
            assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION")
    assert not AudioDescription.objects.exists()
