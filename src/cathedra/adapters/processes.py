"""Child processes: start them so that they die with us, keep them alive, stop them in order and leave nothing behind.

Every child leads its own process group, so that whatever it started can be ended with it. Three nets hold when we go:
an orderly `stop`; the kernel's parent-death signal and an undertaker (a shell that waits on a pipe) when we are killed;
and `end_strays` at the next start, for the day when both were killed too.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import structlog

from cathedra.domain.terms import UnableTo

LONGEST_DELAY_S = 30.0
HEALTHY_AFTER_S = 60.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
_log = structlog.get_logger()

_UNDERTAKER = """
trap '' INT TERM HUP
read -r _
for f in "$1"/*; do [ -f "$f" ] && read -r p _ <"$f" && kill -TERM -- "-$p" 2>/dev/null; done
sleep 3
for f in "$1"/*; do [ -f "$f" ] && read -r p _ <"$f" && kill -KILL -- "-$p" 2>/dev/null; done
exit 0
"""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run and how to end it. `is_ready` is asked until it says yes; `grace_s` bounds an orderly stop;
    `leftovers` of an earlier life (a socket) are removed before every start."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 8.0
    ready_s: float = 30.0
    options: Mapping[str, Any] = field(default_factory=dict)
    leftovers: tuple[Path, ...] = ()


class Child:
    """One program, running or to be started again."""

    def __init__(self, program: Program, records: Path) -> None:
        self.program = program
        self._records = records
        self._process: subprocess.Popen[str] | None = None
        self._started_at = 0.0
        self._delay_s = 0.0
        self._next_try_at = 0.0

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program now; call it from the main thread only: children die with the thread that made them."""
        program = self.program
        for path in program.leftovers:
            path.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            list(program.command),
            env=dict(program.environment) or None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_dying_with_parent(program.stop_signal),
            **program.options,
        )
        self._started_at = time.monotonic()
        _record(self._records / program.name, self._process.pid)
        assert self._process.stdout is not None  # noqa: S101 - it was asked for above
        threading.Thread(target=_relay, args=(program.name, self._process.stdout), daemon=True).start()

    def await_ready(self, is_stopping: Callable[[], bool] = lambda: False) -> None:
        """Wait until the program answers. Raises UnableTo when it ends or does not answer in time."""
        is_ready = self.program.is_ready
        deadline = time.monotonic() + self.program.ready_s
        while is_ready is not None and not is_stopping():
            if not self.is_running:
                raise UnableTo(f"{self.program.name} ended while it was starting; its last lines are above.")
            if is_ready():
                return
            if time.monotonic() > deadline:
                raise UnableTo(f"{self.program.name} did not answer within {self.program.ready_s:.0f} seconds.")
            time.sleep(0.02)

    def tend(self) -> None:
        """Start the program again when it died, after a pause that doubles with every early death."""
        if self.is_running or self._process is None:
            return
        now = time.monotonic()
        if not self._next_try_at:
            self._end_group()
            lived_s = now - self._started_at
            self._delay_s = 0.2 if lived_s > HEALTHY_AFTER_S else min(LONGEST_DELAY_S, max(0.2, self._delay_s * 2))
            self._next_try_at = now + self._delay_s
            _log.warning(
                "child died", child=self.program.name, status=self._process.returncode, again_in_s=self._delay_s
            )
        elif now >= self._next_try_at:
            self._next_try_at = 0.0
            self.start()
            _log.info("child started again", child=self.program.name, pid=self.pid)

    def ask_to_stop(self) -> None:
        """Send the program its stop signal."""
        if self._process is not None and self.is_running:
            self._process.send_signal(self.program.stop_signal)

    def finish(self) -> None:
        """Wait for the end, at most the grace period; then end the whole group by force."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=self.program.grace_s)
        if self.is_running:
            _log.warning("child killed", child=self.program.name, after_s=self.program.grace_s)
        self._end_group()
        self._process.wait(timeout=10)
        self._process = None

    def _end_group(self) -> None:
        if self._process is not None:
            _kill_group(self._process.pid)
            (self._records / self.program.name).unlink(missing_ok=True)


class Tree:
    """The children of one supervisor, and the records that let a later one clean up after it."""

    def __init__(self, records: Path) -> None:
        self._records = records
        self._children: list[Child] = []
        self._undertaker: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make the records' folder and start the undertaker."""
        self._records.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._undertaker = subprocess.Popen(
            ["/bin/sh", "-c", _UNDERTAKER, "undertaker", str(self._records)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def start(self, program: Program) -> Child:
        """Start a program and keep it in the tree; readiness is the caller's to await."""
        child = Child(program, self._records)
        self._children.append(child)
        child.start()
        return child

    def tend(self) -> None:
        """Start again whatever died."""
        for child in self._children:
            child.tend()

    def stop(self, order: Sequence[Sequence[str]]) -> None:
        """Stop the named children, one group of names after another, then everything else, and wait for their end."""
        named = {name for names in order for name in names}
        rest = [child.program.name for child in reversed(self._children) if child.program.name not in named]
        for names in (*order, *([name] for name in rest)):
            together = [child for child in self._children if child.program.name in names]
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.finish()
        self._children.clear()
        self._dismiss_undertaker()

    def _dismiss_undertaker(self) -> None:
        if self._undertaker is not None:
            self._undertaker.kill()
            self._undertaker.wait(timeout=5)
            if self._undertaker.stdin is not None:
                self._undertaker.stdin.close()
            self._undertaker = None


class FolderLock:
    """One supervisor for one data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> str | None:
        """Take the lock. Returns None when it is ours, else what its holder wrote about itself."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            return holder or "unknown"
        self._file = file
        return None

    def describe(self, text: str) -> None:
        """Write what the next one who finds the lock taken should read."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.write(text)
            self._file.flush()

    def release(self) -> None:
        """Give it back."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def end_strays(records: Path) -> list[str]:
    """End process groups that an earlier supervisor left behind. Returns their names. Hold the folder's lock."""
    ended = []
    for record in sorted(records.glob("*")) if records.is_dir() else ():
        pid_text, _, born = record.read_text().partition(" ")
        if pid_text.isdigit() and _birth(int(pid_text)) == born.strip() != "":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(int(pid_text), signal.SIGINT)
            _await_end(int(pid_text), born.strip())
            _kill_group(int(pid_text))
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


def _record(path: Path, pid: int) -> None:
    path.write_text(f"{pid} {_birth(pid)}\n")


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _dying_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    supervisor = os.getpid()

    def in_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != supervisor:  # it died before we asked
            os._exit(1)

    return in_child


def _relay(name: str, lines: IO[str]) -> None:
    with lines:
        for line in lines:
            if text := line.rstrip():
                _log.info(text, child=name)
