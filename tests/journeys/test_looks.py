"""Every page in both themes and both widths: nothing for axe-core to complain about, nothing that scrolls sideways."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys import uploading, watching
from tests.journeys.conftest import NARROW, WIDE, keep_picture

SIZES = {"wide": WIDE, "narrow": NARROW}


@pytest.fixture(scope="session")
def shown(running, lecture, browser):
    file = lecture("A lecture to look at.mp4", seconds=30, size="1280x720", rate="600k")
    context = browser.new_context(base_url=running.url)
    context.add_cookies([running.browser_cookie(running.cast.alice)])
    page = context.new_page()
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "done", seconds=60)
    recording_id = uploading.recording_of(page, file.name)
    context.close()
    return recording_id


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


PAGES = {
    "sign-in": (None, "/account/login/"),
    "home-student": ("ben", "/"),
    "home-lecturer": ("alice", "/"),
    "browse": ("ben", "/browse/"),
    "folder": ("ben", "/folders/{folder}/"),
    "folder-creator": ("alice", "/folders/{folder}/"),
    "folder-cards": ("ben", "/folders/{folder}/?view=cards"),
    "upload-where": ("alice", "/upload/"),
    "upload": ("alice", "/folders/{folder}/upload/"),
    "watch": ("ben", "/recordings/{recording}/"),
    "watch-creator": ("alice", "/recordings/{recording}/"),
    "edit": ("alice", "/recordings/{recording}/edit/"),
    "account": ("ben", "/account/"),
    "refused": ("eve", "/recordings/{recording}/"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_pages_are_accessible_and_fit(running, page_for, shown, theme, size):
    problems = []
    people = {who for who, _ in PAGES.values()}
    pages = {
        who: page_for(running, who and getattr(running.cast, who), viewport=SIZES[size], color_scheme=theme)
        for who in people
    }
    for name, (who, address) in PAGES.items():
        page = pages[who]
        page.goto(address.format(folder=running.cast.chemistry, recording=shown))
        if name.startswith("watch"):
            page.locator(".player-begin").wait_for()
            page.wait_for_timeout(500)
        try:
            _assert_good(page, f"{name}-{size}-{theme}")
        except AssertionError as error:
            problems.append(f"{name}: {error}")
    assert problems == [], "\n\n".join(problems)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_player_is_accessible_while_it_plays(running, page_for, shown, theme, size):
    page = page_for(running, running.cast.ben, viewport=SIZES[size], color_scheme=theme)
    watching.open_recording(page, shown)
    watching.play(page)
    page.get_by_role("button", name=re.compile("^Settings")).click()
    _assert_good(page, f"playing-settings-{size}-{theme}")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    _assert_good(page, f"playing-help-{size}-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_upload_page_is_accessible_in_every_stage(running, wire_to, page_for, lecture, tmp_path, theme, size):
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, viewport=SIZES[size], color_scheme=theme, proxy=wire.proxy)
    slides = lecture(f"{size} {theme} slides.mp4", seconds=10, size="1280x720", rate="4M")
    camera = lecture(f"{size} {theme} camera.mp4", seconds=10, size="1280x720", rate="3M")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    uploading.open_page(page, running.cast.chemistry)
    wire.slow(300_000)
    uploading.choose(page, empty)
    uploading.drop(page, camera, slides)
    uploading.wait_for_percent(page, slides.name, 10)
    _assert_good(page, f"uploading-{size}-{theme}")
    page.get_by_role("button", name="No, two recordings").click()
    uploading.wait_for_percent(page, camera.name, 3)
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
