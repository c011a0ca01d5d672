"""Runs a program that reads what strangers sent: limited in time, memory, size and reach (security classes 7, 28)."""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024**2
_ENTER = Path(__file__).with_name("_enter.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use at most. `wall_seconds` is real time, `cpu_seconds` is of all its threads."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int
    niceness: int = 0
    may_drop_user: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended. `is_late` when it was stopped for taking too long."""

    code: int
    errors: str
    is_late: bool = False


def run(
    program: Sequence[str | Path],
    limits: Limits,
    *,
    cwd: Path,
    pass_fds: Sequence[int] = (),
    on_line: Callable[[str], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run to the end, handing each line it prints to `on_line`. Never a shell; its environment is empty but for what is
    given.

    The program is killed when the wall clock runs out and when this process dies, however that happens.
    """
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", _ENTER, _as_word(limits, program), *(str(part) for part in program)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={"LC_ALL": "C.UTF-8", "HOME": str(cwd), "PATH": "", **(environment or {})},
        cwd=cwd,
        pass_fds=pass_fds,
        start_new_session=True,
    )
    return _Watch(process, limits.wall_seconds).follow(on_line or (lambda line: None))


def _as_word(limits: Limits, program: Sequence[str | Path]) -> str:
    who = _nobody() if limits.may_drop_user and os.geteuid() == 0 and _is_open(Path(program[0])) else None
    told = {
        "AS": limits.memory_bytes,
        "CPU": limits.cpu_seconds,
        "FSIZE": limits.file_bytes,
        "NOFILE": 256,
        "CORE": 0,
        "nice": limits.niceness,
        "parent": os.getpid(),
    }
    if who:
        told |= {"uid": who[0], "gid": who[1], "NPROC": 512}  # threads of that user
    return ",".join(f"{name}={int(number)}" for name, number in told.items())


def _nobody() -> tuple[int, int] | None:
    with contextlib.suppress(KeyError):
        entry = pwd.getpwnam("nobody")
        return entry.pw_uid, entry.pw_gid
    return None


def _is_open(program: Path) -> bool:
    """Whether an unprivileged user can reach the program and the Python that starts it."""
    wanted = (program.resolve(), Path(sys.executable).resolve(), Path(sys.prefix).resolve(), _ENTER)
    return all(part.stat().st_mode & 0o001 for path in wanted for part in path.parents)


class _Watch:
    """Reads what a process prints while the clock runs."""

    def __init__(self, process: subprocess.Popen[str], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._errors: list[str] = []

    def follow(self, on_line: Callable[[str], None]) -> Ended:
        is_late = threading.Event()
        alarm = threading.Timer(self._seconds, lambda: (is_late.set(), self._kill()))
        reader = threading.Thread(target=self._read_errors, daemon=True)
        alarm.daemon = True
        alarm.start()
        reader.start()
        try:
            for line in self._process.stdout or ():
                on_line(line.rstrip("\n"))
            code = self._process.wait()
        finally:
            alarm.cancel()
            self._kill()
            self._process.wait()
            reader.join(timeout=5)
            for pipe in (self._process.stdout, self._process.stderr):
                if pipe:
                    pipe.close()
        return Ended(code, "".join(self._errors), is_late.is_set())

    def _read_errors(self) -> None:
        for line in self._process.stderr or ():
            self._errors.append(line[:2000])
            del self._errors[:-200]

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
