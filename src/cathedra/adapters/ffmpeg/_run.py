"""Starts ffmpeg inside limits and follows its progress."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cathedra.adapters import confinement
from cathedra.domain.terms import UnableTo

OnProgress = Callable[[float, float], None]  # share done (0 to 1), seconds until the end of this run
_NOT_YET = 0.01


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one run may use: `seconds` of real time, bytes it may write into one file, bytes of address space."""

    seconds: float
    file_bytes: int
    memory_bytes: int


class RunFailed(UnableTo):
    """ffmpeg ended badly; the message is for the log, not for people."""


def run(
    program: Path,
    words: Sequence[str],
    *,
    folder: Path,
    allowance: Allowance,
    expected_ms: int,
    on_progress: OnProgress | None,
    cores: int,
) -> confinement.Ended:
    """Run to the end, telling `on_progress` at most once a second and at the end. Raises RunFailed when it took too long.

    A bad exit code is left to the caller to judge by what was written: ffmpeg also complains about a torn end of
    which everything before it is good.
    """
    limits = confinement.Limits(
        wall_seconds=allowance.seconds,
        cpu_seconds=int(allowance.seconds * cores) + 1,
        memory_bytes=allowance.memory_bytes,
        file_bytes=allowance.file_bytes,
        niceness=10,
    )
    follow = _Progress(expected_ms, on_progress)
    ended = confinement.run([program, *words], limits, cwd=folder, on_line=follow.take)
    if ended.is_late or ended.code in (-9, -24, -25):
        raise RunFailed(f"ffmpeg was stopped after {allowance.seconds:.0f} s or too much output ({ended.code}).")
    return ended


class _Progress:
    """Understands `-progress`: blocks of lines, each of which `progress=continue` ends, and the last `progress=end`."""

    def __init__(self, expected_ms: int, on_progress: OnProgress | None) -> None:
        self._expected_us = max(1, expected_ms) * 1000
        self._tell = on_progress
        self._began = time.monotonic()
        self._told = 0.0
        self._share: float | None = None

    def take(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            self._share = min(1.0, int(value) / self._expected_us)
        elif name == "progress" and self._tell is not None and self._share is not None:
            self._tell_share(self._tell, self._share, is_end=value == "end")

    def _tell_share(self, tell: OnProgress, share: float, *, is_end: bool) -> None:
        """At most once a second, and always at the end."""
        now = time.monotonic()
        if now - self._told < 1 and not is_end:
            return
        self._told = now
        spent = now - self._began
        tell(share, spent * (1 - share) / share if share > _NOT_YET else 0.0)
