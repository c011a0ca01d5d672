"""Save as a new recording, in a browser against all of the product: pressed, made, told of, and found again (R103)."""

import re

import pytest
from playwright.sync_api import expect

from cathedra.db.models import Recording, SlideDeck
from tests.journeys import watching
from tests.journeys.looking import problems_of
from tests.media import decks

SECONDS = 12


@pytest.fixture
def cut_one(running, lecture, send, page_for, tmp_path):
    """A lecture with a file of slides, of which viewers have all but five seconds; Alice is at its editor."""
    made = send(
        running.cast.chemistry, lecture("to-be-saved.mp4", seconds=SECONDS, size="320x180", rate="200k", frames=25)
    )
    page, deck = page_for(running, running.cast.alice), tmp_path / "Week 3.pdf"
    deck.write_bytes(decks.pdf([("Heat", ["It flows."])]))
    page.goto(f"/recordings/{made}/chapters/")
    page.get_by_label("PDF or PowerPoint file").set_input_files(deck)
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("main")).to_contain_text("Week 3.pdf")
    page.goto(f"/recordings/{made}/editor/")
    page.locator(".cut-desk").wait_for()
    page.wait_for_function("() => document.querySelector('.cut-stage video').readyState >= 2")
    for key in ("i", "l", "o", "x", "Control+s"):
        page.keyboard.press(key)
        page.wait_for_function("() => !document.querySelector('.cut-stage video').seeking")
    expect(page.locator(".cut-voice")).to_contain_text("Viewers have version 1 now.")
    return page, made


def test_r103_a_lecture_is_saved_anew_and_whoever_comes_to_the_old_one_finds_the_new(running, page_for, cut_one):
    page, old = cut_one
    page.reload()
    page.get_by_role("link", name="Save as a new recording without what was cut").click()
    expect(page.get_by_role("table", name="Hours counted of both recordings together")).to_contain_text("0:07")
    problems = problems_of(page, "save-anew-asked", turn=0)
    page.get_by_role("button", name="Save anew, and put this one into the bin").click()
    expect(page.get_by_role("main")).to_contain_text("The new recording is being made")
    new = re.search(r"/recordings/([0-9a-f-]{36})/", page.url)[1]
    assert new != str(old)
    page.locator(".player-picture").first.wait_for(timeout=180_000)  # it comes by itself
    watching.play(page)
    assert 6.5 <= page.evaluate("() => document.querySelector('.player-picture').duration") <= 7.5
    problems += problems_of(page, "save-anew-done", turn=1)

    page.goto(f"/recordings/{new}/chapters/")
    expect(page.get_by_role("main")).to_contain_text("Week 3.pdf")
    with running.database():
        assert Recording.objects.get(id=old).keeping == "RECYCLED"
        deck = SlideDeck.objects.get(recording_id=new)
    assert (running.media_dir / deck.object_key).read_bytes().startswith(b"%PDF")

    ben = page_for(running, running.cast.ben)
    ben.goto(f"/recordings/{old}/")
    ben.get_by_role("main").get_by_role("link", name="to be saved").click()
    expect(ben).to_have_url(re.compile(new))
    ben.locator(".player-picture").first.wait_for()
    assert not problems, "\n".join(problems)
