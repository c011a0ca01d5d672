"""The islands in every stage, both themes and both widths: nothing for axe-core to complain about, nothing cut off."""

import re

from playwright.sync_api import Page, expect

from cathedra.db.models import CaptionTrack
from tests.journeys import uploading, watching
from tests.journeys.looking import problems_of
from tests.journeys.wire import STANDING

_COVERED = """() => [...document.querySelectorAll(".player-settings select")].filter((select) => {
    select.scrollIntoView({ block: "nearest" });
    const { left, width, top, height } = select.getBoundingClientRect();
    return document.elementFromPoint(left + width * 0.9, top + height / 2) !== select;
}).map((select) => `something lies over ${select.name}`)"""
_CUT = """() => [...document.querySelectorAll(".player-settings")].map((panel) => panel.scrollHeight - panel.clientHeight)
    .filter((cut) => cut > 0).map((cut) => `the settings are cut off by ${cut} px`)"""


def _assert_good(page: Page, stage: str, *, turn: int, also: str = "() => []") -> None:
    """The turn says which of the four looks is read by every rule: see `looking`."""
    assert (found := problems_of(page, stage, turn=turn, also=also)) == [], "\n".join(found)


def test_the_player_is_accessible_before_it_plays_while_it_plays_and_in_its_panels(running, page_for, shown):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, shown)
    _assert_good(page, "watch", turn=0)
    watching.play(page)
    page.get_by_role("button", name=re.compile("^Settings")).click()
    _assert_good(page, "playing-settings", turn=1, also=_CUT)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog.player-help")).to_be_visible()
    _assert_good(page, "playing-help", turn=0)


def test_two_pictures_are_accessible_in_every_layout(running, page_for, two_pictures):
    with running.database():  # as many settings as there can be
        changed = {"made_at": running.cast.now, "changed_at": running.cast.now}
        line = [0, 40_000, "Heat is not temperature.", []]
        CaptionTrack.objects.get_or_create(
            recording_id=two_pictures, language="en", defaults={"origin": "UPLOADED", "cues": [line], **changed}
        )
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, two_pictures, "?t=3")
    watching.play(page)
    expect(page.locator(".player")).to_have_attribute("data-layout", "side")
    _assert_good(page, "two-side", turn=0)
    page.keyboard.press("Shift+L")
    expect(page.locator(".player")).to_have_attribute("data-layout", "inset")
    expect(page.get_by_role("button", name="Captions")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Settings")).click()
    settings = page.locator(".player-settings label")
    expect(settings.nth(6)).to_be_visible()  # seven; and an eighth where the owner has set layouts
    _assert_good(page, "two-inset-settings", turn=1, also=f"() => [...({_CUT})(), ...({_COVERED})()]")


def test_the_upload_page_is_accessible_in_every_stage(running, wire_to, page_for, lecture, tmp_path):
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    slides = lecture("looks slides.mp4", seconds=8, rate="8M")
    camera = lecture("looks camera.mp4", seconds=8, rate="6M")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    uploading.open_page(page, running.cast.chemistry)
    wire.slow(300_000)
    uploading.choose(page, empty)
    uploading.drop(page, camera, slides)
    uploading.wait_for_percent(page, slides.name, 10)
    wire.slow(STANDING)
    _assert_good(page, "uploading", turn=0)
    wire.slow(300_000)
    page.get_by_role("button", name="No, two recordings").click()
    uploading.wait_for_percent(page, camera.name, 3)
    wire.slow(STANDING)
    uploading.sheet(page, camera.name).get_by_role("button", name=re.compile("^Cancel")).click()
    page.wait_for_timeout(400)
    _assert_good(page, "uploading-cancel", turn=1)
    uploading.sheet(page, camera.name).get_by_role("button", name=re.compile("^Throw it away")).click()
    wire.cut()
    uploading.expect_stage(page, slides.name, "retrying")
    _assert_good(page, "uploading-offline", turn=0)
    wire.fast()
    wire.mend()
    uploading.expect_stage(page, slides.name, "done")
    _assert_good(page, "uploading-done", turn=1)
