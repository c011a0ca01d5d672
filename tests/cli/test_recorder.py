"""`cathedra recorder`: connects, does as people in the room wish, runs once (R158, R162)."""

import json

import pytest

from cathedra.adapters.capture_agent import Connection, Store
from cathedra.adapters.processes import FolderLock
from cathedra.cli import main


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "recorder.toml"
    lines = ['server = "http://127.0.0.1:9"', f'folder = "{tmp_path / "kept"}"']
    path.write_text("\n".join([*lines, "[[file]]", 'name = "room"', f"read = {json.dumps(['-i', 'x'])}"]) + "\n")
    return path


def run(settings, *words):
    return main.main(["recorder", "--settings", str(settings), *words])


def test_a_wish_is_left_for_the_recorder_that_runs(settings, tmp_path):
    for word in ("start", "pause", "resume", "stop"):
        assert run(settings, word) == 0
        assert Store(tmp_path / "kept").take_wish() == word


def test_what_cannot_be_done_is_one_sentence(settings, tmp_path, capsys):
    assert run(settings, "run") == 1
    assert "not connected yet" in capsys.readouterr().err
    assert run(settings, "connect", "ABCD-EFGH-JKLM-NPQR") == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert run(tmp_path / "none.toml", "run") == 1
    assert "none.toml" in capsys.readouterr().err


def test_one_recorder_runs_on_a_machine_once(settings, tmp_path, capsys):
    Store(tmp_path / "kept").set_connection(Connection("secret", "LB 1"))
    lock = FolderLock(tmp_path / "kept/lock")
    assert lock.take() is None
    assert run(settings, "run") == 1
    assert "runs already" in capsys.readouterr().err
    lock.release()
