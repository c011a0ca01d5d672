"""One program: started so that it dies with us, awaited, started again when it died, stopped within a bound."""

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from cathedra.adapters.processes import _records as records
from cathedra.adapters.processes import _relay as relay
from cathedra.adapters.processes._forked import Forked
from cathedra.domain.terms import UnableTo

LONGEST_DELAY_S = 30.0
HEALTHY_AFTER_S = 60.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Program:
    """What to run and how to end it. `is_ready` is asked until it says yes; `grace_s` bounds an orderly stop;
    `leftovers` of an earlier life (a socket) are removed before every start. With a `module`, it is the Python program
    `python -m module` with `command` as its arguments, in a fork of this process with its environment, and `ps` shows it
    under its `title`."""

    name: str
    command: Sequence[str]
    module: str = ""
    title: str = ""
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
        self._process: subprocess.Popen[str] | Forked | None = None
        self._started_at = 0.0
        self._delay_s = 0.0
        self._next_try_at = 0.0
        self._told = threading.Thread()  # what repeats what it says

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
        at_birth = _dying_with_parent(program.stop_signal)
        self._process = _forked(program, at_birth) if program.module else _executed(program, at_birth)
        self._started_at = time.monotonic()
        records.write(self._records / program.name, self._process.pid)
        assert self._process.stdout is not None  # noqa: S101 - it was asked for above
        self._told = threading.Thread(target=relay.lines, args=(program.name, self._process.stdout), daemon=True)
        self._told.start()

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

    def end(self, at_most_s: float) -> int:
        """Wait for the end of a program that ends by itself. Returns its status; 1 when it had to be ended by force."""
        process = self._process
        if process is None:
            return 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=at_most_s)
        status = process.poll()
        self._end_group()
        self._told.join(timeout=5)
        return 1 if status is None else status

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
            records.kill_group(self._process.pid)
            (self._records / self.program.name).unlink(missing_ok=True)


def _executed(program: Program, at_birth: Callable[[], None]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        list(program.command),
        env=dict(program.environment) or None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=at_birth,
        **program.options,
    )


def _forked(program: Program, at_birth: Callable[[], None]) -> Forked:
    return Forked(program.module, program.command, title=program.title or program.name, at_birth=at_birth)


def _dying_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    supervisor = os.getpid()

    def in_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != supervisor:  # it died before we asked
            os._exit(1)

    return in_child
