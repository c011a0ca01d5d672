"""The quality menu: what is chosen is what is fetched and shown, is remembered, and is given back to Automatic."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import watching

LADDER_S = 240


@pytest.fixture
def heights(running, shown, page_for) -> dict[str, int]:
    """Every rendition of the recording by name, once the smaller versions are made."""
    asking = page_for(running, running.cast.ben).request
    until = time.monotonic() + LADDER_S
    while time.monotonic() < until:
        playlist = asking.get(f"/stream/{shown}/primary.m3u8").text()
        found = re.findall(r"RESOLUTION=\d+x(\d+)[^\n]*\n(\w+)\.m3u8", playlist)
        if len(found) > 1:
            return {name: int(height) for height, name in found}
        time.sleep(0.5)
    raise AssertionError(f"no smaller versions were made:\n{playlist}")


class Fetched:
    """Which renditions' segments a page asks for."""

    def __init__(self, page: Page, names: set[str]) -> None:
        self._names, self._asked = names, []
        page.on("request", lambda request: self._hear(request.url))

    def _hear(self, url: str) -> None:
        found = re.search(r"/stream/[^/]+/(\w+)\.(?!m3u8)", url)
        if found and found[1] in self._names:
            self._asked.append(found[1])

    def since(self) -> list[str]:
        """Those since this was asked last."""
        asked, self._asked = self._asked, []
        return asked


def _choose(page: Page, label: re.Pattern[str]) -> None:
    page.get_by_role("button", name=re.compile("^Settings")).click()
    menu = page.get_by_role("combobox", name="Quality")
    words = menu.locator("option").filter(has_text=label).first.inner_text()
    menu.select_option(label=words)
    page.keyboard.press("Escape")


def _expect_height(page: Page, height: int) -> None:
    page.wait_for_function("(height) => document.querySelector('.player-picture').videoHeight === height", arg=height)


def test_a_lower_quality_is_fetched_shown_and_remembered_until_automatic_is_chosen(running, page_for, shown, heights):
    lowest = min(heights, key=lambda name: heights[name])
    page = page_for(running, running.cast.ben)
    fetched = Fetched(page, set(heights))
    watching.open_recording(page, shown)
    watching.play(page)
    assert lowest not in fetched.since(), "a large picture on a fast network is not the smallest rendition"
    assert page.evaluate("() => document.querySelector('.player-picture').videoHeight") > heights[lowest]

    _choose(page, re.compile(f"^{heights[lowest]}p"))
    _expect_height(page, heights[lowest])
    assert lowest in fetched.since()
    watching.expect_moving(page)

    page.reload()
    watching.play(page)
    _expect_height(page, heights[lowest])
    assert set(fetched.since()) == {lowest}

    _choose(page, re.compile("^Automatic"))
    page.wait_for_function(
        "(height) => document.querySelector('.player-picture').videoHeight > height", arg=heights[lowest]
    )
    assert set(fetched.since()) - {lowest}
    page.get_by_role("button", name=re.compile("^Settings")).click()
    menu = page.get_by_role("combobox", name="Quality")
    expect(menu).to_have_value("-1")
    page.wait_for_function(  # what Automatic plays may still be rising, and the open menu says so
        """() => document.querySelector("select[name=quality] option:checked").textContent
             === `Automatic (${document.querySelector(".player-picture").videoHeight}p)`"""
    )
    page.wait_for_function(
        "(height) => document.querySelector('.player-picture').videoHeight > height", arg=heights[lowest]
    )
