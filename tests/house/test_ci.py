"""What CI runs ends in time, says so, and leaves nothing running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUARD = [sys.executable, str(ROOT / ".ci/guard")]
# A grandchild in a session of its own whose parent is gone, as a browser or a database leaves one; it says who it is.
DETACHED = (
    '(setsid sh -c \'trap "" HUP; echo $$ >"$0"; sleep 300; :\' "$1" &) ; while [ ! -s "$1" ]; do sleep 0.05; done; '
)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def guarded(limit: str, script: str, *arguments: str) -> subprocess.CompletedProcess:
    command = [*GUARD, limit, "sh", "-c", script, "sh", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_takes_too_long_is_ended_with_all_it_started_and_that_is_said(tmp_path):
    told = guarded("3", DETACHED + "sleep 300", str(tmp_path / "pid"))
    assert told.returncode == 124
    assert told.stdout == "The gates and the tests took longer than 0.05 minutes; all of it was ended.\n"
    assert not is_alive(int((tmp_path / "pid").read_text()))


def test_what_ends_in_time_keeps_its_answer_and_leaves_nothing_either(tmp_path):
    told = guarded("60", DETACHED + "echo done; exit 3", str(tmp_path / "pid"))
    assert (told.returncode, told.stdout) == (3, "done\n")
    assert not is_alive(int((tmp_path / "pid").read_text()))


def test_a_guard_that_is_told_to_stop_takes_everything_with_it(tmp_path):
    kept = tmp_path / "pid"
    process = subprocess.Popen([*GUARD, "60", "sh", "-c", DETACHED + "sleep 300", "sh", str(kept)])
    deadline = time.monotonic() + 120
    while not (kept.exists() and kept.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=120) == 128 + signal.SIGTERM
    assert not is_alive(int(kept.read_text()))


def test_ci_runs_the_gates_and_every_test_and_is_ended_after_thirty_minutes_at_most():
    text = (ROOT / ".ci/run").read_text()
    assert "exec python3 .ci/guard 1800 bash .ci/run unguarded" in text
    assert "make --no-print-directory check" in text
    assert "make --no-print-directory test" in text


def test_groups_of_tests_are_seen(request):
    """What shares one browser, one folder or one product runs in one process: a pytest that xdist does not fit lets
    them run in several, without a word."""
    assert not getattr(request.config.option, "loadgroup", False) or request.node.nodeid.endswith("@test_ci.py")
