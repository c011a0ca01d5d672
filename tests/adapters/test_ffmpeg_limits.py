"""What an ffmpeg of ours may use and reach (classes 7 and 28), and that it is asked for nothing that is not checked."""

import dataclasses
import itertools
import json
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cathedra.adapters import confinement
from cathedra.adapters.ffmpeg import Ffmpeg, RunFailed, _abilities
from cathedra.adapters.ffmpeg._run import Allowance, run
from cathedra.config import Encoding
from tests import media
from tests.media import hostile
from tests.media.renditions import LADDER, plan

pytestmark = pytest.mark.slow
MIB = 1024**2
PLENTY = Allowance(seconds=60, file_bytes=64 * MIB, memory_bytes=4096 * MIB)
ENDLESS = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30"]

STAND_IN = """#!{python} -I
import json, os, resource, socket, sys
names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE")
try:
    socket.create_connection(("127.0.0.1", {port}), 2).close()
    network = "reached"
except OSError as error:
    network = type(error).__name__
seen = dict(words=sys.argv[1:], environment=sorted(os.environ), network=network,
            rights=[line for line in open("/proc/self/status") if line.startswith("NoNewPrivs")],
            limits={{name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}})
with open("seen.json", "a") as file:
    file.write(json.dumps(seen) + "\\n")
sys.exit(1)
"""


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        yield server


