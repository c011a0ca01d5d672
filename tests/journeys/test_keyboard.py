"""Everything by keyboard alone: find a lecture, watch it, send one."""

import pytest
from playwright.sync_api import FileChooser, Page, expect

from tests.conftest import PASSWORD
from tests.journeys import uploading, watching
from tests.journeys.conftest import keep_picture
from tests.journeys.keys import tab_to


@pytest.fixture(scope="package")
def one_minute(running, lecture, send):
    return send(running.cast.chemistry, lecture("By keyboard.mp4", seconds=60, rate="300k"))


def _time(page: Page) -> float:
    return page.evaluate("() => document.querySelector('.player-picture').currentTime")


def test_a_student_signs_in_finds_a_lecture_and_plays_it(running, page_for, one_minute):
    page = page_for(running)
    page.goto("/")
    tab_to(page, "input login name")
    page.keyboard.type("ben")
    tab_to(page, "input password", presses=3)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).wait_for()
    tab_to(page, "By keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/recordings/{one_minute}/")
    page.locator(".player-begin").wait_for()
    tab_to(page, "button Play")
    page.keyboard.press("Enter")
    watching.expect_state(page, "playing")
    watching.expect_moving(page)


def test_the_keys_do_what_they_do_on_youtube(running, page_for, one_minute):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, one_minute)
    video = "document.querySelector('.player-picture')"
    page.keyboard.press("k")
    watching.expect_state(page, "playing")
    page.wait_for_function(f"() => {video}.currentTime > 0.2")
    page.keyboard.press("Space")
    watching.expect_state(page, "paused")
    before = _time(page)
    page.keyboard.press("l")
    assert _time(page) == pytest.approx(before + 10, abs=0.5)
    page.keyboard.press("j")
    assert _time(page) == pytest.approx(before, abs=0.5)
    page.keyboard.press("ArrowRight")
    assert _time(page) == pytest.approx(before + 5, abs=0.5)
    page.keyboard.press("5")
    assert _time(page) == pytest.approx(30, abs=1)
    page.keyboard.press("m")
    assert page.evaluate(f"() => {video}.muted")
    page.keyboard.press("m")
    page.keyboard.press(">")
    assert page.evaluate(f"() => [{video}.playbackRate, {video}.preservesPitch]") == [1.25, True]
    page.keyboard.press("<")
    page.keyboard.press("c")
    expect(page.locator(".player-voice")).to_contain_text("no captions yet")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.localName === 'media-controller'")
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    keep_picture(page, "watch-help")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()


def test_every_control_of_the_player_is_reached_by_tab_and_says_what_it_is(running, page_for, one_minute):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, one_minute)
    watching.play(page)
    page.keyboard.press("k")
    expect(page.locator("media-play-button")).to_have_attribute("aria-label", "play")
    page.evaluate("() => document.getElementById('content').focus()")
    expect(page.locator("media-time-range").get_by_role("slider", name="seek")).to_be_attached()
    names = ("time-range", "play-button play", "seek-backward-button", "seek-forward-button", "mute-button mute")
    names += ("volume-range", "button Keyboard help", "button Settings", "fullscreen-button enter fullscreen")
    for words in names:
        tab_to(page, words, presses=4)


def test_the_settings_work_by_keyboard_and_give_the_focus_back(running, page_for, one_minute):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, one_minute)
    settings = page.get_by_role("button", name="Settings")
    settings.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Speed")).to_be_focused()
    page.get_by_role("combobox", name="Speed").select_option("2")
    assert page.evaluate("() => document.querySelector('.player-picture').playbackRate") == 2
    keep_picture(page, "watch-settings")
    page.keyboard.press("Escape")
    expect(settings).to_be_focused()
    page.keyboard.press("<")
    page.keyboard.press("<")
    page.keyboard.press("<")


def test_letters_can_be_kept_to_the_player(running, page_for, one_minute):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, one_minute)
    page.keyboard.press("?")
    page.get_by_label("Keys work anywhere on this page").uncheck()
    page.keyboard.press("Escape")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("m")
    assert not page.evaluate("() => document.querySelector('.player-picture').muted")
    page.locator("media-play-button").focus()
    page.keyboard.press("m")
    assert page.evaluate("() => document.querySelector('.player-picture').muted")


def test_a_lecturer_sends_a_file_and_follows_it_by_keyboard(running, page_for, lecture):
    file = lecture("Sent by keyboard.mp4", seconds=5)
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    tab_to(page, "Choose files")
    choosers: list[FileChooser] = []
    page.on("filechooser", lambda one: choosers.append(one))
    for _ in range(10):  # a browser that starves may not take the first press for a person's
        page.keyboard.press("Enter")
        page.wait_for_timeout(3000)
        if choosers:
            break
    choosers[0].set_files([str(file)])
    expect(page.get_by_role("status").filter(has_text="ready to watch")).to_be_attached()
    tab_to(page, "Watch")
    page.keyboard.press("Enter")
    page.locator(".player").wait_for()
