"""What is written on a slide: lines found in a picture, put in the order in which people read them, and which is its title."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_GUTTER = 0.025  # of the width: a gap between columns
_UPPER = 0.42  # of the height: where a title stands
_TALLER = 1.15
_ABOVE = 0.2  # of the height: where the titles of ordinary slides stand, and nothing of a first one
_MIDDLE = 0.62
_FAR_TALLER = 1.3
_TITLE_LIMIT = 120
_SURE = 0.5
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a picture: its box in pixels, and how sure the reader is (0 to 1)."""

    text: str
    x: float
    y: float
    width: float
    height: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What is on a slide."""

    text: str
    title: str
    confidence: float | None


NOTHING_READ = Reading("", "", None)


def read_slide(lines: Sequence[Line], *, width: int, height: int) -> Reading:
    """The text in reading order, a line each, and the title; of a picture of that size."""
    there = [line for line in lines if line.text.strip() and line.width > 0 and line.height > 0]
    if not there:
        return NOTHING_READ
    ordered = reading_order(there, gutter=width * _GUTTER)
    letters = sum(len(line.text) for line in there)
    sure = sum(line.confidence * len(line.text) for line in there) / letters
    text = "\n".join(" ".join(line.text.split()) for line in ordered)
    return Reading(text, title_of(there, height=height), round(sure, 3))


def reading_order(lines: Sequence[Line], *, gutter: float) -> list[Line]:
    """From top to bottom, and where a gap parts columns, the left column first."""
    if len(lines) < 2:
        return list(lines)
    columns = _split(lines, _across, least=gutter)
    if len(columns) > 1 and all(len(column) > 1 for column in columns):
        return [line for column in columns for line in reading_order(column, gutter=gutter)]
    rows = _split(lines, _down, least=-0.4 * _typical(lines))
    if len(rows) > 1:
        return _by_widest_gap(rows, gutter=gutter)
    return sorted(lines, key=lambda line: line.x)


def _by_widest_gap(rows: list[list[Line]], *, gutter: float) -> list[Line]:
    """Cut where the gap between rows is widest, so that what belongs together below a heading may still be columns."""
    gaps = [
        min(line.y for line in below) - max(line.y + line.height for line in above) for above, below in pairwise(rows)
    ]
    at = gaps.index(max(gaps)) + 1
    parts = ([line for row in part for line in row] for part in (rows[:at], rows[at:]))
    return [line for part in parts for line in reading_order(part, gutter=gutter)]


def _across(line: Line) -> tuple[float, float]:
    return line.x, line.x + line.width


def _down(line: Line) -> tuple[float, float]:
    return line.y, line.y + line.height


def _split(lines: Sequence[Line], extent: Callable[[Line], tuple[float, float]], *, least: float) -> list[list[Line]]:
    """Groups along one direction with at least so much between them."""
    groups: list[list[Line]] = []
    reached = 0.0
    for line in sorted(lines, key=extent):
        begins, ends = extent(line)
        if groups and begins - reached <= least:
            groups[-1].append(line)
            reached = max(reached, ends)
        else:
            groups.append([line])
            reached = ends
    return groups


def _typical(lines: Sequence[Line]) -> float:
    return median(line.height for line in lines)


def title_of(lines: Sequence[Line], *, height: int) -> str:
    """The tallest words in the upper part, with the line below that goes on in the same size; else the tallest of all
    when they stand out; else nothing."""
    worth = [line for line in lines if line.confidence >= _SURE and len(_LETTERS.findall(line.text)) >= 2]
    if not worth:
        return ""
    upper = [line for line in worth if line.y + line.height / 2 <= height * _UPPER]
    upper = _of_first_slide(worth, upper, height=height) or upper
    tallest = max(line.height for line in upper or worth)
    as_tall = sum(1 for line in worth if line.height * _TALLER >= tallest)
    stands_out = as_tall <= max(2, len(worth) // 3)
    if not stands_out and not upper:
        return ""
    first = min((line for line in upper or worth if line.height >= 0.85 * tallest), key=lambda line: (line.y, line.x))
    words, last = [first.text], first
    for line in sorted((one for one in worth if one is not first), key=lambda line: line.y):
        is_next = 0 < line.y - last.y <= 1.8 * last.height and abs(line.x - first.x) < 2 * first.height
        if is_next and 0.8 <= line.height / first.height <= 1.2 and stands_out:
            words.append(line.text)
            last = line
    return shorten(" ".join(" ".join(words).split()))


def _of_first_slide(worth: Sequence[Line], upper: Sequence[Line], *, height: int) -> list[Line]:
    """The first slide of a lecture has its title in the middle, with the course in small letters above it."""
    if not upper or min(line.y for line in upper) < height * _ABOVE:
        return []
    least = _FAR_TALLER * max(line.height for line in upper)
    return [line for line in worth if line.height >= least and line.y + line.height / 2 <= height * _MIDDLE]


def shorten(title: str) -> str:
    """At most so much of a title that it still is one."""
    return title if len(title) <= _TITLE_LIMIT else title[: _TITLE_LIMIT - 1].rstrip() + "…"
