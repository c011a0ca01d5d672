"""The editor and the transcript by keyboard alone (R212): nothing for axe-core to complain about at any step."""

import re

import pytest
from playwright.sync_api import Page, expect

from cathedra.db.models import CaptionTrack
from tests.journeys import watching
from tests.journeys.keys import tab_to
from tests.journeys.looking import problems_of

SECONDS = 30
WATCH = """() => {
    const video = document.querySelector(".cut-stage video");
    window.seen = [];
    const see = (_now, { mediaTime }) => { window.seen.push(mediaTime); video.requestVideoFrameCallback(see); };
    video.requestVideoFrameCallback(see);
}"""
WORDS = ["Heat is not temperature.", "It is energy on its way.", "Work is the other way.", "Both are counted."]


@pytest.fixture
def to_edit(running, lecture, send, request):
    name = f"{request.node.name}.mp4"  # a file of its own for each, else it is one that arrived before
    return send(running.cast.chemistry, lecture(name, seconds=SECONDS, size="320x180", rate="200k", frames=25))


def _open(page: Page, recording) -> None:
    page.goto(f"/recordings/{recording}/editor/")
    page.locator(".cut-desk").wait_for()
    page.wait_for_function("() => document.querySelector('.cut-stage video').readyState >= 2")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_function("() => !document.querySelector('.cut-stage video').seeking")


def _now(page: Page) -> float:
    return page.evaluate("() => document.querySelector('.cut-stage video').currentTime")


def test_r212_a_creator_cuts_previews_saves_and_goes_back_by_keys_alone(running, page_for, to_edit):
    page, problems = page_for(running, running.cast.alice), []
    voice, table = page.locator(".cut-voice"), page.get_by_role("table", name="What is cut")
    _open(page, to_edit)
    problems += problems_of(page, "editor-open", turn=0)

    _press(page, "l", "i", "l", "o", "x")  # nothing has the focus
    expect(voice).to_have_text("Cut from 0:05.000 to 0:10.000.")
    expect(table.get_by_role("row")).to_have_count(2)
    problems += problems_of(page, "editor-cut", turn=1)

    page.evaluate(WATCH)
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('.cut-stage video').currentTime > 10.5")
    page.keyboard.press("k")
    frames = page.evaluate("() => window.seen")
    assert min(frames) < 5, "it was played towards the cut"
    assert not [at for at in frames if 5.05 < at < 9.95], "and over it"

    tab_to(page, "button Undo")
    page.keyboard.press("Enter")
    expect(voice).to_have_text("Undone.")
    expect(table).to_be_hidden()
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_focused()  # though there is nothing more to undo
    expect(undo).to_have_attribute("aria-disabled", "true")
    problems += problems_of(page, "editor-undone", turn=0)
    page.keyboard.press("Control+Shift+z")
    expect(table.get_by_role("row")).to_have_count(2)

    page.keyboard.press("Control+s")
    expect(voice).to_contain_text("Saved as version 1.")
    tab_to(page, "Go back to it: The original, uncut")
    expect(voice).to_have_text("Viewers have version 1 now.")
    original = page.get_by_role("button", name="Go back to it: The original, uncut")
    expect(original).to_be_focused()  # the list has changed around it
    problems += problems_of(page, "editor-saved", turn=1)

    page.keyboard.press("Enter")
    expect(voice).to_contain_text("The original, uncut is in the editor.")
    expect(table).to_be_hidden()
    page.keyboard.press("Control+s")
    expect(voice).to_have_text("Viewers have version 2 now.")
    expect(page.locator(".cut-versions li")).to_have_count(3)
    problems += problems_of(page, "editor-original", turn=0)
    assert not problems, "\n".join(problems)


def test_r212_the_focus_is_never_lost_in_the_editor(running, page_for, to_edit):
    page = page_for(running, running.cast.alice)
    _open(page, to_edit)
    head = page.get_by_role("slider", name="Place in the recording")
    page.locator(".cut-track").click(position={"x": 300, "y": 30})
    expect(head).to_be_focused()  # the place that was taken with the mouse goes on by arrows
    there = _now(page)
    _press(page, "i", "ArrowRight", "o", "x")
    expect(page.locator(".cut-voice")).to_contain_text("Cut from")
    assert there > 1
    tab_to(page, "Keep what cut 1 leaves out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="What is cut")).to_be_hidden()
    expect(head).to_be_focused()
    _press(page, "i", "l", "o", "x")
    field = page.get_by_role("textbox", name="Cut 1 ends at")
    tab_to(page, "Cut 1 ends at")
    page.keyboard.press("Control+a")
    page.keyboard.type("0:12.5k")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+s")  # what stands in the field is saved with the rest
    expect(page.locator(".cut-voice")).to_contain_text("Saved as version 1.")
    expect(field).to_have_value("0:12.500")
    expect(field).to_be_focused()


def test_r212_the_transcript_follows_what_is_played_and_seeks_by_mouse_and_by_key(running, page_for, to_edit):
    cues = [[6000 * place, 6000 * place + 500, words, []] for place, words in enumerate(WORDS)]
    cues += [[at, at + 200, f"And so on, {at}.", []] for at in range(24_000, 30_000, 200)]  # more than fit at once
    with running.database():
        now = running.cast.now
        CaptionTrack.objects.create(
            recording_id=to_edit, language="en", origin="UPLOADED", cues=cues, made_at=now, changed_at=now
        )
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, to_edit)
    rows = page.get_by_role("tabpanel", name="Transcript").get_by_role("button").filter(has_text=re.compile(r"^0:"))
    expect(rows).to_have_count(len(cues))
    watching.play(page)
    said = page.locator("#side-transcript [aria-current=true]")
    expect(said).to_contain_text(WORDS[0])
    rows.filter(has_text=WORDS[2]).click()
    expect(said).to_contain_text(WORDS[2])
    assert 12 <= page.evaluate("() => document.querySelector('.player-picture').currentTime") < 15
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(WORDS[3])
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.player-picture').currentTime < 5")
    expect(said).to_contain_text(WORDS[0])
    expect(said).to_contain_text(WORDS[1])  # it follows
    page.evaluate("() => document.activeElement.blur()")  # who reads it by keyboard is not carried away
    watching.seek(page, 26)
    expect(said).to_contain_text(re.compile(r"And so on, 2[6-9]"))
    expect(said).to_be_in_viewport()
    assert problems_of(page, "watch-transcript", turn=1) == []


