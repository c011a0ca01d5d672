"""A Python program in a fork of this process: what this process has loaded is there, and is not loaded again.

The program runs as `python -m` would run it: with arguments, output and signals of its own, and with nothing open that
this process has open. It looks to its parent like a `subprocess.Popen`.
"""

import contextlib
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from typing import IO

import setproctitle
import structlog

from cathedra.adapters.processes import _relay as relay

_HANDLED = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_fork = multiprocessing.get_context("fork")
setproctitle.getproctitle()  # finds the title's place, which it cannot once the environment has been changed


class Forked:
    """One program, running or ended. `stdout` is what it says, errors too."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        *,
        title: str,
        at_birth: Callable[[], None],
    ) -> None:
        ours, its = os.pipe()
        parents = _open_here()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)  # until the child has handlers of its own

        def live() -> None:
            _leave_the_parent(parents, its)
            at_birth()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            _run(module, arguments, title)

        self._process: BaseProcess = _fork.Process(target=live, name=title)
        try:
            with relay.silence:  # a thread that holds a lock of the log would hold it for ever in the child
                self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(its)
        self.stdout: IO[str] = os.fdopen(ours, encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """Its status, or the signal that ended it as a negative number; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same."""
        return self.returncode

    def wait(self, timeout: float) -> int | None:
        """Its end, at most so many seconds; None when it still runs then."""
        self._process.join(timeout)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """To itself; nothing when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _open_here() -> list[int]:
    """The numbers of what is open, without that of the list itself: the next that is opened may have it."""
    return [int(name) for name in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{name}")]


def _leave_the_parent(parents: Sequence[int], output: int) -> None:
    """A session of its own, no handler of the parent's, and none of what it has open: its lock on the data folder, the
    undertaker's pipe. (The parent's objects that hold these numbers are never collected here.)"""
    os.setsid()
    for number in _HANDLED - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(number, target)
    for number in {nothing, *parents} - {0, 1, 2}:
        with contextlib.suppress(OSError):  # another thread has closed it meanwhile
            os.close(number)


def _run(module: str, arguments: Sequence[str], title: str) -> None:
    setproctitle.setproctitle(title)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout, sys.stderr = (
        os.fdopen(number, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
        for number in (1, 2)
    )
    structlog.reset_defaults()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
