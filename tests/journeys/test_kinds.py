"""Recordings of other shapes: sound alone, two pictures sent one after the other, and what the player shows of them."""

import shutil
import subprocess

import imageio_ffmpeg
import pytest
from playwright.sync_api import expect

from tests.journeys import uploading, watching
from tests.journeys.conftest import keep_picture


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "Seminar, sound only.m4a"
    program = shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()
    command = [
        program,
        "-nostdin",
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        "sine=f=220:d=40",
        "-c:a",
        "aac",
        str(path),
    ]
    subprocess.run(command, check=True, timeout=60)
    return path


def test_sound_alone_plays_with_controls_and_no_picture(running, page_for, sound):
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, sound)
    uploading.expect_stage(page, sound.name, "done")
    watching.open_recording(page, uploading.recording_of(page, sound.name))
    expect(page.locator(".player")).to_have_attribute("data-pictures", "0")
    watching.play(page)
    before = page.evaluate("() => document.querySelector('.player-picture').currentTime")
    page.wait_for_function("(before) => document.querySelector('.player-picture').currentTime > before + 1", arg=before)
    keep_picture(page, "watch-sound")


def test_a_second_picture_is_added_to_a_recording_later(running, page_for, lecture):
    slides = lecture("Added slides.mp4", seconds=8)
    camera = lecture("Added camera.mp4", seconds=8, pattern="testsrc")
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, slides)
    uploading.expect_stage(page, slides.name, "done")
    recording_id = uploading.recording_of(page, slides.name)
    page.goto(f"/recordings/{recording_id}/")
    page.locator(".menu summary").filter(has_text="More").click()
    page.get_by_role("link", name="Add a second picture").click()
    page.get_by_role("button", name="Choose a file").wait_for()
    keep_picture(page, "upload-second")
    uploading.choose(page, camera)
    uploading.expect_stage(page, camera.name, "done")
    assert uploading.recording_of(page, camera.name) == recording_id
    player = f"/api/recordings/{recording_id}/player"
    watching.wait_until(page, lambda: len(page.request.get(player).json()["streams"]) == 2, "its second picture")
    watching.open_recording(page, recording_id)
    expect(page.locator(".player")).to_have_attribute("data-pictures", "2")


def test_pointing_at_the_timeline_shows_what_is_there(running, page_for, lecture):
    file = lecture("Storyboard.mp4", seconds=60, rate="300k")
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "done")
    recording_id = uploading.recording_of(page, file.name)
    watching.wait_until(
        page, lambda: page.request.get(f"/stream/{recording_id}/storyboard.vtt").ok, "its small pictures"
    )
    watching.open_recording(page, recording_id)
    page.wait_for_function("() => document.querySelector('.player-picture track')?.track.cues?.length > 0")
    line = page.locator("media-time-range").bounding_box()
    page.mouse.move(line["x"] + line["width"] * 0.5, line["y"] + line["height"] / 2, steps=4)
    page.wait_for_function(
        "() => document.querySelector('media-time-range').getAttribute('mediapreviewimage')?.includes('/storyboard')"
    )
    page.wait_for_timeout(500)
    keep_picture(page, "watch-storyboard")
