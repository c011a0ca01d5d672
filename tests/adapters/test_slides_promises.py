"""One suite for the scripted camera that the tests of actions use and for the real one."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from cathedra.actions.slides import Camera as Protocol
from cathedra.adapters.slides import Camera
from cathedra.domain.encoding.slides import Shot
from cathedra.domain.terms import UnableTo
from tests import media
from tests.fakes.slides import ScriptedCamera
from tests.promises import differences, files_below, methods

LENGTH_MS, SIZE = 2000, (320, 180)


@dataclass(frozen=True)
class Bench:
    """A camera and two seconds to look at."""

    camera: Protocol
    rendition: Path

    def look(self, on_progress=lambda share: None, rendition: Path | None = None) -> list[Shot]:
        return self.camera.find_slides(
            rendition or self.rendition, size=SIZE, duration_ms=LENGTH_MS, on_progress=on_progress
        )


@pytest.fixture(params=["scripted", pytest.param("real", marks=pytest.mark.slow)])
def bench(request, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    rendition = tmp_path / "v180.mp4"
    if request.param == "scripted":
        rendition.write_text("v180")
        return Bench(ScriptedCamera([Shot(0, LENGTH_MS, 1500)]), rendition)
    whiteboard = "color=white:s=320x180:r=10:d=2,drawbox=x=60:y=60:w=120:h=40:c=black:t=fill"
    media.ffmpeg("-f", "lavfi", "-i", whiteboard, *media.X264, rendition)
    return Bench(Camera(media.PROGRAM), rendition)


def test_both_are_called_as_the_actions_call_them():
    assert differences(Protocol, ScriptedCamera, Camera) == []
    assert methods(Protocol) == ["find_slides", "take_picture"]


def test_slides_are_told_in_order_without_a_gap_and_each_is_pictured_while_it_is_shown(bench, tmp_path):
    before = files_below(tmp_path)
    told = []
    shots = bench.look(told.append)
    assert isinstance(shots, list)
    assert shots
    assert all(isinstance(shot, Shot) for shot in shots)
    assert [shot.start_ms for shot in shots] == [0, *(shot.end_ms for shot in shots[:-1])]
    assert shots[-1].end_ms == LENGTH_MS
    assert all(shot.start_ms <= shot.picture_ms < shot.end_ms for shot in shots)
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)
    assert told[-1] > 0.5
    assert bench.look() == shots, "it may be repeated"
    assert files_below(tmp_path) == before, "looking leaves nothing"


def test_a_picture_is_one_file_where_it_was_asked_for_and_may_be_taken_again(bench, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    before = files_below(tmp_path, but=[folder])
    for _ in range(2):
        assert bench.camera.take_picture(bench.rendition, folder / "0.jpg", at_ms=1000) is True
        assert [path.name for path in folder.iterdir()] == ["0.jpg"]
        assert (folder / "0.jpg").stat().st_size
    assert files_below(tmp_path, but=[folder]) == before


def test_what_was_there_before_is_not_taken_for_a_picture_of_what_is_gone(bench, tmp_path):
    to = tmp_path / "0.jpg"
    assert bench.camera.take_picture(tmp_path / "gone.mp4", to, at_ms=0) is False
    assert bench.camera.take_picture(bench.rendition, to, at_ms=1000) is True
    assert bench.camera.take_picture(tmp_path / "gone.mp4", to, at_ms=1000) is False
    assert not to.exists()


def test_a_rendition_that_is_gone_is_an_error_and_not_a_lecture_without_slides(bench, tmp_path):
    with pytest.raises(UnableTo, match="Looking for slides ended"):
        bench.look(rendition=tmp_path / "gone.mp4")


def test_whoever_hears_of_the_progress_can_stop_it(bench):
    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        bench.look(stop)


@pytest.mark.slow
def test_a_picture_is_as_high_as_the_rendition(tmp_path):
    """What the scripted one cannot promise."""
    rendition = media.lecture(tmp_path / "v180.mp4")
    assert Camera(media.PROGRAM).take_picture(rendition, tmp_path / "0.jpg", at_ms=500)
    with Image.open(tmp_path / "0.jpg") as picture:
        assert (picture.format, picture.size) == ("JPEG", SIZE)
