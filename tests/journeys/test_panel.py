"""The panel beside the player, in a browser: what is being made comes by itself, and a phrase is found as it is typed."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import open_recording

pytestmark = pytest.mark.slow

LONG_MS = 60_000  # it asks every ten seconds at first


@pytest.fixture
def heard(running, lecture, send):
    """A recording that is being listened to."""
    from django.utils import timezone

    from cathedra.db.writes import captions

    made = send(running.cast.chemistry, lecture("Being listened to.mp4", seconds=8, rate="200k"))
    with running.database():
        captions.begin_listening(made, attempt=uuid.uuid4(), now=timezone.now())
    return made


def test_captions_that_are_made_meanwhile_appear_and_a_phrase_over_the_end_of_one_is_found_r208_r211(
    running, heard, page_for
):
    from cathedra.db.models import Analysis
    from tests.finding import say

    cast = running.cast
    page = page_for(running, cast.ben)
    open_recording(page, heard)
    panel = page.locator("#panel")
    panel.get_by_role("tab", name="Transcript").click()
    expect(panel.get_by_text("It is being made, and appears here when it is done.")).to_be_visible()
    panel.get_by_role("tab", name="Notes").click()
    note = panel.locator("#side-note")
    note.fill("I am writing wh")
    with running.database():
        Analysis.objects.filter(recording_id=heard, kind="SPEECH").update(state="DONE", percent=None, attempt=None)
        say(heard, "Welcome to the second", "law of thermodynamics", "and to Écoulement", now=cast.now)
    expect(panel.get_by_role("tab", name="Transcript")).to_be_visible()
    expect(panel.locator("#side-transcript .side-row")).to_have_count(3, timeout=LONG_MS)
    expect(note).to_be_focused()
    page.keyboard.type("ile it comes")
    expect(note).to_have_value("I am writing while it comes")
    for typed, shown, marks in (
        ('"second law"', 2, ["second", "law"]),
        ("second law of", 2, ["second", "law", "of"]),
        ("“ecoul", 1, ["Écoul"]),
        ('"law second"', 0, []),
    ):
        panel.get_by_label("Search in this recording").fill(typed)
        expect(panel.locator("#side-transcript li:not([hidden])")).to_have_count(shown)
        found = panel.locator("#side-transcript li:not([hidden]) mark").all_text_contents()
        assert " ".join(found).split() == marks, typed