def _spoken(at_ms: int, text: str) -> list:
    """A line of which the engine heard each word for half a second, one second after the other."""
    words = [[at_ms + 1000 * n, at_ms + 1000 * n + 500, word, 0.9] for n, word in enumerate(text.split())]
    return [at_ms, at_ms + 1000 * len(words), text, words]


@pytest.fixture
def said(running, to_edit):
    cues = [_spoken(2000 + 6000 * place, text) for place, text in enumerate(WORDS)]
    with running.database():
        now = running.cast.now
        for language, each in (("en", cues), ("fr", [[2000, 4000, "La chaleur", []]])):
            CaptionTrack.objects.create(
                recording_id=to_edit, language=language, origin="AUTOMATIC" if each is cues else "UPLOADED",
                is_spoken=each is cues, cues=each, made_at=now, changed_at=now,
            )  # fmt: skip
    return to_edit


def test_r212_words_of_the_transcript_are_cut_and_kept_again_by_mouse_and_by_keys_and_viewers_read_the_same(
    running, page_for, said
):
    page, problems = page_for(running, running.cast.alice), []
    voice, text = page.locator(".cut-voice"), page.get_by_role("textbox", name="Transcript")
    begins, ends = (page.get_by_role("textbox", name=f"Cut 1 {edge} at") for edge in ("begins", "ends"))
    gone = text.get_by_role("deletion")
    _open(page, said)
    word = text.locator(".said-word")
    expect(word).to_have_count(18)
    word.filter(has_text="energy").click()  # it goes there
    assert _now(page) == pytest.approx(10, abs=0.05)

    expect(text).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")
    expect(page.get_by_role("button", name="Cut these words")).to_have_attribute("aria-disabled", "false")
    problems += problems_of(page, "editor-words", turn=0)
    page.keyboard.press("Delete")
    expect(voice).to_have_text("Cut “energy on”, 0:10.000 to 0:11.500.")
    expect(gone).to_have_text(["energy", "on"])
    expect(begins).to_have_value("0:10.000")
    expect(ends).to_have_value("0:11.500")
    problems += problems_of(page, "editor-words-cut", turn=1)
    page.keyboard.press("Control+z")
    expect(voice).to_have_text("Undone.")
    expect(gone).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(gone).to_have_count(2)

    page.evaluate(WATCH)
    page.keyboard.press("j")  # the editor's keys work in the text, for nothing is written there
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('.cut-stage video').currentTime > 12")
    page.keyboard.press("k")
    frames = page.evaluate("() => window.seen")
    assert min(frames) < 9
    assert not [at for at in frames if 10.05 < at < 11.45], "it is cut at once, with nothing encoded"

    word.filter(has_text="other").dblclick()
    page.get_by_role("button", name="Cut these words").click()
    expect(voice).to_contain_text("Cut “other”, 0:17.000 to 0:17.500.")
    page.get_by_role("button", name="Keep these words").click()
    expect(voice).to_have_text("“other” is kept again.")
    expect(gone).to_have_text(["energy", "on"])

    word.filter(has_text="counted").click()
    page.keyboard.press("Delete")  # the word at the caret
    expect(gone).to_have_text(["energy", "on", "counted."])
    page.keyboard.press("Backspace")  # the one before it: that is cut, and is kept again
    expect(gone).to_have_text(["energy", "on"])
    page.keyboard.type("zw7")
    assert text.inner_text().split() == " ".join(WORDS).split(), "nothing can be written or taken out"
    assert not problems, "\n".join(problems)


