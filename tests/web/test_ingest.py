"""The pages around an upload."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Capture, Upload
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import publishing
from cathedra.domain import ingest
from cathedra.domain.library import MediaState, Origin
from tests.lectures import lecture
from tests.web.browsing import client, text


def test_the_uploader_finds_its_place(cast):
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/upload/"))
    assert f'<div id="upload" data-folder="{cast.chemistry}" data-folder-name="Part IA"' in page
    assert 'data-max-bytes="53687091200"' in page


@pytest.mark.parametrize("who", ["ben", "chloe", "dev", "eve", None])
def test_only_creators_upload_matrix_row_4(cast, who):
    answer = client(getattr(cast, who) if who else None).get(f"/folders/{cast.chemistry}/upload/")
    assert answer.status_code == (404 if who else 401)
    assert 'id="upload"' not in text(answer)


def test_a_second_picture_goes_to_a_recording_of_this_folder(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    elsewhere = lecture(cast.physics, cast.alice, title="Elsewhere", now=now)
    browser, address = client(cast.alice), f"/folders/{cast.chemistry}/upload/"
    page = text(browser.get(address, {"recording": str(made)}))
    assert f'data-recording="{made}" data-position="1"' in page
    for wrong in (elsewhere, cast.ben, "x", "../.."):
        assert browser.get(address, {"recording": str(wrong)}).status_code == 404
    copy = publishing.add_reference(elsewhere, cast.chemistry, title="Again", owner_id=cast.alice, by=None, now=now)
    refused = browser.get(address, {"recording": str(copy)}, follow=True)
    assert refused.redirect_chain == [(f"/recordings/{copy}/", 302)]  # R201
    assert "This copy plays another recording’s media" in text(refused)


def test_what_is_not_finished_is_listed_for_its_owner(cast):
    now = timezone.now()
    Upload.objects.create(
        account_id=cast.alice, kind="WHOLE", state="OPEN", original_name="lecture <1>.mov", length_bytes=1000,
        offset_bytes=250, created_at=now, updated_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    for address in ("/", "/upload/", f"/folders/{cast.chemistry}/upload/"):
        page = text(client(cast.alice).get(address))
        assert "lecture &lt;1&gt;.mov" in page
        assert 'value="25"' in page
    assert "lecture" not in text(client(cast.ben).get("/upload/"))


def test_a_viewer_is_told_how_to_become_a_creator(cast):
    assert "ask the Creator of your course" in text(client(cast.ben).get("/upload/"))
    assert "Part IA" in text(client(cast.alice).get("/upload/"))
    assert client().get("/upload/").status_code == 302


@pytest.fixture
def captured(cast):
    """Alice records."""
    now = timezone.now()
    made = library_writes.add_recording(
        cast.chemistry,
        title="Tides, live",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.BROWSER,
        now=now,
    )
    library_writes.move_media(made, sources=(MediaState.EMPTY,), to=MediaState.RECORDING, now=now)
    writes.add_capture(ingest.begun(made, parts=(0,), now=now))
    return made


def test_the_recorder_finds_its_place_and_a_way_to_do_without_it(cast):
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/record/"))
    assert f'<div id="record" data-folder="{cast.chemistry}"' in page
    assert "Recording in the browser needs JavaScript" in page
    assert f'href="/folders/{cast.chemistry}/record/"' in text(client(cast.alice).get(f"/folders/{cast.chemistry}/"))
    assert "/record/" not in text(client(cast.ben).get(f"/folders/{cast.chemistry}/"))


@pytest.mark.parametrize(
    ("phase", "badge", "sentence"),
    [
        ("capturing", "Recording", "It is being recorded now."),
        ("paused", "Recording, paused", "It is paused."),
        ("transferring", "Stopped, arriving", "It was stopped, and the rest of it is arriving."),
    ],
)
def test_what_is_recorded_is_shown_with_its_phase_r55(cast, captured, phase, badge, sentence):
    Capture.objects.filter(recording_id=captured).update(phase=phase, stopped_at=timezone.now())
    shown = f"/folders/{cast.chemistry}/"
    for address in (shown, f"{shown}?view=cards"):
        assert f"{badge}</span>" in text(client(cast.alice).get(address))
    assert f"{badge}</span>" in text(client(cast.dev).get("/staff/recordings/?q=Tides"))
    for address in (f"/recordings/{captured}/", "/upload/"):
        assert sentence in text(client(cast.alice).get(address))


def test_a_browser_that_is_silent_is_not_called_recording_r55(cast, captured):
    Capture.objects.filter(recording_id=captured).update(heard_at=timezone.now() - timedelta(minutes=3))
    assert "Nothing has been heard of the browser" in text(client(cast.alice).get(f"/recordings/{captured}/"))
