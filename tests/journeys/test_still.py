"""A screen that hardly moves plays to its end in a browser, in each of its sizes."""

import base64

import pytest

from tests.journeys import uploading, watching
from tests.media import still

# Appends a file as a player does, then plays its last second. Says which stretches can be played, and where it ended.
_PLAY = """async ([data, codecs]) => {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    const source = new MediaSource(), video = document.body.appendChild(document.createElement("video"));
    video.muted = true;
    video.src = URL.createObjectURL(source);
    const once = (target, name) => new Promise((done, fail) => {
        target.addEventListener(name, done, { once: true });
        video.addEventListener("error", () => fail(new Error(video.error.message)), { once: true });
    });
    await once(source, "sourceopen");
    const buffer = source.addSourceBuffer(`video/mp4; codecs="${codecs}"`);
    buffer.appendBuffer(bytes);
    await once(buffer, "updateend");
    source.endOfStream();
    const ranges = [...Array(video.buffered.length).keys()].map((n) => [video.buffered.start(n), video.buffered.end(n)]);
    video.currentTime = Math.max(0, video.duration - 1);
    const over = once(video, "ended");
    await video.play();
    await over;
    return { ranges, ended: video.currentTime };
}"""


@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize(
    ("shown", "until"),
    [([0], 80), ([0, 1, 2, 3, 4, 5, 59, 79], 80), ([0, 1, 2, 399], 400), ([0, 1, 70, 71, 140, 141, 210, 280], 300)],
    ids=["one picture", "8 s", "40 s", "a slide every 7 s"],
)
def test_what_stands_still_is_one_stretch_to_its_end_in_a_browser(running, page_for, tmp_path, shown, until, b_frames):
    looks = still.SLIDES if until == 300 else still.STILL
    still.clip(tmp_path / "in.mp4", shown, until=until, b_frames=b_frames, has_sound=False, looks=looks)
    decided, made = still.ladder(tmp_path / "in.mp4")
    page = page_for(running)
    page.goto("/sign-in/")
    for output in made:
        data = base64.b64encode(output.path.read_bytes()).decode()
        seen = page.evaluate(_PLAY, [data, output.file.header.codecs])
        assert len(seen["ranges"]) == 1, (output.name, seen)
        assert seen["ranges"][0] == pytest.approx([0, decided.picture.duration_ms / 1000], abs=0.03), output.name
        assert seen["ended"] == pytest.approx(decided.picture.duration_ms / 1000, abs=0.03)


@pytest.mark.parametrize(
    ("shown", "until"), [([0, 1, 2, 3, 4, 5, 59, 79], 80), ([0, 1, 2, 399], 400)], ids=["8 s", "40 s"]
)
def test_a_still_screen_has_its_smaller_sizes_and_plays_to_its_end(running, page_for, tmp_path, shown, until):
    path, seconds = tmp_path / f"Screen that stands still for {until // 10} s.mkv", until / 10
    still.clip(path, shown, until=until, b_frames=3, has_sound=True)
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, path)
    uploading.expect_stage(page, path.name, "done", seconds=60)
    recording_id = uploading.recording_of(page, path.name)
    for _ in range(60):
        if page.request.get(f"/stream/{recording_id}/primary.m3u8").text().count("RESOLUTION=") == 3:
            break
        page.wait_for_timeout(1000)
    else:
        raise AssertionError("its smaller sizes are not made")
    watching.open_recording(page, recording_id)
    watching.play(page)
    page.evaluate("(at) => { document.querySelector('.player-picture').currentTime = at; }", max(1, seconds - 5))
    page.wait_for_function("() => document.querySelector('.player-picture').ended", timeout=30_000)
    ended = page.evaluate("() => document.querySelector('.player-picture').currentTime")
    assert ended == pytest.approx(seconds, abs=0.2)
