"""Two pictures of one lecture: sent together, shown together, never more than 50 ms apart."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import watching
from tests.journeys.conftest import NARROW, keep_picture

LIMIT_MS = 50
# Beside a suite of tests a browser comes late with its pictures now and then, for some seconds, whatever the player does:
# play counts as steady that shows two frames in three. The last look counts whatever it was.
STEADY_FPS, MOST_LOOKS = 20, 4
CLOCKS = ("clock_ms", "picture_ms")


def _at(sorted_ms: list[float], share: float) -> float:
    return sorted_ms[round((len(sorted_ms) - 1) * share)]


@pytest.fixture
def watched(two_pictures, running, page_for):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, two_pictures, "?t=2")
    watching.play(page)
    return page


def _assert_in_step(page, *, seconds: float, speed: float = 1) -> None:
    """Both pictures move, and over some seconds of steady play the 95th percentile of the drift is below 50 ms, by
    the media clocks and by the frames that were really shown (the Player in the design)."""
    for _ in range(MOST_LOOKS):
        watching.settle(page)
        seen = watching.measure_drift(page, seconds)
        drift = {name: dict(zip(("median", "p95", "max"), _shares(seen[name]), strict=True)) for name in CLOCKS}
        told = f"drift in ms at {seen['speed']}x: {drift}; frames {seen['frames']}; moved {seen['moved']} s"
        print(told)
        if min(seen["frames"]) > STEADY_FPS * seconds and max(drift[name]["p95"] for name in CLOCKS) < LIMIT_MS:
            break
    assert seen["speed"] == speed, told
    assert min(seen["moved"]) > 0.5 * seconds * speed, told
    assert min(seen["frames"]) > 4 * seconds, told
    assert len(seen["clock_ms"]) > 8 * seconds, told
    assert len(seen["picture_ms"]) > 3 * seconds, told
    for name in CLOCKS:
        assert drift[name]["median"] <= drift[name]["p95"] < LIMIT_MS, told


def _shares(sorted_ms: list[float]) -> list[float]:
    return [round(_at(sorted_ms, share), 1) for share in (0.5, 0.95, 1)]


def test_both_pictures_move_together_and_the_page_tells_how_well(watched):
    watching.expect_moving(watched, 0)
    watching.expect_moving(watched, 1)
    _assert_in_step(watched, seconds=6)
    assert abs(int(watched.locator(".player").get_attribute("data-drift-ms"))) < LIMIT_MS


def test_they_are_together_again_after_each_seek(watched):
    for place in (32, 10.5):
        watching.seek(watched, place)
        _assert_in_step(watched, seconds=3)


def test_they_stay_together_at_other_speeds(watched):
    for speed in (1.5, 2):
        for _ in range(2):
            watched.keyboard.press(">")
        expect(watched.locator(".player")).to_have_attribute("data-speed", str(speed))
        _assert_in_step(watched, seconds=4, speed=speed)


def test_a_paused_pair_stands_still_on_the_same_instant(watched):
    watched.keyboard.press("k")
    watching.expect_state(watched, "paused")
    watched.wait_for_timeout(800)
    times = watched.evaluate("() => [...document.querySelectorAll('.player-picture')].map((v) => v.currentTime)")
    assert abs(times[0] - times[1]) < 0.05


def test_layouts_go_round_swap_with_one_key_and_are_remembered(watched):
    player = watched.locator(".player")
    expect(player).to_have_attribute("data-layout", "side")
    watched.keyboard.press("Shift+L")
    expect(player).to_have_attribute("data-layout", "inset")
    watched.keyboard.press("s")
    expect(player).to_have_attribute("data-large", "second")
    keep_picture(watched, "watch-inset")
    watched.reload()
    expect(player).to_have_attribute("data-layout", "inset")
    expect(player).to_have_attribute("data-large", "second")


def test_one_picture_only_fetches_no_rendition_of_the_other_which_comes_back_in_step(watched):
    watched.keyboard.press("Shift+L")
    watched.keyboard.press("Shift+L")
    expect(watched.locator(".player")).to_have_attribute("data-layout", "single")
    expect(watched.locator(".player-picture.is-second")).to_be_hidden()
    asked: list[str] = []
    watched.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    watched.reload()  # the layout is remembered; nothing is kept of what was loaded
    watching.play(watched)
    watched.wait_for_timeout(1000)
    assert _of(asked, "p"), asked
    assert _of(asked, "s") == [], asked
    watched.keyboard.press("Shift+L")
    _assert_in_step(watched, seconds=3)
    assert _of(asked, "s"), asked


def _of(asked: list[str], letter: str) -> list[str]:
    """The renditions of one of the two that were asked for, as `p360.mp4`."""
    return [one for one in asked if re.match(rf"{letter}\d+\.", one)]


def test_full_screen_shows_both_pictures(watched):
    watched.keyboard.press("f")
    watched.wait_for_function("() => document.fullscreenElement?.localName === 'media-controller'")
    watched.wait_for_function(
        """() => [...document.querySelectorAll(".player-picture")].length === 2 && [...document.querySelectorAll(
            ".player-picture")].every((one) => one.clientWidth > 300 && one.clientHeight > 150)"""
    )
    keep_picture(watched, "watch-fullscreen")
    watched.keyboard.press("f")


def test_on_a_phone_the_pictures_stand_one_above_the_other(two_pictures, running, page_for):
    page = page_for(running, running.cast.ben, viewport=NARROW)
    watching.open_recording(page, two_pictures)
    watching.play(page)
    first, second = (page.locator(f".player-picture.is-{which}").bounding_box() for which in ("first", "second"))
    assert second["y"] >= first["y"] + first["height"] - 1
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
    keep_picture(page, "watch-two-phone")
