"""Finds out what is in a file, in a process of its own with limits; the content decides, never the name."""

import json
import math
import os
import sys
from pathlib import Path

from cathedra.adapters import confinement
from cathedra.config import Encoding, Upload
from cathedra.domain.encoding import Limits, Probe, Problem, probe_from_json, problem_probe
from cathedra.domain.terms import UnableTo

_GIB = 1024**3
_KILLED_BY_LIMIT = (-9, -24, -25, -11, -6)  # KILL, XCPU, XFSZ, SEGV, ABRT


class Prober:
    """Reads files that strangers sent."""

    def __init__(self, settings: Encoding, upload: Upload | None = None) -> None:
        self._settings = settings
        self._most_bytes = (upload or Upload()).max_bytes

    def probe(self, path: Path, *, limits: Limits) -> Probe:
        """Read all of a file. What is wrong with it is in the answer; UnableTo is for what is wrong with us."""
        with path.open("rb") as file:
            asked = {
                "descriptor": file.fileno(),
                "limits": {
                    "max_streams": limits.max_streams,
                    "min_side": limits.min_side,
                    "max_side": limits.max_side,
                    "max_pixels": limits.max_pixels,
                    "max_frames": limits.max_frames,
                },
            }
            seconds = self._may_take(os.fstat(file.fileno()).st_size)
            lines: list[str] = []
            ended = confinement.run(
                [sys.executable, "-I", "-m", "cathedra.adapters.probing", json.dumps(asked)],
                confinement.Limits(
                    wall_seconds=seconds,
                    cpu_seconds=math.ceil(seconds),
                    memory_bytes=self._settings.probe_memory_bytes,
                    file_bytes=0,
                    may_drop_user=True,
                ),
                cwd=Path("/"),
                pass_fds=[file.fileno()],
                on_line=lines.append,
            )
        return _answer(ended, lines)

    def _may_take(self, size_bytes: int) -> float:
        """Seconds: what has no index that can be believed is read to its end, so they grow with the file. They stop at the
        largest that can be uploaded, and a small file that is slow on purpose ends soon (security class 28)."""
        counted = min(size_bytes, self._most_bytes)
        return self._settings.probe_seconds + self._settings.probe_seconds_per_gib * counted / _GIB


def _answer(ended: confinement.Ended, lines: list[str]) -> Probe:
    if ended.code == 0 and lines:
        return probe_from_json(json.loads(lines[-1]))
    if ended.is_late or ended.code in _KILLED_BY_LIMIT or "MemoryError" in ended.errors:
        return problem_probe(Problem.TOO_COSTLY)
    raise UnableTo(f"Could not look into the file: the prober ended with {ended.code}: {ended.errors[-300:]}")
