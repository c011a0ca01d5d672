"""The owner saves an edit while a student watches: the player goes on at the same moment, and says so."""

import subprocess
import time
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import watching
from tests.journeys.conftest import keep_picture
from tests.live import SHIPPED_FFMPEG

BOUND_S = 30  # an answer is kept for three seconds, a player asks every five; the rest is a browser that starves
STALL_S = 15  # it is about half a second; a picture that stays away is meant
SECONDS = 60
CUT = (12, 41)  # in the end
# Each picture says which second of the lecture it is, by the grey of its left half, and whether it is of what will be cut,
# by its right half, which is white then.
GREY = f"if(lt(X,W/2),16+3*T,if(between(T,{CUT[0]},{CUT[1] - 0.01}),235,16))"
PICTURE = f"color=black:s=160x90:r=5:d={SECONDS},format=yuv420p,geq=lum='{GREY}':cb=128:cr=128"
# Of every picture that is really shown: when, which second of the lecture, and whether it is of what will be cut.
RECORD = """() => {
    const video = document.querySelector(".player-picture"), canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [16, 1];
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    window.seen = [];
    const see = () => {
        paper.drawImage(video, 0, 0, 16, 1);
        const { data } = paper.getImageData(0, 0, 16, 1);
        window.seen.push({ at: Date.now() / 1000, second: (data[16] * 219) / 255 / 3, isCut: data[48] > 128 });
        video.requestVideoFrameCallback(see);
    };
    video.requestVideoFrameCallback(see);
}"""
SAVE = """async ([recording, version, cuts]) => {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const options = { method: "PUT", headers: { "X-CSRFToken": token, "Content-Type": "application/json" } };
    const list = cuts.map(([start, end]) => ({ start_ms: 1000 * start, end_ms: 1000 * end }));
    const body = JSON.stringify({ version, cuts: list, looks: [] });
    const answer = await fetch(`/api/recordings/${recording}/edits`, { ...options, body });
    if (!answer.ok) throw new Error(await answer.text());
}"""


@pytest.fixture
def told_by_grey(running, send, tmp_path):
    file = tmp_path / "Told by its greys.mp4"
    words = ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", PICTURE, "-f", "lavfi"]
    words += ["-i", f"sine=f=330:d={SECONDS}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run([SHIPPED_FFMPEG, *words, "-g", "10", "-c:a", "aac", str(file)], check=True, timeout=60)
    return send(running.cast.chemistry, file)


@pytest.fixture
def save(running, page_for, told_by_grey):
    """As the editor does; returns when viewers had it."""
    from cathedra.db.reads import content

    editor = page_for(running, running.cast.alice)
    editor.goto(f"/recordings/{told_by_grey}/editor/")

    def saved(version: int, *cuts: tuple[int, int]) -> float:
        editor.evaluate(SAVE, [str(told_by_grey), version - 1, cuts])
        with running.database():
            for _ in range(2400):
                shown = content.shown_edit(told_by_grey)
                if shown and shown.version == version:
                    return time.time()
                time.sleep(0.05)
        raise AssertionError("the edit was not shown")

    return saved


def seen(page: Page) -> list[dict]:
    return page.evaluate("() => window.seen")


def longest_stall(pictures: list[dict]) -> float:
    return max(later["at"] - one["at"] for one, later in pairwise(pictures))


def test_r201_r211_an_edit_goes_over_to_who_is_watching_at_the_same_moment_and_what_is_cut_is_gone(
    running, page_for, told_by_grey, save
):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, told_by_grey)
    watching.play(page)
    page.evaluate(RECORD)
    page.wait_for_function(
        "() => { const { buffered } = document.querySelector('.player-picture'); return buffered.end(0) > 59; }"
    )
    notice = page.locator(".player-notice[data-kind=edited]")

    save(1, (0, 4), (30, 40))  # behind them and before them
    expect(notice).to_contain_text("You are at the same place in it.")
    keep_picture(page, "watch-edited")
    page.wait_for_function("() => document.querySelector('.player-picture').duration < 47")
    expect(page.locator("[data-spoken]")).to_have_text("46 seconds")
    page.wait_for_timeout(1000)
    pictures = seen(page)
    steps = [later["second"] - one["second"] for one, later in pairwise(pictures)]
    print(f"longest stall {longest_stall(pictures):.2f} s, steps {min(steps):.2f} to {max(steps):.2f} s")
    assert longest_stall(pictures) < STALL_S
    assert max(map(abs, steps)) < 2, "nothing is left out or shown twice"
    watching.expect_state(page, "playing")

    watching.seek(page, 23.5)  # two seconds before an edge, which has a header of its own; and then the cut
    page.evaluate("() => { document.querySelector('.player-picture').playbackRate = 2; }")
    page.wait_for_function("() => window.seen.at(-1).second > 40.3")
    page.evaluate("() => { document.querySelector('.player-picture').playbackRate = 1; }")
    crossed = [one["second"] for one in seen(page) if one["second"] > 27]
    assert crossed == sorted(crossed)
    assert not [second for second in crossed if 30.5 < second < 39.5]

    watching.seek(page, 16)  # second 20 of the lecture: in what is cut next
    page.wait_for_function("() => window.seen.at(-1).isCut")
    had_at = save(2, (0, 4), CUT)
    expect(notice).to_contain_text("What you were watching was taken out")
    page.wait_for_function("() => !window.seen.at(-1).isCut")  # the bound is looked at below
    page.wait_for_timeout(1500)
    pictures = seen(page)
    last_cut = max(one["at"] for one in pictures if one["isCut"])
    print(f"to be seen for {last_cut - had_at:.2f} s, longest stall {longest_stall(pictures):.2f} s")
    assert last_cut - had_at < BOUND_S
    assert longest_stall(pictures) < STALL_S
    assert not pictures[-1]["isCut"]
    assert abs(pictures[-1]["second"] - CUT[1]) < 3, "it goes on where the cut ends"
    watching.expect_state(page, "playing")
    first = page.evaluate(
        "() => { const { buffered } = document.querySelector('.player-picture'); return buffered.end(0); }"
    )
    assert first <= 28.5, "nothing of what is cut is left to be played"
