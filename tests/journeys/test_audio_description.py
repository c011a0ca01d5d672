"""A Creator adds an audio description; a viewer chooses it by keyboard and really hears it, at the same place, the next
time too; what is cut out of the recording is cut out of it (R212)."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.journeys import watching
from tests.journeys.conftest import keep_picture
from tests.journeys.test_two_streams import CLOCKS, LIMIT_MS, STEADY_FPS
from tests.live import SHIPPED_FFMPEG

SECONDS, TURN_S = 30, 15
OWN, BEFORE, AFTER = 330, 1000, 2000  # the recording's own pitch, and those of its description before and after TURN_S
NEAR = 40  # hertz: the analyser tells pitches as far apart as this
# The pitch that is loudest in what the page plays, over a second of it; 0 where that is silence.
PITCH = """async () => {
    const video = document.querySelector(".player-picture");
    if (!window.ears) {
        const context = new AudioContext(), analyser = context.createAnalyser();
        analyser.fftSize = 4096;
        context.createMediaElementSource(video).connect(analyser);
        analyser.connect(context.destination);
        window.ears = { context, analyser };
    }
    const { context, analyser } = window.ears;
    await context.resume();
    const heights = new Float32Array(analyser.frequencyBinCount), until = performance.now() + 1000;
    while (performance.now() < until) await new Promise((done) => requestAnimationFrame(done));
    analyser.getFloatFrequencyData(heights);
    const best = heights.reduce((most, height, at) => (height > heights[most] ? at : most), 0);
    return heights[best] > -70 ? (best * context.sampleRate) / analyser.fftSize : 0;
}"""
CUT = """async ([recording, end]) => {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const options = { method: "PUT", headers: { "X-CSRFToken": token, "Content-Type": "application/json" } };
    const body = JSON.stringify({ version: 0, cuts: [{ start_ms: 0, end_ms: end }], looks: [] });
    const answer = await fetch(`/api/recordings/${recording}/edits`, { ...options, body });
    if (!answer.ok) throw new Error(await answer.text());
}"""


def mix(path, *codec, seconds=SECONDS):
    """A sound of one pitch up to TURN_S, and of another from there on."""
    sound = f"aevalsrc='0.5*sin(2*PI*t*if(lt(t,{TURN_S}),{BEFORE},{AFTER}))':s=16000:d={seconds}"
    words = ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", sound, *codec, str(path)]
    subprocess.run([SHIPPED_FFMPEG, *words], check=True, timeout=60)
    return path


def describe(page, recording_id, file):
    """As its Creator does, on the page for it; returns when it can be heard."""
    page.goto(f"/recordings/{recording_id}/audio-description/")
    page.get_by_label("Sound file").set_input_files(file)
    page.get_by_label("Language").select_option("en")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Added. It is being prepared")).to_be_visible()
    page.get_by_role("link", name="Load the page again").click(timeout=180_000)
    expect(page.get_by_text(re.compile("English.* ready"))).to_be_visible()


def expect_pitch(page, pitch):
    watching.wait_until(page, lambda: abs(page.evaluate(PITCH) - pitch) < NEAR, f"{pitch} Hz", seconds=60)


def place(page) -> float:
    return page.evaluate("() => document.querySelector('.player-picture').currentTime")


@pytest.fixture
def described(running, lecture, send, page_for, tmp_path, request):
    name = "Described and cut.mp4" if "cut" in request.node.name else "Described.mp4"
    made = send(running.cast.chemistry, lecture(name, seconds=SECONDS))
    describe(page_for(running, running.cast.alice), made, mix(tmp_path / "mix.flac"))
    return made


def test_r212_a_viewer_changes_over_to_it_with_a_key_and_hears_it_at_the_same_place_and_the_next_time_too(
    described, running, page_for
):
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, described, "?t=2")
    watching.play(page)
    expect_pitch(page, OWN)
    watching.seek(page, 4)
    page.wait_for_function("() => !document.querySelector('.player-picture').seeking")
    before = place(page)
    page.keyboard.press("d")
    expect(page.locator(".player[data-described]")).to_be_visible()
    expect(page.locator(".player [aria-live]").filter(has_text="Audio description on")).to_have_count(1)
    assert before - 0.1 <= place(page) < before + 5
    expect_pitch(page, BEFORE)
    page.reload()
    page.locator(".player[data-pictures]").wait_for()
    watching.play(page)
    expect_pitch(page, BEFORE if place(page) < TURN_S - 3 else AFTER)
    page.get_by_role("button", name="Settings").click()
    choice = page.locator(".player-settings select[name=sound]")
    assert choice.locator("option").all_text_contents() == ["As recorded", "Audio description (English)"]
    assert choice.locator("option:checked").text_content() == "Audio description (English)"
    keep_picture(page, "player-sounds")
    choice.select_option("As recorded")
    expect_pitch(page, OWN)
    expect(page.locator(".player[data-described]")).to_have_count(0)


def test_r212_of_a_cut_recording_only_what_is_kept_of_it_is_heard_and_no_byte_of_the_rest_is_given(
    described, running, page_for
):
    ben, nobody = page_for(running, running.cast.ben), page_for(running)
    playlist = f"/stream/{described}/primary.m3u8"
    name = re.search(r'describes-video",URI="(d\w+)\.m3u8"', ben.request.get(playlist).text())[1]
    whole = f"/stream/{described}/{name}.mp4"
    assert ben.request.get(whole).status == 200
    for address in (playlist, whole, f"/stream/{described}/{name}.m3u8"):
        assert nobody.request.get(address).status == 401, address
    alice = page_for(running, running.cast.alice)
    alice.goto(f"/recordings/{described}/audio-description/")
    alice.evaluate(CUT, [str(described), TURN_S * 1000])
    watching.wait_until(ben, lambda: ben.request.get(whole).status == 404, "the cut version")
    assert name in ben.request.get(playlist).text()
    watching.open_recording(ben, described)
    watching.play(ben)
    ben.keyboard.press("d")
    expect_pitch(ben, AFTER)
    watching.seek(ben, 1)
    expect_pitch(ben, AFTER)


def test_r212_two_pictures_stay_in_step_when_the_sound_changes(two_pictures, running, page_for, tmp_path):
    large = mix(tmp_path / "mix.wav", "-c:a", "pcm_s32le", "-ac", "2", "-ar", "96000", seconds=45)
    assert large.stat().st_size > 30 * 1024**2, "more than any other form may send"
    describe(page_for(running, running.cast.alice), two_pictures, large)
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, two_pictures, "?t=2")
    watching.play(page)
    page.keyboard.press("d")
    expect(page.locator(".player[data-described]")).to_be_visible()
    expect_pitch(page, BEFORE)
    for _ in range(4):
        watching.settle(page)
        seen = watching.measure_drift(page, 4)
        late = {clock: seen[clock][round((len(seen[clock]) - 1) * 0.95)] for clock in CLOCKS}
        if min(seen["frames"]) > STEADY_FPS * 4 and max(late.values()) < LIMIT_MS:
            break
    assert max(late.values()) < LIMIT_MS, late
    assert min(seen["moved"]) > 2


def test_r212_who_hears_it_when_it_is_removed_goes_on_with_the_recordings_own_sound(
    running, lecture, send, page_for, tmp_path
):
    """What the player has not fetched yet is not there any more."""
    made = send(running.cast.chemistry, lecture("Described and removed.mp4", seconds=120))
    alice, page = page_for(running, running.cast.alice), page_for(running, running.cast.ben)
    describe(alice, made, mix(tmp_path / "mix.flac", seconds=120))
    watching.open_recording(page, made, "?t=2")
    watching.play(page)
    page.keyboard.press("d")
    expect_pitch(page, BEFORE)
    alice.locator("summary", has_text="Remove it").click()
    alice.get_by_role("button", name="Remove the audio description").click()
    playlist = f"/stream/{made}/primary.m3u8"
    watching.wait_until(
        page, lambda: "describes-video" not in page.request.get(playlist).text(), "the playlist without it"
    )
    watching.seek(page, 100)
    expect_pitch(page, OWN)
    assert place(page) > 99
    expect(page.locator(".player[data-described]")).to_have_count(0)
