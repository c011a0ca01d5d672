"""What is kept about each child in a file of its name, so that a later start can end what an earlier one left."""

import contextlib
import os
import signal
import time
from pathlib import Path


def end_strays(records: Path) -> list[str]:
    """End process groups that an earlier supervisor left behind. Returns their names. Hold the folder's lock."""
    ended = []
    for record in sorted(records.glob("*")) if records.is_dir() else ():
        pid_text, _, born = record.read_text().partition(" ")
        if pid_text.isdigit() and _birth(int(pid_text)) == born.strip() != "":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(int(pid_text), signal.SIGINT)
            _await_end(int(pid_text), born.strip())
            kill_group(int(pid_text))
            ended.append(record.name)
        record.unlink(missing_ok=True)
    return ended


def _await_end(pid: int, born: str) -> None:
    for _ in range(100):
        if _birth(pid) != born:
            return
        time.sleep(0.05)


def _birth(pid: int) -> str:
    """When the process was born, in the kernel's clock ticks; empty when there is none or it is a zombie."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if after_name[0] == "Z" else after_name[19]


def write(path: Path, pid: int) -> None:
    """Note a child's process and when it was born: a number alone may come to mean another process."""
    beside = path.with_name(f".{path.name}")
    beside.write_text(f"{pid} {_birth(pid)}\n")
    beside.replace(path)  # whoever looks finds the old record or the new one


def kill_group(pid: int) -> None:
    """End a child and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
