"""Slides of a real lecture through ffmpeg: where they begin, and their pictures."""

import subprocess

import pytest
from PIL import Image, ImageStat

from cathedra.adapters.ffmpeg import find_program
from cathedra.adapters.slides import Camera
from cathedra.domain.terms import UnableTo
from tests.media import slideshow

pytestmark = pytest.mark.slow
SIZE = (slideshow.WIDTH, slideshow.HEIGHT)
LENGTH_MS = slideshow.SECONDS * 1000


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    return slideshow.make(find_program(""), tmp_path_factory.mktemp("slides") / "v360.mp4")


@pytest.fixture
def camera():
    return Camera(find_program(""))


def test_every_slide_is_found_within_a_second_and_pictured_when_it_was_complete(camera, lecture, tmp_path):
    told = []
    shots = camera.find_slides(lecture, size=SIZE, duration_ms=LENGTH_MS, on_progress=told.append)
    found = [shot.start_ms / 1000 for shot in shots]
    assert len(found) == len(slideshow.TRUTH), found
    for at, shown in zip(found, slideshow.TRUTH, strict=True):
        assert abs(at - shown.start) <= 1, (found, shown)
    assert told == sorted(told), "progress goes on"
    assert 0.5 < told[-1] <= 1
    for number, shot in enumerate(shots):
        to = tmp_path / f"{number}.jpg"
        assert camera.take_picture(lecture, to, at_ms=shot.picture_ms)
        with Image.open(to) as picture:
            assert picture.size == SIZE
            last = 90 + 44 * (len(slideshow.TRUTH[number].bullets) - 1)
            bullet = picture.convert("L").crop((30, last, 300, last + 26))
            assert ImageStat.Stat(bullet).extrema[0][0] < 80, f"slide {number} is pictured without its last bullet"


def test_a_picture_is_of_what_is_shown_then_however_long_ago_its_frame_began(camera, tmp_path, lecture):
    long = tmp_path / "long.mp4"
    program = find_program("")
    still = ["-f", "lavfi", "-i", "color=white:s=320x180:r=1:d=1", "-f", "lavfi", "-i", "color=black:s=320x180:r=1:d=1"]
    slow = "[0:v]setpts=PTS[a];[1:v]setpts=PTS+9/TB[b];[a][b]interleave"
    words = ["-v", "error", "-y", *still, "-filter_complex", slow, "-fps_mode", "vfr", "-c:v", "libx264", long]
    subprocess.run([program, *words], check=True)
    assert camera.take_picture(long, tmp_path / "white.jpg", at_ms=8_500)
    with Image.open(tmp_path / "white.jpg") as picture:
        assert ImageStat.Stat(picture.convert("L")).mean[0] > 200, "the frame that comes next is not what is shown"
    assert not camera.take_picture(tmp_path / "nothing.mp4", tmp_path / "none.jpg", at_ms=0)


def test_a_file_that_breaks_off_or_is_none_is_an_error_and_not_a_lecture_without_slides(camera, lecture, tmp_path):
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(lecture.read_bytes()[: lecture.stat().st_size // 3])
    text = tmp_path / "text.mp4"
    text.write_text("#EXTM3U\nfile:///etc/passwd\n")
    for path in (torn, text, tmp_path / "nothing.mp4"):
        with pytest.raises(UnableTo, match="Looking for slides ended"):
            camera.find_slides(path, size=SIZE, duration_ms=LENGTH_MS, on_progress=lambda share: None)


def test_whoever_hears_of_the_progress_can_stop_it(camera, lecture):
    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        camera.find_slides(lecture, size=SIZE, duration_ms=LENGTH_MS, on_progress=stop)
