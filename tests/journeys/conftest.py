"""A browser in front of a running Cathedra: pages of the cast, files made by ffmpeg, pictures kept for people."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import PASSWORD
from tests.journeys import uploading, watching
from tests.journeys.wire import Wire
from tests.live import SHIPPED_FFMPEG, Running

FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream=fps=10",  # a camera, a microphone and a screen, for the page that records
    "--use-fake-ui-for-media-stream",
    "--auto-select-desktop-capture-source=Entire screen",
)
PICTURES = Path(__file__).parents[2] / "test-results"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
ONCE_S = 60  # what is longer shows the same again and again: nobody looks, and it costs no encoding
HARMLESS = ("favicon", "Failed to load resource")
PATIENCE_MS = 60_000  # for what a page shows or does at last: a browser that starves is no failure
CUT = "Failed to fetch"  # said by a page whose network a journey cuts on purpose


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys take seconds rather than milliseconds."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright keeps a loop in this thread; the tests use the database in it
    )
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        expect.set_options(timeout=PATIENCE_MS)
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()  # and with it the loop in this thread, which other tests could not do with
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context_for(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of one person on one tree. What its pages complain about fails the test at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(tree: Running, account_id=None, *, accepts=True, **options) -> BrowserContext:
        options = {"viewport": WIDE, "base_url": tree.url, "locale": "en-GB", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        if account_id is not None:
            context.add_cookies([tree.browser_cookie(account_id, accepts=accepts)])
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        harmless = (*HARMLESS, CUT) if "proxy" in options else HARMLESS
        context.on("console", lambda message: _complain(complaints, message, harmless))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _complain(complaints: list[str], message, harmless: tuple[str, ...]) -> None:
    if message.type == "error" and not any(word in message.text for word in harmless):
        complaints.append(message.text)


@pytest.fixture
def page_for(context_for) -> Callable[..., Page]:
    """One page of one person."""
    return lambda tree, account_id=None, **options: context_for(tree, account_id, **options).new_page()


@pytest.fixture
def wire_to() -> Iterator[Callable[[Running], Wire]]:
    """A network in the test's hands; give its `proxy` to `page_for`."""
    wires: list[Wire] = []

    def lay(tree: Running) -> Wire:
        wires.append(Wire(tree.port))
        return wires[-1]

    yield lay
    for wire in wires:
        wire.cut()


@pytest.fixture(scope="package")
def lecture(tmp_path_factory) -> Callable[..., Path]:
    """Makes files that move and sound: `lecture("slides.mp4", seconds=20)`. Encoded once for each set of words; every
    name has bytes of its own, so that no file is taken for another that arrived before. As small as it may be: what is
    in the picture costs at every step, in the browser most, and proves nothing."""
    folder = tmp_path_factory.mktemp("lectures")
    encoded: dict[tuple, Path] = {}
    made: dict[tuple, Path] = {}

    def make(
        name: str,
        *,
        seconds: int = 20,
        size: str = "320x180",
        rate: str = "400k",
        pattern: str = "testsrc2",
        frames: int = 12,
    ) -> Path:
        key = (seconds, size, rate, pattern, frames)
        if key not in encoded:
            encoded[key] = folder / f"{len(encoded)}.mp4"
            once = min(seconds, ONCE_S)
            _encode(encoded[key], once, f"{pattern}=s={size}:r={frames}:d={once}", rate, 2 * frames)
        if (name, key) not in made:
            path = folder / str(len(made)) / name
            path.parent.mkdir()
            _name(encoded[key], path, seconds)
            made[name, key] = path
        return made[name, key]

    return make


