"""Captions that come, are corrected and go while somebody watches: the player has them without another visit (R208, R209)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import watching

SEND = """async ([recording, language, text, name]) => {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const { captions } = await (await fetch(`/api/recordings/${recording}/captions`)).json();
    const version = captions.find((line) => line.language === language)?.version ?? 0;
    const cues = [{ start_ms: 0, end_ms: 8000, text }];
    const options = { headers: { "X-CSRFToken": token, "Content-Type": "application/json" } };
    const kinds = { PUT: { body: JSON.stringify({ version, cues }) }, DELETE: {} };
    const answer = await fetch(`/api/recordings/${recording}/captions/${language}?version=${version}`, { method: name, ...options, ...kinds[name] });
    if (!answer.ok) throw new Error(await answer.text());
}"""


@pytest.fixture
def made(request, running, lecture, send):
    return send(
        running.cast.chemistry, lecture(f"Watched, {request.function.__name__[:40]}.mp4", seconds=8, rate="200k")
    )


@pytest.fixture
def editor(running, page_for, made):
    """Saves as the editor of captions does, and waits until what players read is written."""
    page = page_for(running, running.cast.alice)
    page.goto(f"/recordings/{made}/")

    def send(language: str, text: str = "") -> None:
        method = "PUT" if text else "DELETE"
        page.evaluate(SEND, [str(made), language, text, method])
        for _ in range(100):
            found = page.request.get(f"/stream/{made}/captions-{language}.vtt")
            if (text in found.text() and found.ok) if text else found.status == 404:
                return
            page.wait_for_timeout(100)
        raise AssertionError("the captions are not written")

    return send


def languages(page: Page) -> list[str]:
    return page.locator("select[name=captions] option").all_text_contents()


def open_settings(page: Page) -> None:
    page.locator(".player-settings[hidden]").wait_for(state="attached")
    page.keyboard.press("Tab")  # the controls are there while somebody uses the keyboard
    page.get_by_role("button", name="Settings").click()


def test_r208_captions_that_come_are_corrected_and_go_are_so_in_the_menu_and_over_the_picture(
    running, page_for, made, editor
):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, made)
    button, words = page.locator(".player-button.is-captions"), page.locator(".player-words")
    watching.play(page)
    page.keyboard.press("k")
    expect(button).to_be_hidden()
    editor("la", "Salvete omnes")
    page.keyboard.press("c")  # nobody loads the page again
    expect(words).to_have_text("Salvete omnes")
    expect(button).to_have_attribute("aria-pressed", "true")
    editor("fr", "Bonjour")
    open_settings(page)
    expect(page.locator("select[name=captions] option")).to_have_count(3)
    assert languages(page)[0] == "Off"
    chosen = page.locator("select[name=captions]")
    expect(chosen).to_have_value("la")
    chosen.focus()
    editor("la", "Salvete discipuli")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to the page
    expect(words).to_have_text("Salvete discipuli")
    expect(chosen).to_be_focused()  # who is in the middle of choosing stays there
    editor("la")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(words).to_have_text("")
    expect(page.locator("select[name=captions] option")).to_have_count(2)
    expect(chosen).to_have_value("")
    expect(button).to_have_attribute("aria-pressed", "false")
    editor("fr")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("select[name=captions]")).to_have_count(0)
    expect(button).to_be_hidden()


def test_r208_who_only_watches_is_told_within_a_minute(running, page_for, made, editor):
    page = page_for(running, running.cast.ben)
    page.clock.install()
    watching.open_recording(page, made)
    button = page.locator(".player-button.is-captions")
    expect(button).to_be_hidden()
    editor("la", "Salvete omnes")
    page.clock.fast_forward(60_000)
    expect(button).to_be_visible()
