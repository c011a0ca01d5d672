"""The strip of slides below the player: it follows what is played, goes where one wants, and shows nothing that was cut."""

import pytest
from playwright.sync_api import expect

from tests.journeys import watching
from tests.journeys.keys import tab_to
from tests.journeys.looking import problems_of
from tests.journeys.test_search import SAVE, wait_until

EVERY_MS, COUNT = 3000, 10
SHORT_BOUND_MS = 15_000  # a player hears of an edit within ten seconds
PAUSE = "() => document.querySelector('.player-picture').pause()"
NOW_S = "() => document.querySelector('.player-picture').currentTime"


@pytest.fixture
def with_slides(running, lecture, send):
    from cathedra.db.models import Analysis, Slide, Stream

    made = send(running.cast.chemistry, lecture("Ten slides.mp4", seconds=30, size="320x180", rate="200k", frames=25))
    moving = Analysis.objects.filter(recording_id=made, state__in=["WAITING", "RUNNING"])
    with running.database():
        wait_until(lambda: not moving.exists())
        Slide.objects.filter(recording_id=made).delete()
        stream = Stream.objects.filter(recording_id=made).first()
        for n in range(COUNT):
            Slide.objects.create(
                recording_id=made, stream=stream, position=n, start_ms=EVERY_MS * n, end_ms=EVERY_MS * (n + 1),
                image=f"slide-{n + 1}.jpg", title="" if n == 1 else f"Law {n + 1}", text="",
            )  # fmt: skip
    return made


def test_r212_the_strip_of_slides_follows_and_leads_by_mouse_and_by_key_and_shows_nothing_that_was_cut(
    running, page_for, with_slides
):
    from cathedra.db.models import Slide
    from cathedra.db.reads import content

    page, editor = (page_for(running, who) for who in (running.cast.ben, running.cast.alice))
    strip = page.get_by_role("navigation", name="Slides")
    slides, now = strip.get_by_role("button"), strip.locator("[aria-current=true]")
    watching.open_recording(page, with_slides)
    expect(slides).to_have_count(COUNT)
    expect(slides.nth(1)).to_have_text("0:03 Slide 2")
    assert strip.locator("img[loading=lazy][alt='']").count() == COUNT
    watching.play(page)
    watching.seek(page, 28)
    expect(now).to_have_text("0:27 Law 10")
    expect(now).to_be_in_viewport()  # it has followed
    slides.nth(3).click()
    page.evaluate(PAUSE)
    expect(now).to_have_text("0:09 Law 4")
    assert 9 <= page.evaluate(NOW_S) < 12
    assert problems_of(page, "watch-strip", turn=0) == []

    page.mouse.move(0, 0)
    page.locator("#player").focus()
    tab_to(page, "0:09 Law 4")  # where one was, of all ten
    for key, name in (
        ("ArrowRight", "0:12 Law 5"),
        ("ArrowLeft", "0:09 Law 4"),
        ("Home", "0:00 Law 1"),
        ("End", "0:27 Law 10"),
    ):
        page.keyboard.press(key)
        expect(strip.get_by_role("button", name=name)).to_be_focused()
    assert 9 <= page.evaluate(NOW_S) < 12, "arrows look, they do not go"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(now).to_have_text("0:24 Law 9")
    assert 24 <= page.evaluate(NOW_S) < 27

    editor.goto(f"/recordings/{with_slides}/")
    editor.evaluate(SAVE, [str(with_slides), (9000, 18_000)])
    with running.database():
        wait_until(lambda: content.shown_edit(with_slides) is not None)
    slides.first.click()  # whoever watches hears of it
    expect(slides).to_have_count(COUNT - 3, timeout=SHORT_BOUND_MS)
    assert [one.split(" ", 1)[1] for one in slides.all_text_contents()] == [
        "Law 1", "Slide 2", "Law 3", "Law 7", "Law 8", "Law 9", "Law 10",
    ]  # fmt: skip
    expect(slides.nth(3)).to_have_text("0:09 Law 7")

    with running.database():
        Slide.objects.filter(recording_id=with_slides).delete()
    page.reload()
    expect(page.get_by_text("This recording has no slides yet.")).to_have_count(1)
    expect(strip).to_be_hidden()
