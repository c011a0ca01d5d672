"""Small pictures on sheets, for hovering over the time line: how many, how large, and the WebVTT that finds them."""

from collections.abc import Sequence
from dataclasses import dataclass

_SIDE = 160
_COLUMNS = _ROWS = 10
_MOST = 400  # pictures of one recording


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
