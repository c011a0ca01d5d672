"""Content decides: what is found in real files; the hostile ones are in test_hostile_files.py."""

import struct
from pathlib import Path

import pytest

import cathedra
from cathedra.adapters import policy_files
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain.encoding import Problem, parse_ladder
from tests import media

pytestmark = pytest.mark.slow
LIMITS = parse_ladder(policy_files.read("ladder")).limits


def probe(path, limits=LIMITS, **settings):
    return Prober(Encoding(**settings)).probe(path, limits=limits)


def test_a_plain_lecture(tmp_path):
    found = probe(media.lecture(tmp_path / "x.mp4", seconds=3))
    (picture,), (sound,) = found.pictures, found.sounds
    assert (found.demuxer, found.duration_ms, found.problem) == ("mov", pytest.approx(3000, abs=22), None)
    assert (picture.codec, picture.width, picture.height, picture.frame_rate) == ("h264", 320, 180, 30.0)
    assert (picture.bit_depth, picture.chroma, picture.rotation, picture.frames) == (8, "420", 0, 90)
    assert (picture.is_closed, picture.has_sane_times, picture.is_variable) == (True, True, False)
    assert picture.longest_key_gap_ms == pytest.approx(1000, abs=101)
    assert (sound.codec, sound.profile, sound.channels, sound.has_sane_times) == ("aac", "LC", 1, True)


def test_an_open_group_is_no_place_to_cut(tmp_path):
    path = tmp_path / "x.mp4"
    media.ffmpeg(*media.picture(seconds=4), *media.X264, "-bf", "3", "-x264-params", "open-gop=1", path)
    again = tmp_path / "again.ts"
    media.ffmpeg("-i", path, "-c", "copy", again)
    assert not probe(again).pictures[0].is_closed
    found = probe(path).pictures[0]  # an MP4's index may name true ones only, while ffmpeg would cut at others too
    assert not found.is_closed or found.key_frames < 4


def test_intra_refresh_is_no_place_to_cut(tmp_path):
    path = tmp_path / "x.mp4"
    media.ffmpeg(*media.picture(seconds=4), *media.X264, "-x264-params", "intra-refresh=1", path)
    assert not probe(path).pictures[0].is_closed


@pytest.mark.parametrize("flags", ["+faststart", "+frag_keyframe+empty_moov"])
def test_index_and_packets_tell_the_same(tmp_path, flags):
    """An MP4's index is believed when it is whole; Matroska and fragmented files are read packet by packet."""
    path, again, other = media.lecture(tmp_path / "x.mp4", seconds=5), tmp_path / "y.mp4", tmp_path / "z.mkv"
    media.ffmpeg("-i", path, "-c", "copy", "-movflags", flags, again)
    media.ffmpeg("-i", path, "-c", "copy", other)
    (one,), (two,), (three,) = (probe(file).pictures for file in (path, again, other))
    for found in (two, three):
        assert (found.frames, found.key_frames, found.is_closed) == (one.frames, one.key_frames, one.is_closed)
        assert found.duration_ms == pytest.approx(one.duration_ms, abs=3)
        assert found.longest_key_gap_ms == pytest.approx(one.longest_key_gap_ms, abs=101)
        assert found.flat_share == pytest.approx(one.flat_share, abs=0.1)


def test_far_key_frames_are_seen(tmp_path):
    path = tmp_path / "x.mp4"
    media.ffmpeg(*media.picture(seconds=12, size="64x64"), "-c:v", "libx264", "-g", "900", "-sc_threshold", "0", path)
    assert probe(path).pictures[0].longest_key_gap_ms == 12_000


def test_a_header_that_lies_is_not_believed(tmp_path):
    """The file's own duration says an hour."""
    path = tmp_path / "x.mkv"
    media.ffmpeg(*media.picture(seconds=2), *media.X264, path)
    data = path.read_bytes()
    at = data.index(b"\x44\x89\x88") + 3
    path.write_bytes(data[:at] + struct.pack(">d", 3_600_000.0) + data[at + 8 :])
    found = probe(path)
    assert found.stated_ms == 3_600_000
    assert found.duration_ms == pytest.approx(2000, abs=50)


def test_attached_pictures_are_no_picture(tmp_path):
    cover, path = tmp_path / "cover.png", tmp_path / "x.mp3"
    media.ffmpeg("-f", "lavfi", "-i", "color=red:s=100x100", "-frames:v", "1", cover)
    media.ffmpeg(
        *media.tone(), "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic", path
    )
    found = probe(path)
    assert (found.pictures, len(found.sounds)) == ((), 1)


def test_slides_have_few_shades_and_cameras_many(tmp_path):
    slides, camera = tmp_path / "slides.mp4", tmp_path / "camera.mp4"
    page = "color=white:s=640x360:r=30:d=4,drawbox=x=50:y=50:w=300:h=40:c=black:t=fill"
    media.ffmpeg("-f", "lavfi", "-i", page, *media.X264, slides)
    media.ffmpeg("-f", "lavfi", "-i", "gradients=s=640x360:r=30:d=4,noise=alls=12:allf=t", *media.X264, camera)
    assert probe(slides).pictures[0].flat_share > 0.9
    assert probe(camera).pictures[0].flat_share < 0.3


@pytest.mark.parametrize("name", ["entropy", "eigenvectors", "heaps"])
def test_the_sample_lectures_are_told_apart(name):
    folder = Path(cathedra.__file__).parent / "sample"
    assert probe(folder / f"{name}-slides.mp4").pictures[0].flat_share > 0.8
    assert probe(folder / f"{name}-camera.mp4").pictures[0].flat_share < 0.4


def test_an_mp4_without_its_index_is_said(tmp_path):
    path = media.lecture(tmp_path / "x.mp4")
    data = path.read_bytes()
    assert data.index(b"mdat") < data.index(b"moov")
    path.write_bytes(data[: data.index(b"moov") - 100])
    assert probe(path).problem is Problem.NO_INDEX


def test_an_mp4_cut_behind_its_index_is_read_as_far_as_it_goes(tmp_path):
    whole, path = media.lecture(tmp_path / "x.mp4", seconds=4), tmp_path / "y.mp4"
    media.ffmpeg("-i", whole, "-c", "copy", "-movflags", "+faststart", path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    found = probe(path)
    assert found.problem is None
    assert found.stated_ms == 4000
    assert 1000 < found.duration_ms < 3500
