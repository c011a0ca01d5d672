"""What a person does on the watch page, and what can be measured from it."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

# Two independent measures for some seconds: the media clocks read in one task, in milliseconds of the lecture, and the
# frames that were really shown (media time and instant of each), in milliseconds between the moments at which the two
# pictures show the same instant of the lecture.
_MEASURE = """async ([ms]) => {
    const [first, second] = [...document.querySelectorAll(".player-picture")];
    const shown = [[], []], clocks = [];
    let isOver = false;
    [first, second].forEach((video, index) => video.requestVideoFrameCallback(function seen(now, frame) {
        shown[index].push([frame.expectedDisplayTime, frame.mediaTime]);
        if (!isOver) video.requestVideoFrameCallback(seen);
    }));
    const timer = setInterval(() => clocks.push(1000 * (second.currentTime - first.currentTime)), 50);
    const began = [first.currentTime, second.currentTime];
    await new Promise((done) => setTimeout(done, ms));
    clearInterval(timer);
    isOver = true;
    const speed = first.playbackRate, pictures = [];
    for (const [at, time] of shown[1]) {
        const beside = shown[0].filter(([t]) => Math.abs(t - at) < 60)
            .sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0];
        if (beside) pictures.push((1000 * (time - beside[1])) / speed - (at - beside[0]));
    }
    return { clocks, pictures, frames: shown.map((list) => list.length), speed,
        moved: [first.currentTime - began[0], second.currentTime - began[1]] };
}"""


def open_recording(page: Page, recording_id, query: str = "") -> None:
    """The watch page, with the player ready."""
    page.goto(f"/recordings/{recording_id}/{query}")
    page.locator(".player[data-pictures]").wait_for()


def play(page: Page) -> float:
    """Presses play; returns milliseconds until it played."""
    page.locator(".player-begin").wait_for()
    page.evaluate(
        """() => { const video = document.querySelector(".player-picture");
            document.addEventListener("pointerdown", () => { window.pressedAt = performance.now(); },
                { once: true, capture: true });
            video.addEventListener("playing", () => { window.playedAt = performance.now(); }, { once: true }); }"""
    )
    page.locator(".player-begin").click()
    page.wait_for_function("() => document.querySelector('.player-picture').currentTime > 0.2 && window.playedAt")
    return page.evaluate("() => window.playedAt - window.pressedAt")


def expect_moving(page: Page, picture: int = 0) -> None:
    """Time goes on and frames are decoded, sooner or later."""
    look = f"""() => {{ const video = document.querySelectorAll(".player-picture")[{picture}];
        return [video.currentTime, video.getVideoPlaybackQuality().totalVideoFrames, video.videoWidth]; }}"""
    began, frames, width = page.evaluate(look)
    page.wait_for_function(
        f"([time, frames]) => {{ const [later, more] = ({look})(); return later > time + 0.5 && more > frames + 5; }}",
        arg=[began, frames],
    )
    assert width > 0


def measure_drift(page: Page, seconds: float) -> dict[str, Any]:
    """What the two pictures did for some seconds; `clock_ms` and `picture_ms` are sorted absolute differences."""
    seen = page.evaluate(_MEASURE, [seconds * 1000])
    return {
        **seen,
        "clock_ms": sorted(abs(ms) for ms in seen["clocks"]),
        "picture_ms": sorted(abs(ms) for ms in seen["pictures"]),
    }


def settle(page: Page) -> None:
    """Waits until both pictures run and stay in step for a second: steady play after a start, a jump or a change."""
    page.evaluate("() => { window.inStepSince = 0; }")
    page.wait_for_function(
        """() => {
            const [first, second] = [...document.querySelectorAll(".player-picture")], now = performance.now();
            const runs = (video) => !video.paused && !video.seeking && video.readyState >= 3;
            const isInStep = runs(first) && runs(second) && Math.abs(first.currentTime - second.currentTime) < 0.02;
            window.inStepSince = isInStep ? window.inStepSince || now : 0;
            return isInStep && now - window.inStepSince > 1000;
        }""",
        polling=50,
    )


def seek(page: Page, seconds: float) -> None:
    page.evaluate("(to) => { document.querySelector('.player-picture').currentTime = to; }", seconds)


def expect_state(page: Page, state: str) -> None:
    expect(page.locator(".player")).to_have_attribute("data-state", re.compile(state))


def wait_until(page: Page, is_so: Callable[[], object], what: str, *, seconds: float = 180) -> None:
    """Asks again and again for what comes by itself, and says what did not come."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"it did not come: {what}"
        page.wait_for_timeout(250)
