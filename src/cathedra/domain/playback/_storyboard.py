"""Small pictures on sheets, for hovering over the time line: how many, how large, and the WebVTT that finds them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_POSTER_AT_MOST_MS = 20_000
_SIDE = 160
_COLUMNS = _ROWS = 10
_MOST = 400  # pictures of one recording
_CUE = re.compile(r"^(\S+) --> \S+\n(\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tiling:
    """Every `every`th key frame, `width` x `height` pixels each."""

    every: int
    width: int
    height: int
    columns: int = _COLUMNS
    rows: int = _ROWS


@dataclass(frozen=True, slots=True)
class Tile:
    """One small picture: from when it is shown, on which sheet (from 1) and where."""

    begins: float
    sheet: int
    x: int
    y: int


def arrange(key_times: Sequence[float], *, width: int, height: int) -> tuple[Tiling, tuple[Tile, ...]]:
    """Lay the key frames of a picture out on sheets, thinned when there are many."""
    every = max(1, -(-len(key_times) // _MOST))
    long = max(width, height, 1)
    size = [max(2, round(side * _SIDE / long / 2) * 2) for side in (width, height)]
    tiling = Tiling(every, size[0], size[1])
    tiles = []
    for number, begins in enumerate(key_times[::every]):
        sheet, place = divmod(number, _COLUMNS * _ROWS)
        row, column = divmod(place, _COLUMNS)
        tiles.append(Tile(begins, sheet + 1, column * tiling.width, row * tiling.height))
    return tiling, tuple(tiles)


def storyboard_vtt(tiles: Sequence[Tile], tiling: Tiling, *, ends: float) -> str:
    """Cues that cover the whole recording without a hole."""
    lines = ["WEBVTT", ""]
    for number, tile in enumerate(tiles):
        begins = 0.0 if number == 0 else tile.begins
        until = tiles[number + 1].begins if number + 1 < len(tiles) else max(ends, begins + 0.001)
        place = f"xywh={tile.x},{tile.y},{tiling.width},{tiling.height}"
        lines += [f"{_stamp(begins)} --> {_stamp(until)}", f"storyboard-{tile.sheet}.jpg#{place}", ""]
    return "\n".join(lines)


def _stamp(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def poster_at(duration_ms: int) -> int:
    """Where the still that stands for a recording is taken: after a title, not at the end of a short one."""
    return min(_POSTER_AT_MOST_MS, duration_ms // 10)


def edited_storyboard(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """The same sheets for what is kept: a small picture that was taken in a cut is not shown, its neighbour stands."""
    shown = []
    for begins, place in _CUE.findall(text):
        at, before = _ms(begins), 0
        for start, end in kept:
            if start <= at < end:
                shown.append((before + at - start, place))
            before += end - start
    lasts = sum(end - start for start, end in kept)
    lines = ["WEBVTT", ""]
    for number, (begins_ms, place) in enumerate(shown):
        until = shown[number + 1][0] if number + 1 < len(shown) else max(lasts, begins_ms + 1)
        first = 0 if number == 0 else begins_ms
        lines += [f"{_stamp(first / 1000)} --> {_stamp(until / 1000)}", place, ""]
    return "\n".join(lines)


def hidden_tiles(text: str, kept: Sequence[tuple[int, int]]) -> dict[str, list[tuple[int, int, int, int]]]:
    """Every sheet, and where on it (x, y, width, height) small pictures stand that were taken in a cut."""
    sheets: dict[str, list[tuple[int, int, int, int]]] = {}
    for begins, place in _CUE.findall(text):
        name, _, where = place.partition("#xywh=")
        hidden = sheets.setdefault(name, [])
        if not any(start <= _ms(begins) < end for start, end in kept):
            x, y, width, height = (int(number) for number in where.split(","))
            hidden.append((x, y, width, height))
    return sheets


def _ms(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
