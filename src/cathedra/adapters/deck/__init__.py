"""Reads the text of a deck (PDF or PPTX) that a person sent, page by page, in a process of its own with limits: the
content decides what it is, never the name; archive bombs, XML entities and files that cost too much are refused."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from cathedra.adapters import confinement
from cathedra.domain.library import DeckPage, DeckProblem, deck_problem
from cathedra.domain.terms import UnableTo

__all__ = ["DeckFile", "DeckReader"]

_SECONDS = 60
_MEMORY = 1536 * 1024**2
_KILLED_BY_LIMIT = (-9, -24, -25, -11, -6)  # KILL, XCPU, XFSZ, SEGV, ABRT


@dataclass(frozen=True, slots=True)
class DeckFile:
    """What was found: its pages, or why there are none."""

    pages: tuple[DeckPage, ...]
    problem: DeckProblem | None = None


class DeckReader:
    """Reads files that people sent."""

    def read(self, path: Path) -> DeckFile:
        """All pages of a file. What is wrong with it is in the answer; UnableTo is for what is wrong with us."""
        lines: list[str] = []
        with path.open("rb") as file:
            ended = confinement.run(
                [sys.executable, "-I", "-m", "cathedra.adapters.deck", str(file.fileno())],
                confinement.Limits(
                    wall_seconds=_SECONDS * 2,
                    cpu_seconds=_SECONDS,
                    memory_bytes=_MEMORY,
                    file_bytes=0,
                    niceness=10,
                    may_drop_user=True,
                ),
                cwd=Path("/"),
                pass_fds=[file.fileno()],
                on_line=lines.append,
            )
        if ended.code == 0 and lines:
            return _told(json.loads(lines[-1]))
        if ended.is_late or ended.code in _KILLED_BY_LIMIT or "MemoryError" in ended.errors:
            return DeckFile((), DeckProblem.TOO_COSTLY)
        raise UnableTo(f"Reading a deck ended with {ended.code}: {ended.errors[-500:]}")


def _told(answer: dict[str, object]) -> DeckFile:
    if problem := answer.get("problem"):
        return DeckFile((), deck_problem(str(problem)))
    pages = answer.get("pages")
    listed = pages if isinstance(pages, list) else []
    return DeckFile(tuple(DeckPage(str(text), str(title)) for text, title in listed))