def _name(encoded: Path, path: Path, seconds: int) -> None:
    again = ["-stream_loop", str(seconds // ONCE_S), "-t", str(seconds)] if seconds > ONCE_S else []
    words = ["-nostdin", "-loglevel", "error", *again, "-i", str(encoded), "-c", "copy"]
    words += ["-metadata", f"title={path.name}"]
    subprocess.run([SHIPPED_FFMPEG, *words, str(path)], check=True, timeout=60)


def _encode(path: Path, seconds: int, pattern: str, rate: str, distance: int) -> None:
    picture = ["-f", "lavfi", "-i", pattern]
    sound = ["-f", "lavfi", "-i", f"sine=f=330:d={seconds}"]
    video = [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-g",
        str(distance),
        "-b:v",
        rate,
        "-minrate",
        rate,
    ]
    video += ["-maxrate", rate, "-bufsize", rate, "-x264-params", "nal-hrd=cbr"]
    command = [
        SHIPPED_FFMPEG,
        "-nostdin",
        "-loglevel",
        "error",
        "-y",
        *picture,
        *sound,
        *video,
        "-c:a",
        "aac",
        "-shortest",
        str(path),
    ]
    subprocess.run(command, check=True, timeout=120)


@pytest.fixture(scope="package")
def send(running, browser) -> Callable[..., UUID]:
    """Uploads a file as Alice does, through the page; returns the recording, which can be watched by then."""

    def sent(folder_id, file: Path) -> UUID:
        context = browser.new_context(base_url=running.url)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([running.browser_cookie(running.cast.alice)])
        page = context.new_page()
        uploading.open_page(page, folder_id)
        uploading.choose(page, file)
        uploading.expect_stage(page, file.name, "done")
        recording_id = uploading.recording_of(page, file.name)
        context.close()
        return recording_id

    return sent


@pytest.fixture(scope="package")
def shown(running, lecture, send) -> UUID:
    """A recording to look at, tall enough for smaller versions; change nothing of it."""
    return send(
        running.cast.chemistry, lecture("A lecture to look at.mp4", seconds=30, size="1280x720", rate="600k", frames=12)
    )


@pytest.fixture(scope="package")
def two_pictures(running, lecture, browser):
    """A recording of slides and camera, sent by one click on the upload page."""
    slides = lecture("Heat slides.mp4", seconds=45, size="640x480", rate="800k", frames=30)
    camera = lecture("Heat camera.mp4", seconds=45, size="426x240", rate="300k", pattern="testsrc", frames=30)
    context = browser.new_context(base_url=running.url)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([running.browser_cookie(running.cast.alice)])
    page = context.new_page()
    uploading.open_page(page, running.cast.chemistry)
    uploading.drop(page, camera, slides)
    page.get_by_role("button", name="Yes, one recording").click()
    uploading.expect_stage(page, slides.name, "done")
    uploading.expect_stage(page, camera.name, "done")
    recording_id = uploading.recording_of(page, slides.name)
    assert uploading.recording_of(page, camera.name) == recording_id
    player, playlist = f"/api/recordings/{recording_id}/player", f"/stream/{recording_id}/primary.m3u8"
    roles = ["PRIMARY", "SECONDARY"]
    watching.wait_until(
        page, lambda: [each["role"] for each in context.request.get(player).json()["streams"]] == roles, "two pictures"
    )
    watching.wait_until(  # no encoder of our own beside what is measured
        page, lambda: context.request.get(playlist).text().count("RESOLUTION=") > 1, "smaller versions"
    )
    context.close()
    return recording_id


_UNFIX = """() => {
    const [bar, nav] = [".bar", ".nav"].map((name) => document.querySelector(name));
    if (!bar || !nav || getComputedStyle(nav).position !== "fixed") return;
    bar.style.position = "static";
    const top = document.documentElement.scrollHeight - nav.offsetHeight;
    Object.assign(nav.style, { position: "absolute", top: `${top}px`, bottom: "auto" });
}"""
_FIX = """() => document.querySelectorAll(".bar, .nav").forEach((part) => {
    for (const name of ["position", "top", "bottom"]) part.style.removeProperty(name);
})"""


def keep_picture(page: Page, name: str) -> None:
    """For people to look at, when they ask for it (`PICTURES=1 make test`): the whole page, with the bars of a phone at
    its two ends. Three hundred pictures take a minute of one core."""
    if not os.environ.get("PICTURES"):
        return
    PICTURES.mkdir(exist_ok=True)
    page.evaluate(_UNFIX)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.evaluate(_FIX)


def sign_in(page: Page, login_name: str) -> None:
    """By the form, as a person does."""
    page.get_by_label("Login name").fill(login_name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
