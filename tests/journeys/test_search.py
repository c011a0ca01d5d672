"""Results of a search in a browser: each place has the picture of that instant, of an edited recording as viewers have it."""

import subprocess
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import problems_of
from tests.live import SHIPPED_FFMPEG

SECONDS, EVERY_S = 40, 2  # a key frame, and with it a small picture
SAID_S = (4, 20, 32)  # when the word is said
CUT_MS = (14_000, 26_000)
# Each picture says by its grey which second of the recording it is of.
PICTURE = f"color=black:s=160x90:r=5:d={SECONDS},format=yuv420p,geq=lum='16+4*T':cb=128:cr=128"
TOLD = """() => [...document.querySelectorAll(".hits canvas")].map((still) => {
    const { data } = still.getContext("2d").getImageData(still.width / 2, still.height / 2, 1, 1);
    return (data[0] * 219) / 255 / 4;
})"""
SAVE = """async ([recording, [start_ms, end_ms]]) => {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const options = { method: "PUT", headers: { "X-CSRFToken": token, "Content-Type": "application/json" } };
    const body = JSON.stringify({ version: 0, cuts: [{ start_ms, end_ms }], looks: [] });
    const answer = await fetch(`/api/recordings/${recording}/edits`, { ...options, body });
    if (!answer.ok) throw new Error(await answer.text());
}"""


@pytest.fixture
def told_by_grey(running, send, tmp_path):
    """As of a camera: there are no slides, and small pictures once it was encoded."""
    from cathedra.db.models import Analysis, Recording, Slide
    from tests.finding import say

    file = tmp_path / "Grey and greyer.mp4"
    words = ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", PICTURE, "-f", "lavfi"]
    words += ["-i", f"sine=f=330:d={SECONDS}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run([SHIPPED_FFMPEG, *words, "-g", str(5 * EVERY_S), "-c:a", "aac", str(file)], check=True, timeout=60)
    made = send(running.cast.chemistry, file)
    moving = Analysis.objects.filter(recording_id=made, state__in=["WAITING", "RUNNING"])
    with running.database():
        wait_until(lambda: Recording.objects.get(id=made).is_ladder_complete and not moving.exists())
        Slide.objects.filter(recording_id=made).delete()
        say(made, *("isentropic" if 2 * n in SAID_S else "nothing" for n in range(20)), now=running.cast.now)
    return made


def wait_until(is_so) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


def seconds_shown(page: Page, count: int) -> list[float]:
    """Of which second the picture at each place is."""
    page.goto("/search/?q=isentropic")
    expect(page.locator(".hits .poster-small")).to_have_count(count)
    expect(page.locator(".hits canvas")).to_have_count(count)
    return page.evaluate(TOLD)


def test_r211_each_place_has_the_picture_of_its_instant_and_of_what_is_kept_where_parts_are_cut(
    running, page_for, told_by_grey
):
    page, editor = (page_for(running, who) for who in (running.cast.ben, running.cast.alice))
    plain = page_for(running, running.cast.ben, java_script_enabled=False)
    plain.goto("/search/?q=isentropic")
    stills = [one.get_attribute("src") for one in plain.locator(".hits .poster-small img").all()]
    assert stills == 3 * [f"/stream/{told_by_grey}/poster.jpg"]  # what stands for it, until a script draws more
    near = {"abs": EVERY_S / 2 + 0.5}
    assert seconds_shown(page, 3) == pytest.approx(SAID_S, **near)
    assert problems_of(page, "search-stills", turn=0) == []
    board = f"/stream/{told_by_grey}/storyboard.vtt"
    uncut = page.request.get(board).text()
    editor.goto(f"/recordings/{told_by_grey}/")
    editor.evaluate(SAVE, [str(told_by_grey), CUT_MS])
    wait_until(lambda: page.request.get(board).text() != uncut)  # who may have what is kept for three seconds
    assert seconds_shown(page, 2) == pytest.approx((4, 32), **near)
    assert page.locator(".hits .time").all_text_contents() == ["0:04", "0:20"]
