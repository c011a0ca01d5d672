"""Files that strangers made on purpose (security classes 7, 8, 27, 28), against the probe and the renderer.

Where a protection stands between a file and what it refers to, the reference is first followed without it, so that a
test that finds nothing read is one that could have found it.
"""

import dataclasses
import http.server
import subprocess
import threading
from pathlib import Path

import av
import pytest

from cathedra.adapters.ffmpeg import RunFailed, Source
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain.encoding import Problem
from tests import media
from tests.media import hostile
from tests.media.renditions import LADDER, first, make_first, plan, rest

pytestmark = pytest.mark.slow
LIMITS = LADDER.limits


def probe(path, limits=LIMITS, **settings):
    return Prober(Encoding(**settings)).probe(path, limits=limits)


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{target}\n#EXT-X-ENDLIST\n"
FFCONCAT = "ffconcat version 1.0\nfile '{target}'\n"
SDP = (
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{target}"/></svg>'
ASS = "[Script Info]\nScriptType: v4.00+\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:00.00,0:00:05.00,x,hi\n"
TTML = '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "{target}">]><tt xmlns="http://www.w3.org/ns/ttml"><body>&x;</body></tt>'


@dataclasses.dataclass
class Canary:
    """A file and a server that nobody may ask for."""

    secret: Path
    url: str
    asked: list[str]


@pytest.fixture
def canary(tmp_path):
    asked = []

    class Listen(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            pass

    secret = tmp_path / "secret.mov"
    media.ffmpeg(*media.picture(seconds=1), *media.X264, secret)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listen)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Canary(secret, f"http://127.0.0.1:{server.server_port}/secret.ts", asked)
    server.shutdown()
    server.server_close()
    thread.join()
    assert asked == []


def unprotected(path: Path, *before: str) -> int:
    """ffmpeg as anybody would start it; its status."""
    words = [media.PROGRAM, "-v", "quiet", "-nostdin", *before, "-i", path, "-f", "null", "-"]
    return subprocess.run(words, check=False, capture_output=True, timeout=60).returncode


@pytest.mark.parametrize(
    "text",
    [PLAYLIST, FFCONCAT, "file '{target}'\n", SDP, SVG, ASS, TTML, "just some text\n" * 400, ""],
    ids=["m3u8", "ffconcat", "concat", "sdp", "svg", "ass", "ttml", "text", "empty"],
)
def test_scripts_and_playlists_are_no_recordings_whatever_they_are_called(tmp_path, canary, text):
    """Classes 7 and 8: to a local file, and to a server on this machine."""
    for target in (canary.secret, f"file://{canary.secret}", canary.url, f"subfile,,start,0,end,0,,:{canary.secret}"):
        path = tmp_path / "lecture.mp4"
        path.write_text(text.replace("{target}", str(target)).replace("{port}", "5004"))
        assert probe(path).problem is Problem.NOT_MEDIA


@pytest.mark.parametrize(
    ("name", "text", "before"),
    [("x.m3u8", PLAYLIST, ["-allowed_extensions", "ALL"]), ("x.ffconcat", FFCONCAT, ["-safe", "0"])],
    ids=["m3u8", "ffconcat"],
)
def test_what_unprotected_reads_a_file_and_asks_a_server_does_neither_here(tmp_path, canary, name, text, before):
    """Class 7, with the proof that the script works: an unprotected ffmpeg plays the secret and asks the server."""
    path = tmp_path / name
    path.write_text(text.format(target=canary.secret))
    assert unprotected(path, *before) == 0
    assert probe(path).problem is Problem.NOT_MEDIA
    with pytest.raises(RunFailed):
        make_first(plan(canary.secret)[0], Source(path, "mov"))
    path.write_text(text.format(target=canary.url))
    unprotected(path, *before, "-protocol_whitelist", "file,http,tcp")
    assert canary.asked
    canary.asked.clear()
    assert probe(path).problem is Problem.NOT_MEDIA


def test_a_still_picture_is_no_recording(tmp_path):
    """Class 8: a demuxer that nobody needs is not there, though the file could be decoded."""
    png = tmp_path / "x.png"
    media.ffmpeg(*media.picture(), "-frames:v", "1", png)
    path = png.rename(tmp_path / "lecture.mp4")
    with av.open(str(path)) as container:
        assert len(list(container.decode(video=0))) == 1
    assert probe(path).problem is Problem.NOT_MEDIA


def read_with(path: Path, **options: str) -> int:
    with av.open(str(path), options=options) as container:
        return len(list(container.decode(video=0)))


def test_a_mov_that_refers_to_another_file_is_not_followed(tmp_path, canary):
    """Class 7: told to follow references, the same libraries read the secret's pictures out of it."""
    path = hostile.refers(tmp_path / "x.mov", canary.secret)
    assert read_with(path, enable_drefs="1", use_absolute_path="1") == 30
    assert unprotected(path, "-enable_drefs", "1", "-use_absolute_path", "1") == 0
    assert probe(path).problem is Problem.NOT_MEDIA
    with pytest.raises(RunFailed):
        make_first(plan(canary.secret)[0], Source(path, "mov"))


def test_the_probe_could_not_open_a_reference_even_if_it_were_followed(tmp_path, canary):
    """Class 7: no protocol is allowed there at all."""
    path = hostile.refers(tmp_path / "x.mov", canary.secret)
    assert read_with(path, enable_drefs="1", use_absolute_path="1", protocol_whitelist="file") == 30
    with path.open("rb") as file:
        options = {"enable_drefs": "1", "use_absolute_path": "1", "protocol_whitelist": ""}
        container = av.open(file, options=options)
        with container:
            assert list(container.decode(video=0)) == []


def test_a_matroska_that_names_its_neighbours_is_read_alone(tmp_path, canary):
    path, alone = tmp_path / "x.mkv", tmp_path / "alone.mkv"
    media.ffmpeg(*media.picture(seconds=1), *media.X264, alone)
    names = ["-metadata", f"NEXT_FILENAME={canary.secret}", "-metadata", f"url={canary.url}"]
    media.ffmpeg("-i", alone, "-c", "copy", *names, path)
    assert str(canary.secret).encode() in path.read_bytes()
    assert probe(path).duration_ms == pytest.approx(1000, abs=50)


def test_a_demuxer_is_forced(tmp_path, canary):
    """Class 7: a file that turns into a playlist behind the probe's back is still read as what it was."""
    path = media.lecture(tmp_path / "in.mp4", seconds=1)
    decided, source = plan(path)
    path.write_text(PLAYLIST.format(target=canary.secret))
    assert unprotected(path, "-f", "hls", "-allowed_extensions", "ALL") == 0
    with pytest.raises(RunFailed):
        make_first(decided, source)


NAMES = ["-y.mp4", 'a"b.mp4', "x%03d.mp4", "a\nb.mp4"]


@pytest.mark.parametrize("name", [*NAMES, "$(touch x).mp4", "é ü.mp4", "noname"])
def test_names_mean_nothing_to_the_probe(tmp_path, name):
    """Class 27."""
    path = media.lecture(tmp_path / "x.mp4", seconds=1).rename(tmp_path / name)
    assert probe(path).pictures
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", [*NAMES, "a'b,c[d];e.mp4"])
def test_names_mean_nothing_to_the_renderer(tmp_path, name):
    """Class 27."""
    path = media.lecture(tmp_path / "x.mp4", seconds=1).rename(tmp_path / name)
    decided, made = first(path)
    assert set(made) == {"p180", "a0"}
    rest(path, decided)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([name, "work"])


@pytest.mark.parametrize("size", [(30_000, 64), (64, 30_000), (8000, 5000), (16_000, 16_000)])
def test_a_picture_larger_than_any_is_refused_before_it_is_decoded(tmp_path, size):
    """Class 28."""
    path = hostile.claims_size(tmp_path / "x.mkv", *size)
    assert probe(path).problem is Problem.PICTURE_TOO_LARGE


def test_a_picture_of_thirty_thousand_by_thirty_thousand_is_refused(tmp_path):
    """Class 28: larger than the libraries take for a picture at all."""
    path = hostile.claims_size(tmp_path / "x.mkv", 30_000, 30_000)
    assert probe(path).problem is Problem.NOT_MEDIA


def test_a_picture_of_one_pixel_a_million_times_is_refused(tmp_path):
    """Class 28: for its size at once, and for its number as soon as that is passed."""
    some, path = tmp_path / "some.nut", tmp_path / "x.mkv"
    one_pixel = ["-f", "lavfi", "-i", "color=black:s=2x2:r=1000:d=10", "-vf", "format=gray,crop=1:1"]
    media.ffmpeg(*one_pixel, "-c:v", "rawvideo", some)
    media.ffmpeg("-stream_loop", "99", "-i", some, "-c", "copy", path)
    assert path.stat().st_size > 1_000_000 * 8
    assert probe(path).problem is Problem.PICTURE_TOO_SMALL
    few = dataclasses.replace(LIMITS, min_side=1, max_frames=50_000)
    assert probe(path, few).problem is Problem.TOO_MANY_FRAMES


def test_a_thousand_tracks_are_refused(tmp_path):
    """Class 28; as many as are allowed are read."""
    sound, path = tmp_path / "x.wav", tmp_path / "x.mkv"
    media.ffmpeg(*media.tone(seconds=0.05), sound)
    media.ffmpeg("-i", sound, *["-map", "0:a"] * LIMITS.max_streams, "-c", "copy", path)
    assert len(probe(path).sounds) == LIMITS.max_streams
    media.ffmpeg("-i", sound, *["-map", "0:a"] * 1000, "-c", "copy", path)
    assert probe(path).problem is Problem.TOO_MANY_STREAMS


def test_hours_at_one_frame_a_second_are_read_in_a_moment(tmp_path):
    """Class 28."""
    path = tmp_path / "x.mkv"
    media.ffmpeg(
        "-f", "lavfi", "-i", "color=black:s=64x64:r=1:d=18000", "-c:v", "libx264", "-preset", "ultrafast", path
    )
    found = probe(path, probe_seconds=10)
    assert found.duration_ms == pytest.approx(18_000_000, abs=2000)


def test_a_probe_that_takes_too_long_is_stopped(tmp_path):
    """Class 28."""
    found = probe(media.lecture(tmp_path / "x.mp4"), probe_seconds=0, probe_seconds_per_gib=0)
    assert found.problem is Problem.TOO_COSTLY


def test_a_probe_that_wants_too_much_memory_is_stopped(tmp_path):
    """Class 28: one picture of a gigabyte, in a file of a few kilobytes; what is no bomb is read within the limit."""
    memory, any_size = 500 * 1024**2, dataclasses.replace(LIMITS, max_side=20_000, max_pixels=10**9)
    bomb = hostile.claims_room(tmp_path / "bomb.mov", 16_000)
    assert probe(bomb, any_size, probe_memory_bytes=memory).problem is Problem.TOO_COSTLY
    assert hostile.claims_room(tmp_path / "small.mov", 400).stat().st_size == bomb.stat().st_size
    assert probe(tmp_path / "small.mov", any_size, probe_memory_bytes=memory).pictures
