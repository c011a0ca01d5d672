"""What a confined program cannot do, tried with real programs."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cathedra.adapters import confinement
from cathedra.adapters.confinement import Limits

pytestmark = pytest.mark.slow
LIMITS = Limits(wall_seconds=20, cpu_seconds=20, memory_bytes=1024**3, file_bytes=1024**2)


def python(
    text: str, limits: Limits = LIMITS, folder: Path = Path("/"), **options
) -> tuple[confinement.Ended, list[str]]:
    lines: list[str] = []
    ended = confinement.run([sys.executable, "-I", "-c", text], limits, cwd=folder, on_line=lines.append, **options)
    return ended, lines


def test_it_runs_and_hands_over_what_is_printed():
    ended, lines = python("print('one'); print('two')")
    assert (ended.code, lines) == (0, ["one", "two"])


def test_errors_are_kept_for_the_log():
    ended, _ = python("import sys; sys.exit('it broke')")
    assert ended.code == 1
    assert "it broke" in ended.errors


def test_the_environment_is_empty(monkeypatch):
    monkeypatch.setenv("CATHEDRA_SECRET_KEY", "secret")
    assert python("import os; print(sorted(os.environ))")[1] == ["['HOME', 'LC_ALL', 'PATH']"]


def test_time_runs_out():
    began = time.monotonic()
    ended, _ = python("import time; time.sleep(60)", Limits(1, 20, 1024**3, 1024**2))
    assert ended.is_late
    assert time.monotonic() - began < 50


def test_computing_runs_out():
    ended, _ = python("while True: pass", Limits(20, 1, 1024**3, 1024**2))
    assert ended.code in (-signal.SIGXCPU, -signal.SIGKILL)


def test_memory_runs_out():
    ended, _ = python("x = bytearray(3 * 1024**3)")
    assert ended.code == 1
    assert "MemoryError" in ended.errors


def test_files_cannot_grow_past_the_limit(tmp_path):
    ended, _ = python("open('x', 'wb').write(b'0' * 2 * 1024**2)", folder=tmp_path)
    assert ended.code != 0
    assert (tmp_path / "x").stat().st_size <= 1024**2


def test_it_sees_no_network():
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.5)
        port = canary.getsockname()[1]
        ended, _ = python(f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)")
        assert ended.code != 0
        with pytest.raises(TimeoutError):
            canary.accept()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_becomes_nobody_when_asked():
    limits = Limits(20, 20, 1024**3, 1024**2, may_drop_user=True)
    ended, lines = python("import os; print(os.getuid())", limits)
    assert ended.code == 0, ended.errors
    programs = (Path(sys.executable).resolve(), Path(sys.prefix).resolve())
    is_open = all(part.stat().st_mode & 1 for program in programs for part in program.parents)
    assert (lines == ["0"]) is not is_open  # a Python in a closed home cannot be run by anybody else


def test_rights_cannot_be_gained():
    ended, lines = python("print(open('/proc/self/status').read())")
    assert ended.code == 0
    assert "NoNewPrivs:\t1" in lines


def test_it_dies_with_us(tmp_path):
    """kill -9 of the parent leaves nothing running."""
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from cathedra.adapters import confinement as c;"
            f"c.run([sys.executable, '-c', 'import os,time; open(\"pid\",\"w\").write(str(os.getpid())); time.sleep(60)'],"
            f"c.Limits(60, 60, 2**30, 2**20), cwd=Path({str(tmp_path)!r}))",
        ]
    )
    pid = _wait_for(tmp_path / "pid")
    parent.kill()
    parent.wait()
    for _ in range(1000):
        if not _is_alive(pid):
            return
        time.sleep(0.05)
    raise AssertionError("the child lives on")


def _wait_for(path: Path) -> int:
    for _ in range(1000):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the child did not start")


def _is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
