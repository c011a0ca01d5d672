"""Reads what an encode measured on the way: scene scores, and loudness as eight-bit samples."""

import re
from dataclasses import dataclass
from pathlib import Path

_FRAME = re.compile(r"pts_time:(-?[\d.]+)")
_SCORE = re.compile(r"lavfi\.scene_score=([\d.]+)")
_LEAST_SCORE = 0.003
PEAKS_PER_SECOND = 10
_QUIET = 2  # of 127
_SILENCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Scene:
    """How much a frame differs from the one before, 0 to 1, at a time in milliseconds."""

    at_ms: int
    score: float


@dataclass(frozen=True, slots=True)
class Waveform:
    """Loudest sample (0 to 127) of each tenth of a second, and the silences in milliseconds."""

    peaks: tuple[int, ...]
    silences: tuple[tuple[int, int], ...]


def read_scenes(path: Path) -> list[Scene]:
    """Every frame that differs visibly from the one before; the beginning is always there."""
    if not path.exists():
        return []
    scenes, at = [Scene(0, 1.0)], 0.0
    with path.open() as lines:
        for line in lines:
            if found := _FRAME.search(line):
                at = float(found[1])
            elif (found := _SCORE.match(line)) and float(found[1]) > _LEAST_SCORE:
                scenes.append(Scene(round(at * 1000), round(float(found[1]), 4)))
    return scenes


def read_seen(path: Path) -> float:
    """The second in which a picture was last looked at; 0 when that was not asked."""
    if not path.exists():
        return 0.0
    rows = [line.split(",") for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return int(rows[-1][2]) / 1000 if rows else 0.0


def read_waveform(path: Path, rate: int) -> Waveform | None:
    """Loudness of unsigned eight-bit samples around 128."""
    if not path.exists():
        return None
    step = rate // PEAKS_PER_SECOND
    peaks = []
    with path.open("rb") as file:
        while part := file.read(step):
            peaks.append(min(127, max(max(part) - 128, 128 - min(part))))
    return Waveform(tuple(peaks), tuple(_silences(peaks)))


def _silences(peaks: list[int]) -> list[tuple[int, int]]:
    found, began = [], None
    for number, peak in enumerate([*peaks, 127]):
        if peak <= _QUIET:
            began = number if began is None else began
        elif began is not None:
            if number - began >= _SILENCE_SECONDS * PEAKS_PER_SECOND:
                found.append((began * 1000 // PEAKS_PER_SECOND, number * 1000 // PEAKS_PER_SECOND))
            began = None
    return found
