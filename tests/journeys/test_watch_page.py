"""The watch page beside the player: what a Creator can do, chapters on the timeline, a link to this moment."""

import pytest
from playwright.sync_api import expect

from cathedra.db.models import Chapter
from tests.journeys import watching
from tests.journeys.keys import tab_to
from tests.journeys.looking import problems_of

STARTS = {"Heat": 0, "Work": 10_000, "Both": 20_000}


@pytest.fixture
def in_chapters(running, lecture, send, request):
    name = f"{request.node.name}.mp4"
    made = send(running.cast.chemistry, lecture(name, seconds=30, size="320x180", rate="200k"))
    with running.database():
        for title, start_ms in STARTS.items():
            Chapter.objects.create(recording_id=made, start_ms=start_ms, title=title, origin="PERSON")
    return made


def test_chapters_stand_on_the_timeline_and_are_gone_through_by_keys(running, page_for, in_chapters):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, in_chapters)
    cues = "() => document.querySelector('media-time-range').mediaChaptersCues ?? []"
    page.wait_for_function(f"() => ({cues})().length === 3")
    assert [cue["text"] for cue in page.evaluate(cues)] == list(STARTS)
    voice, now = page.locator(".player-voice"), "() => document.querySelector('.player-picture').currentTime"
    for key, title in (("ArrowRight", "Work"), ("ArrowRight", "Both"), ("ArrowLeft", "Work")):
        page.keyboard.press(f"Control+{key}")
        expect(voice).to_have_text(title)
        assert page.evaluate(now) == pytest.approx(STARTS[title] / 1000, abs=0.1)
    page.keyboard.press("n")
    expect(voice).to_have_text("This recording has no slides")
    assert problems_of(page, "watch-chapters", turn=0) == []


def test_a_link_to_this_moment_is_copied_and_opens_there(running, context_for, in_chapters):
    context = context_for(running, running.cast.ben, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    watching.open_recording(page, in_chapters, "?t=3")
    watching.seek(page, 12.6)
    page.get_by_role("button", name="Copy link at this time").press("Enter")
    expect(page.get_by_role("button", name="Copied: 0:12")).to_be_focused()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == f"{running.url}/recordings/{in_chapters}/?t=12"
    page.goto(link)
    page.locator(".player[data-pictures]").wait_for()
    page.wait_for_function("() => document.querySelector('.player-picture').currentTime >= 12")


def test_a_creator_reads_how_it_stands_and_reaches_everything_by_keyboard(running, page_for, in_chapters):
    page = page_for(running, running.cast.alice)
    watching.open_recording(page, in_chapters)
    bar = page.get_by_role("region", name="For Creators")
    names = ("State Published", "Access Members only", "Use policy", "Hours under 0.1 stored", "Keeping Live until")
    for name in names:
        expect(bar.get_by_role("link", name=name)).to_be_visible()
    assert problems_of(page, "watch-bar", turn=1) == []
    tab_to(page, "State")
    for name in ("Access", "Use policy", "Hours", "Keeping", "Edit", "Edit details", "More"):
        tab_to(page, name, presses=1)
    page.keyboard.press("Enter")
    for name in ("Captions", "Audio description", "Chapters and slides", "Add a second picture", "Share"):
        tab_to(page, name, presses=1)
    assert problems_of(page, "watch-bar-more", turn=0, within=".menu[open]") == []
    page.keyboard.press("Escape")
    expect(bar.get_by_text("More")).to_be_focused()
    expect(bar.get_by_role("link", name="Chapters and slides")).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, "History")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/recordings/{in_chapters}/history/")