def is_asked(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


@pytest.fixture
def stand_in(tmp_path, listener) -> Path:
    """A program in ffmpeg's place that writes down what it was given, and tries to get out."""
    path = tmp_path / "ffmpeg"
    path.write_text(STAND_IN.format(python=sys.executable, port=listener.getsockname()[1]))
    path.chmod(0o755)
    return path


@pytest.fixture
def seen(tmp_path, stand_in) -> list[dict]:
    """What every run of the renderer was given, for a file that needs everything."""
    path, folder = tmp_path / "in.mkv", tmp_path / "work"
    media.ffmpeg(*media.picture(seconds=1), *media.tone(seconds=1), "-map", "0", "-map", "1", "-map", "1", "-c:v", "mpeg4",
                 "-c:a:0", "aac", "-c:a:1", "libopus", path)  # fmt: skip
    decided, source = plan(path)
    assert [sound.is_copy for sound in decided.sounds] == [True, False]
    everything = dataclasses.replace(decided.picture, is_interlaced=True, transfer="smpte2084", frame_rate=0.5)
    decided = dataclasses.replace(decided, picture=everything)
    folder.mkdir()
    renderer = Ffmpeg(Encoding(ffmpeg=str(stand_in)), LADDER)
    with pytest.raises(RunFailed):
        renderer.make_first(source, decided, folder, is_screen=True)
    with pytest.raises(RunFailed):
        renderer.make_rest(source, decided, [decided.first], folder, is_screen=True)
    assert renderer.make_poster(path, folder, at_seconds=0, size=(320, 180)) is None
    assert renderer.make_storyboard(path, folder, every=1, size=(160, 90), columns=5, rows=5) == []
    with pytest.raises(RunFailed):
        renderer.paint_over(path, [(0, 0, 8, 8)], folder)
    speech = renderer.words_for_speech(source, 9)  # of the run itself, tests/adapters/speech
    allowance = dataclasses.replace(PLENTY, file_bytes=64 * MIB)
    run(speech[0], speech[1:], folder=folder, allowance=allowance, expected_ms=0, on_progress=None, cores=1)
    return [json.loads(line) for line in (folder / "seen.json").read_text().splitlines()]


def test_every_run_of_the_renderer_is_limited_and_cut_off(seen, stand_in, listener, tmp_path):
    """Classes 7 and 28. The stand-in does reach the listener when nothing confines it."""
    assert len(seen) == 6
    for one in seen:
        limits = {name: hard for name, (_, hard) in one["limits"].items()}
        assert limits["AS"] == 4096 * MIB
        assert 0 < limits["FSIZE"] < 1024 * MIB
        assert 0 < limits["CPU"] < 3600 * 4
        assert (limits["NOFILE"], limits["CORE"]) == (256, 0)
        assert all(soft == hard != resource.RLIM_INFINITY for soft, hard in one["limits"].values())
        assert one["environment"] == ["HOME", "LC_ALL", "PATH"]
        assert one["rights"] == ["NoNewPrivs:\t1\n"]
        assert one["network"] != "reached"
    assert not is_asked(listener)
    subprocess.run([stand_in], cwd=tmp_path, check=False, timeout=30)
    assert json.loads((tmp_path / "seen.json").read_text())["network"] == "reached"
    assert is_asked(listener)


def test_every_input_is_forced_into_its_demuxer_and_every_path_is_a_file(seen):
    """Classes 7 and 27."""
    for one in seen:
        words = one["words"]
        at = words.index("-i")
        before = dict(itertools.pairwise(words[: at + 1]))
        assert before["-protocol_whitelist"] == "file"
        assert before["-f"] == before["-format_whitelist"]
        assert words[at + 1].startswith("file:/")
        assert words.count("-i") == 1


def test_cathedra_check_looks_for_everything_that_is_asked_of_ffmpeg(seen):
    words = [word for one in seen for word in one["words"]]
    pairs = list(itertools.pairwise(words))
    graphs = [value for name, value in pairs if name in ("-filter_complex", "-vf", "-af")]
    steps = [step for graph in graphs for step in re.split(r"[;,]", re.sub(r"'[^']*'|\[[^]]*\]", "", graph))]
    assert {step.partition("=")[0] for step in steps} == set(_abilities.FILTERS)
    kept = {value for name, value in pairs if name in ("-c:v", "-c:a")} - {"copy"}
    stills = {"mjpeg"} if ("-f", "image2") in pairs else set()
    assert kept | stills == set(_abilities.ENCODERS)
    assert {value.partition("=")[0] for name, value in pairs if name == "-bsf:a"} == set(_abilities.BITSTREAM_FILTERS)


def go(words: list[str], folder: Path, allowance: Allowance) -> confinement.Ended:
    return run(
        media.PROGRAM, words, folder=folder, allowance=allowance, expected_ms=0, on_progress=None, cores=4
    )  # fmt: skip


def test_an_ffmpeg_that_never_ends_is_stopped(tmp_path):
    with pytest.raises(RunFailed, match="stopped after 1 s"):
        go([*ENDLESS, "-f", "null", "-"], tmp_path, dataclasses.replace(PLENTY, seconds=1))


def test_an_ffmpeg_that_computes_too_much_is_stopped(tmp_path):
    limits = confinement.Limits(wall_seconds=60, cpu_seconds=1, memory_bytes=4096 * MIB, file_bytes=MIB)
    ended = confinement.run([media.PROGRAM, *ENDLESS, "-f", "null", "-"], limits, cwd=tmp_path)
    assert not ended.is_late
    assert ended.code != 0


def test_an_ffmpeg_that_writes_too_much_is_stopped(tmp_path):
    words = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=2", "-c:v", "rawvideo", "-y", "x.nut"]
    assert go(words, tmp_path, PLENTY).code == 0
    assert (tmp_path / "x.nut").stat().st_size > 2 * MIB
    with pytest.raises(RunFailed, match="too much output"):
        go(words, tmp_path, dataclasses.replace(PLENTY, file_bytes=MIB))
    assert (tmp_path / "x.nut").stat().st_size <= MIB


def test_an_ffmpeg_that_wants_too_much_memory_gets_none(tmp_path):
    """One picture of a gigabyte, in a file as small as another that is read within the limit."""
    bomb = hostile.claims_room(tmp_path / "bomb.mov", 16_000)
    words = ["-v", "error", "-threads", "1", "-i", str(bomb), "-f", "framecrc", "-"]
    assert go(words, tmp_path, dataclasses.replace(PLENTY, memory_bytes=500 * MIB)).code != 0
    small = hostile.claims_room(tmp_path / "small.mov", 400)
    words[words.index(str(bomb))] = str(small)
    assert go(words, tmp_path, dataclasses.replace(PLENTY, memory_bytes=500 * MIB)).code == 0


def test_an_ffmpeg_of_ours_reaches_nobody_even_when_it_is_told_to(tmp_path, listener):
    """Class 7: no network, whatever protocols are allowed."""
    words = ["-v", "quiet", "-i", f"tcp://127.0.0.1:{listener.getsockname()[1]}?timeout=500000", "-f", "null", "-"]
    assert go(words, tmp_path, PLENTY).code != 0
    assert not is_asked(listener)
    subprocess.run([media.PROGRAM, *words], check=False, capture_output=True, timeout=30)
    assert is_asked(listener)
