"""Content decides: real files and hostile ones (security classes 7, 8, 27, 28)."""

import dataclasses
import http.server
import struct
import threading
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


@pytest.mark.parametrize("name", ["-y.mp4", 'a"b.mp4', "x%03d.mp4", "a\nb.mp4", "$(touch x).mp4", "é ü.mp4", "noname"])
def test_names_mean_nothing(tmp_path, name):
    """Class 27."""
    path = media.lecture(tmp_path / "x.mp4", seconds=1).rename(tmp_path / name)
    assert probe(path).pictures


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


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{target}\n#EXT-X-ENDLIST\n"
SDP = (
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{target}"/></svg>'
ASS = "[Script Info]\nScriptType: v4.00+\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:00.00,0:00:05.00,x,hi\n"
TTML = '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "{target}">]><tt xmlns="http://www.w3.org/ns/ttml"><body>&x;</body></tt>'


@pytest.fixture
def canary(tmp_path):
    """A file and a server that nobody may ask for."""
    asked = []

    class Listen(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            pass

    secret = media.lecture(tmp_path / "secret.mp4", seconds=1)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listen)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield secret, f"http://127.0.0.1:{server.server_port}/secret.mp4"
    server.shutdown()
    server.server_close()
    thread.join()
    assert asked == []


@pytest.mark.parametrize(
    "text",
    [PLAYLIST, "ffconcat version 1.0\nfile '{target}'\n", "file '{target}'\n", SDP, SVG, ASS, TTML, "just some text\n" * 400, ""],
    ids=["m3u8", "ffconcat", "concat", "sdp", "svg", "ass", "ttml", "text", "empty"],
)  # fmt: skip
def test_scripts_and_playlists_are_no_recordings_whatever_they_are_called(tmp_path, canary, text):
    """Classes 7 and 8: to a local file, and to a server on this machine."""
    for target in (canary[0], f"file://{canary[0]}", canary[1], f"subfile,,start,0,end,0,,:{canary[0]}"):
        path = tmp_path / "lecture.mp4"
        path.write_text(text.replace("{target}", str(target)).replace("{port}", "5004"))
        assert probe(path).problem is Problem.NOT_MEDIA


def test_a_mov_that_refers_to_another_file_is_not_followed(tmp_path, canary):
    """The data reference of every track is turned into an alias of the secret file."""
    path = media.lecture(tmp_path / "x.mov", seconds=1)
    data = path.read_bytes()
    assert b"url \x00\x00\x00\x01" in data
    path.write_bytes(data.replace(b"url \x00\x00\x00\x01", b"url \x00\x00\x00\x00"))
    found = probe(path)
    assert found.problem or found.duration_ms <= 1100  # its own bytes or nothing, never the secret's


def test_a_matroska_that_names_its_neighbours_is_read_alone(tmp_path, canary):
    path, alone = tmp_path / "x.mkv", tmp_path / "alone.mkv"
    media.ffmpeg(*media.picture(seconds=1), *media.X264, alone)
    media.ffmpeg(
        "-i", alone, "-c", "copy", "-metadata", f"NEXT_FILENAME={canary[0]}", "-metadata", f"url={canary[1]}", path
    )
    assert probe(path).duration_ms == pytest.approx(1000, abs=50)


def test_subtitles_inside_an_avi_open_nothing(tmp_path, canary):
    """The GAB2 chunk of an AVI may hold a playlist."""
    path = tmp_path / "x.avi"
    media.ffmpeg(*media.picture(seconds=1), "-c:v", "mpeg4", path)
    playlist = PLAYLIST.format(target=canary[1]).encode()
    gab2 = b"GAB2\x00\x02\x00\x00\x00\x00\x00\x00\x04\x00" + len(playlist).to_bytes(4, "little") + playlist
    data = path.read_bytes()
    at = data.index(b"00dc", data.index(b"movi"))
    path.write_bytes(data[:at] + b"01tx" + len(gab2).to_bytes(4, "little") + gab2 + data[at:])
    probe(path)


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


@pytest.mark.parametrize("size", ["30000x64", "64x30000", "8000x5000"])
def test_a_picture_larger_than_any_is_refused_before_it_is_decoded(tmp_path, size):
    """Class 28."""
    path = tmp_path / "x.mkv"
    media.ffmpeg("-f", "lavfi", "-i", f"color=black:s={size}:r=1:d=1", "-c:v", "ffv1", path)
    assert probe(path).problem is Problem.PICTURE_TOO_LARGE


def test_a_picture_of_one_pixel_a_million_times_is_refused(tmp_path):
    path = tmp_path / "x.mkv"
    media.ffmpeg(*media.picture("2x2", rate=1000, seconds=100), "-c:v", "ffv1", path)
    assert probe(path).problem is Problem.PICTURE_TOO_SMALL
    few = dataclasses.replace(LIMITS, min_side=1, max_frames=5000)
    assert probe(path, few).problem is Problem.TOO_MANY_FRAMES


def test_a_thousand_tracks_are_refused(tmp_path):
    path = tmp_path / "x.mkv"
    maps = [word for _ in range(120) for word in ("-map", "0:a")]
    media.ffmpeg(*media.tone(seconds=0.2), *maps, "-c:a", "pcm_s16le", path)
    assert probe(path).problem is Problem.TOO_MANY_STREAMS


def test_hours_at_one_frame_a_second_are_read_in_a_moment(tmp_path):
    path = tmp_path / "x.mkv"
    media.ffmpeg(
        "-f", "lavfi", "-i", "color=black:s=64x64:r=1:d=18000", "-c:v", "libx264", "-preset", "ultrafast", path
    )
    found = probe(path, probe_seconds=10)
    assert found.duration_ms == pytest.approx(18_000_000, abs=2000)


def test_a_probe_that_takes_too_long_is_stopped(tmp_path):
    found = probe(media.lecture(tmp_path / "x.mp4"), probe_seconds=0)
    assert found.problem is Problem.TOO_COSTLY


def test_a_probe_that_wants_too_much_memory_is_stopped(tmp_path):
    found = probe(media.lecture(tmp_path / "x.mp4", size="1920x1080"), probe_memory_bytes=250 * 1024**2)
    assert found.problem in (Problem.TOO_COSTLY, None)
