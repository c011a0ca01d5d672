"""The editor of captions, in a browser: begun in a language without an engine, and gone through doubtful word by word."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

SELECTED = "() => { const at = document.activeElement; return at.value.slice(at.selectionStart, at.selectionEnd); }"

RUNS = "(one) => [one.closest('[lang]').lang, getComputedStyle(one).direction]"


@pytest.fixture(scope="module")
def made(running, lecture, send):
    return send(running.cast.chemistry, lecture("To be captioned.mp4", seconds=8, rate="200k"))


def test_captions_are_begun_written_and_kept_without_an_engine_r209(running, made, page_for):
    page = page_for(running, running.cast.alice)
    page.goto(f"/recordings/{made}/captions/")
    section = page.get_by_role("region", name="Write captions yourself")
    section.get_by_label("Language").select_option(label="Latin")
    section.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Write captions")).to_be_visible()
    expect(page.get_by_text("There are no captions yet.")).to_be_visible()
    page.get_by_role("button", name="Add one here").click()
    expect(page.locator("#captions-text")).to_be_focused()
    page.keyboard.type("Salvete omnes")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Correct captions")).to_be_visible()
    expect(page.locator(".cue")).to_have_count(1)
    page.get_by_role("link", name="All languages").click()
    expect(page.get_by_role("link", name=re.compile("Correct Latin"))).to_be_visible()


def test_doubtful_words_are_gone_through_one_by_one_and_the_others_keep_their_marks_r209(running, made, page_for):
    with running.database():
        doubted(made, ("The", "enemy", "late", "attacks."), ("It", "is", "know", "reversible."), now=running.cast.now)
    page = page_for(running, running.cast.alice)
    page.goto(f"/recordings/{made}/captions/en/")
    next_one = page.get_by_role("button", name="Next not sure (3)")
    expect(next_one).to_be_visible()
    page.locator("#captions-text").focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("Alt+d")
        seen.append(page.evaluate(SELECTED))
    assert seen == ["enemy", "late", "know", "enemy"]
    page.keyboard.type("enolate")
    expect(page.get_by_role("button", name="Next not sure (2)")).to_be_visible()
    expect(page.locator("mark.doubtful")).to_have_count(2)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Next not sure (2)")).to_be_visible()
    assert [text.partition(" (")[0] for text in page.locator("mark.doubtful").all_text_contents()] == ["late", "know"]


def doubted(recording_id, *sentences, now) -> None:
    """Captions of the engine, which doubts some words."""
    from cathedra.db.models import CaptionTrack

    cues = []
    for number, words in enumerate(sentences):
        at = 2000 * number
        heard = [
            [at + 400 * place, at + 400 * place + 400, word, 0.2 if word in ("enemy", "late", "know") else 0.9]
            for place, word in enumerate(words)
        ]
        cues.append([at, at + 1800, " ".join(words), heard])
    CaptionTrack.objects.create(
        recording_id=recording_id, language="en", origin="AUTOMATIC", cues=cues, made_at=now, changed_at=now
    )


def test_r212_what_is_said_in_another_language_is_told_so_and_runs_its_way(running, made, page_for):
    """WCAG 3.1.2: in the editor, beside the player and on the page of the transcript; Arabic from right to left."""
    from cathedra.db.models import CaptionTrack

    with running.database():
        for language, text in (("ar", "مرحبا، كيف الحال؟"), ("fr", "Bonjour à toutes")):
            CaptionTrack.objects.filter(recording_id=made, language=language).delete()
            CaptionTrack.objects.create(
                recording_id=made, language=language, origin="UPLOADED", cues=[[0, 2000, text, []]],
                made_at=running.cast.now, changed_at=running.cast.now,
            )  # fmt: skip
    page = page_for(running, running.cast.alice)
    for language, direction in (("ar", "rtl"), ("fr", "ltr")):
        seen = [language, direction]
        page.goto(f"/recordings/{made}/captions/{language}/")
        assert page.locator(".cue-text").evaluate(RUNS) == seen
        assert page.locator("#captions-text").evaluate(RUNS) == seen
        page.goto(f"/recordings/{made}/transcript/?language={language}")
        assert page.get_by_role("region", name="What is said").locator("span[dir]").first.evaluate(RUNS) == seen
        page.goto(f"/recordings/{made}/")
        page.locator(".side-language").select_option(language)
        said = page.locator(f".side-words[lang={language}]").first
        expect(said).to_have_css("direction", direction)
