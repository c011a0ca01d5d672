"""Reads what is written in pictures, in a process of its own with limits: RapidOCR where it is installed (the extra
`slides`; its models are in its package), else Tesseract, else nothing is read."""

import contextlib
import importlib.util
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from cathedra.adapters import confinement
from cathedra.domain.library import Line
from cathedra.domain.terms import UnableTo

__all__ = ["Page", "Rapid", "Reader", "Tesseract", "find_reader"]

_MEMORY = 6 * 1024**3
_PICTURES_AT_ONCE = 64
_START_S, _EACH_S = 60, 60
_LEAST_SURE = 30  # of 100: below, Tesseract guesses


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a picture of that size."""

    lines: tuple[Line, ...]
    width: int
    height: int


class Reader(Protocol):
    """Reads pictures. `name` says what does it."""

    name: str

    def read(self, pictures: Sequence[Path], *, on_read: Callable[[int], None]) -> list[Page]:
        """A page for each picture, in order; `on_read` hears how many are done. Raises UnableTo."""


def find_reader() -> Reader | None:
    """The best that is installed, or none."""
    if all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")):
        return Rapid()
    program = shutil.which("tesseract")
    return Tesseract(Path(program)) if program else None


def _limits(seconds: int) -> confinement.Limits:
    return confinement.Limits(
        wall_seconds=seconds * 4,
        cpu_seconds=seconds,
        memory_bytes=_MEMORY,
        file_bytes=0,
        niceness=15,
        may_drop_user=True,
    )


class Rapid:
    """RapidOCR: half a per cent of wrong letters on slides, at a second and a half a slide."""

    def __init__(self) -> None:
        self.name = f"RapidOCR {version('rapidocr')}"

    def read(self, pictures: Sequence[Path], *, on_read: Callable[[int], None]) -> list[Page]:
        found: list[Page] = []
        for first in range(0, len(pictures), _PICTURES_AT_ONCE):
            part = pictures[first : first + _PICTURES_AT_ONCE]
            found += self._read(part, lambda done, before=first: on_read(before + done))  # type: ignore[misc]  # a default binds it now
        return found

    def _read(self, pictures: Sequence[Path], on_read: Callable[[int], None]) -> list[Page]:
        pages: list[Page] = []

        def take(line: str) -> None:
            if line.startswith("{"):
                pages.append(_page(line))
                on_read(len(pages))

        with contextlib.ExitStack() as opened:
            numbers = [opened.enter_context(picture.open("rb")).fileno() for picture in pictures]
            ended = confinement.run(
                [sys.executable, "-I", "-m", "cathedra.adapters.ocr", json.dumps(numbers)],
                _limits(_START_S + _EACH_S * len(pictures)),
                cwd=Path("/"),
                pass_fds=numbers,
                on_line=take,
                environment={"OMP_NUM_THREADS": "1"},
            )
        if len(pages) != len(pictures):
            raise UnableTo(f"Reading slides ended with {ended.code} after {len(pages)} of them: {ended.errors[-500:]}")
        return pages


def _page(line: str) -> Page:
    told = json.loads(line)
    return Page(tuple(Line(*one) for one in told["lines"]), told["width"], told["height"])


class Tesseract:
    """Tesseract, where only that is installed: four to nine per cent of wrong letters, a third of a second a slide."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self.name = "Tesseract"

    def read(self, pictures: Sequence[Path], *, on_read: Callable[[int], None]) -> list[Page]:
        pages = []
        for number, picture in enumerate(pictures):
            pages.append(self._read(picture))
            on_read(number + 1)
        return pages

    def _read(self, picture: Path) -> Page:
        rows: list[str] = []
        with picture.open("rb") as file:
            ended = confinement.run(
                [self._program, f"/proc/self/fd/{file.fileno()}", "stdout", "--psm", "11", "tsv"],
                _limits(_EACH_S),
                cwd=Path("/"),
                pass_fds=[file.fileno()],
                on_line=rows.append,
                environment={"OMP_THREAD_LIMIT": "1"},
            )
        if ended.code != 0 or not rows:
            raise UnableTo(f"Reading a slide ended with {ended.code}: {ended.errors[-500:]}")
        return tesseract_page(rows)


def tesseract_page(rows: Sequence[str]) -> Page:
    """Of Tesseract's table: words of the same line, put together; a line ends where a wide gap is."""
    width = height = 0
    lines: list[list[tuple[int, int, int, int, float, str]]] = []
    last = None
    for row in rows[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        x, y, wide, high = (int(cell) for cell in cells[6:10])
        if cells[0] == "1":
            width, height = wide, high
        elif cells[0] == "5" and float(cells[10]) >= _LEAST_SURE and cells[11].strip():
            place = cells[2:5]
            if place != last or x - (lines[-1][-1][0] + lines[-1][-1][2]) > 3 * high:
                lines.append([])
            lines[-1].append((x, y, wide, high, float(cells[10]) / 100, cells[11]))
            last = place
    return Page(tuple(_joined(words) for words in lines), width, height)


def _joined(words: Sequence[tuple[int, int, int, int, float, str]]) -> Line:
    left, top = min(word[0] for word in words), min(word[1] for word in words)
    right, bottom = max(word[0] + word[2] for word in words), max(word[1] + word[3] for word in words)
    sure = sum(word[4] for word in words) / len(words)
    return Line(" ".join(word[5] for word in words), left, top, right - left, bottom - top, sure)