def test_r6_chapters_are_set_where_the_preview_is_and_each_change_is_undone(running, page_for, to_edit):
    page = page_for(running, running.cast.alice)
    voice, rows = page.locator(".cut-voice"), page.locator(".cut-chapters li")
    _open(page, to_edit)
    for keys, title in ((("l", "l"), "Work"), (("j",), "Heat")):
        _press(page, *keys, "h")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(voice).to_contain_text(f"Chapter “{title}” begins at")
        page.evaluate("() => document.activeElement.blur()")
    expect(rows).to_have_count(2)
    expect(page.locator(".cut-lane.is-chapters")).to_have_text("HeatWork")
    begins = page.get_by_role("textbox", name="begins at")
    assert [begins.nth(place).input_value() for place in (0, 1)] == ["0:05.000", "0:10.000"]
    assert problems_of(page, "editor-chapters", turn=0) == []

    tab_to(page, "Title of chapter 1")
    page.keyboard.press("Control+a")
    page.keyboard.type("Heat and work")
    page.keyboard.press("Enter")
    expect(voice).to_have_text("The chapter is called “Heat and work”.")
    begins.first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("0:15.5")
    page.keyboard.press("Enter")
    expect(voice).to_have_text("Chapter “Heat and work” begins at 0:15.500.")
    expect(begins.nth(1)).to_be_focused()  # it went with its chapter
    page.get_by_role("button", name="Remove chapter Work").press("Enter")
    expect(rows).to_have_count(1)
    undo = page.get_by_role("button", name="Undo chapter change")
    for _ in range(3):
        undo.press("Enter")
        expect(voice).to_have_text("Undone.")
        page.evaluate("() => document.querySelector('.cut-voice').replaceChildren()")
    expect(rows).to_have_count(2)
    page.reload()
    page.locator(".cut-desk").wait_for()
    titles = page.get_by_role("textbox", name="Title of chapter")
    assert [titles.nth(place).input_value() for place in (0, 1)] == ["Heat", "Work"]


def test_what_is_not_saved_is_there_again_and_who_was_second_loses_nothing(running, page_for, context_for, to_edit):
    page = page_for(running, running.cast.alice)
    voice, table = page.locator(".cut-voice"), page.get_by_role("table", name="What is cut")
    _open(page, to_edit)
    _press(page, "l", "i", "l", "o", "x")
    page.reload()
    expect(page.get_by_role("alert").filter(has_text="not saved is back")).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(2)
    assert problems_of(page, "editor-kept", turn=1) == []

    other = context_for(running, running.cast.alice).new_page()
    _open(other, to_edit)
    _press(other, "l", "]")
    other.keyboard.press("Control+s")
    expect(other.locator(".cut-voice")).to_contain_text("Saved as version 1.")
    page.keyboard.press("Control+s")
    asked = page.locator(".cut-offer")
    expect(asked).to_contain_text("Alice saved version 1 while you were at work here.")
    assert problems_of(page, "editor-conflict", turn=0) == []
    asked.get_by_role("button", name="Go on from theirs").press("Enter")
    expect(page.get_by_role("textbox", name="Cut 1 ends at")).to_have_value("0:30.000")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("textbox", name="Cut 1 ends at")).to_have_value("0:10.000")
    page.keyboard.press("Control+s")
    expect(voice).to_contain_text("Saved as version 2.")
    assert page.evaluate("() => Object.keys(localStorage).filter((name) => name.includes('editor'))") == []
    page.reload()
    page.locator(".cut-desk").wait_for()
    expect(page.locator(".cut-offer")).to_be_hidden()  # it is saved


def test_the_preview_shows_each_layout_where_it_holds_and_can_be_looked_at_closely(running, page_for, two_pictures):
    page = page_for(running, running.cast.alice)
    stage = page.locator(".cut-stage")
    _open(page, two_pictures)
    _press(page, "l")
    page.get_by_role("combobox", name="Layout from here").select_option("second")
    expect(stage).to_have_attribute("data-layout", "single")
    expect(stage).to_have_attribute("data-large", "second")
    expect(stage.locator(".is-first")).to_have_css("visibility", "hidden")
    page.get_by_role("slider", name="Place in the recording").focus()
    _press(page, "j")
    expect(stage).to_have_attribute("data-layout", "side")
    lane = page.locator(".cut-lane.is-looks")
    expect(lane).to_have_text("Second picture only")
    _press(page, "l", "l", "l")
    page.get_by_role("combobox", name="Layout from here").select_option("inset")
    expect(stage).to_have_attribute("data-layout", "inset")
    assert problems_of(page, "editor-layouts", turn=1) == []

    page.get_by_role("slider", name="Place in the recording").focus()
    whole = page.locator(".cut-track").bounding_box()["width"]
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.locator(".cut-track").bounding_box()["width"] == pytest.approx(4 * whole, rel=0.01)
    for key in ("End", "Home"):
        page.keyboard.press(key)
        expect(page.get_by_role("slider", name="Place in the recording")).to_be_in_viewport()  # it is brought into view
    assert problems_of(page, "editor-close", turn=0) == []
    page.keyboard.press("0")
    page.keyboard.press("m")
    page.keyboard.press(">")
    expect(page.locator(".cut-voice")).to_have_text("Speed 1.25×")
    assert page.evaluate("() => document.querySelector('.cut-stage video').muted")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert problems_of(page, "editor-keys", turn=1) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(lane).to_be_hidden()
