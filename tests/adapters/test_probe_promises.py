"""One suite for the scripted prober that the tests of actions use and for the real one."""

import json
from pathlib import Path

import pytest

from cathedra.actions.encoding import Prober as Protocol
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain import encoding
from cathedra.domain.encoding import Picture, Probe, Problem, Sound
from tests import media
from tests.domain.test_encoding import LADDER, picture, probe, sound
from tests.fakes.encoder import ScriptedProber
from tests.promises import differences, files_below, methods


def scripted(kind: str, path: Path) -> Protocol:
    path.write_bytes(b"as it came")
    found = {
        "lecture": probe(
            [picture(width=320, height=180, duration_ms=2000)], [sound(duration_ms=2000)], duration_ms=2000
        ),
        "picture": probe([picture()], []),
        "sound": probe([], [sound()]),
        "text": encoding.problem_probe(Problem.NOT_MEDIA),
    }
    return ScriptedProber(found[kind])


def real(kind: str, path: Path) -> Protocol:
    if kind == "text":
        path.write_bytes(b"This is no file of sound or picture. " * 50)
    else:
        whole = media.lecture(path.with_name("whole.mp4"))
        kept = {"lecture": [], "picture": ["-an"], "sound": ["-vn"]}[kind]
        media.ffmpeg("-i", whole, *kept, "-c", "copy", "-f", "mp4", path)
        whole.unlink()
    return Prober(Encoding())


@pytest.fixture(params=["scripted", pytest.param("real", marks=pytest.mark.slow)])
def make(request):
    return scripted if request.param == "scripted" else real


def test_both_are_called_as_the_actions_call_them():
    assert differences(Protocol, ScriptedProber, Prober) == []
    assert methods(Protocol) == ["probe"]


@pytest.mark.parametrize("kind", ["lecture", "picture", "sound", "text"])
def test_what_is_found_is_told_whole_and_the_same_again_and_nothing_is_written(make, kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "file"
    prober = make(kind, path)
    before = files_below(tmp_path)
    found = prober.probe(path, limits=LADDER.limits)
    assert isinstance(found, Probe)
    kept = json.loads(json.dumps(encoding.probe_to_json(found)))
    assert encoding.probe_from_json(kept) == found, "it can be kept with its source"
    assert isinstance(found.pictures, tuple)
    assert isinstance(found.sounds, tuple)
    assert all(isinstance(one, Picture) for one in found.pictures)
    assert all(isinstance(one, Sound) for one in found.sounds)
    assert (len(found.pictures), len(found.sounds)) == {
        "lecture": (1, 1), "picture": (1, 0), "sound": (0, 1), "text": (0, 0),
    }[kind]  # fmt: skip
    assert found.problem is (Problem.NOT_MEDIA if kind == "text" else None)
    assert (found.duration_ms > 0, bool(found.demuxer)) == (kind != "text", kind != "text")
    assert isinstance(encoding.plan(found, LADDER), encoding.Refusal if kind == "text" else encoding.Plan)
    assert prober.probe(path, limits=LADDER.limits) == found
    assert files_below(tmp_path) == before


def test_a_file_that_is_gone_is_no_problem_of_the_file(make, tmp_path):
    prober = make("text", tmp_path / "file")
    with pytest.raises(FileNotFoundError):
        prober.probe(tmp_path / "gone", limits=LADDER.limits)
