"""The islands in both themes and both widths: nothing for axe-core to complain about, nothing that scrolls sideways."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import uploading, watching
from tests.journeys.conftest import NARROW, WIDE, keep_picture

_COVERED = """() => [...document.querySelectorAll(".player-settings select")].filter((select) => {
    const { left, width, top, height } = select.getBoundingClientRect();
    return document.elementFromPoint(left + width * 0.9, top + height / 2) !== select;
}).map((select) => select.name)"""
STANDING = 15_000  # bytes a second: an upload that hardly moves while it is looked at
SIZES = {"wide": WIDE, "narrow": NARROW}


def _assert_good(page: Page, name: str) -> None:
    found = Axe().run(page, options={"preload": False})  # its preloading writes styles, which the policy forbids
    told = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    assert told == [], "\n".join(told)
    too_wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0, f"{name} scrolls sideways by {too_wide} px"
    keep_picture(page, name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_player_is_accessible_before_it_plays_while_it_plays_and_in_its_panels(
    running, page_for, shown, theme, size
):
    page = page_for(running, running.cast.ben, viewport=SIZES[size], color_scheme=theme)
    watching.open_recording(page, shown)
    _assert_good(page, f"watch-{size}-{theme}")
    watching.play(page)
    page.get_by_role("button", name=re.compile("^Settings")).click()
    _assert_good(page, f"playing-settings-{size}-{theme}")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    _assert_good(page, f"playing-help-{size}-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_two_pictures_are_accessible_in_every_layout(running, page_for, two_pictures, theme, size):
    page = page_for(running, running.cast.ben, viewport=SIZES[size], color_scheme=theme)
    watching.open_recording(page, two_pictures, "?t=3")
    watching.play(page)
    expect(page.locator(".player")).to_have_attribute("data-layout", "side")
    _assert_good(page, f"two-side-{size}-{theme}")
    page.keyboard.press("Shift+L")
    expect(page.locator(".player")).to_have_attribute("data-layout", "inset")
    page.get_by_role("button", name=re.compile("^Settings")).click()
    cut = page.locator(".player-settings").evaluate("(panel) => panel.scrollHeight - panel.clientHeight")
    assert cut <= 0, f"the settings are cut off by {cut} px"
    assert page.evaluate(_COVERED) == [], "nothing lies over a choice"
    _assert_good(page, f"two-inset-settings-{size}-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_upload_page_is_accessible_in_every_stage(running, wire_to, page_for, lecture, tmp_path, theme, size):
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, viewport=SIZES[size], color_scheme=theme, proxy=wire.proxy)
    slides = lecture(f"{size} {theme} slides.mp4", seconds=8, size="640x360", rate="8M")
    camera = lecture(f"{size} {theme} camera.mp4", seconds=8, size="640x360", rate="6M")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    uploading.open_page(page, running.cast.chemistry)
    wire.slow(300_000)
    uploading.choose(page, empty)
    uploading.drop(page, camera, slides)
    uploading.wait_for_percent(page, slides.name, 10)
    wire.slow(STANDING)
    _assert_good(page, f"uploading-{size}-{theme}")
    wire.slow(300_000)
    page.get_by_role("button", name="No, two recordings").click()
    uploading.wait_for_percent(page, camera.name, 3)
    wire.slow(STANDING)
    uploading.sheet(page, camera.name).get_by_role("button", name=re.compile("^Cancel")).click()
    page.wait_for_timeout(400)
    _assert_good(page, f"uploading-cancel-{size}-{theme}")
    uploading.sheet(page, camera.name).get_by_role("button", name=re.compile("^Throw it away")).click()
    wire.cut()
    uploading.expect_stage(page, slides.name, "retrying")
    _assert_good(page, f"uploading-offline-{size}-{theme}")
    wire.fast()
    wire.mend()
    uploading.expect_stage(page, slides.name, "done", seconds=60)
    _assert_good(page, f"uploading-done-{size}-{theme}")
