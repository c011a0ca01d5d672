"""The boxes of a fragmented MP4 (ISO/IEC 14496-12), as far as we write and mend them."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import BinaryIO

from cathedra.domain.terms import UnableTo

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf"}
_MOST_BOX = 64 * 1024 * 1024  # a moof or moov of ours is never near this


class BrokenFile(UnableTo):
    """What was written cannot be read back."""


@dataclass(slots=True)
class Box:
    """A box in memory: where its contents begin in `data`, and where they end."""

    kind: bytes
    start: int
    end: int


def walk(data: bytes | bytearray, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Every box at every depth below, containers before their contents."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            raise BrokenFile(f"A box {kind!r} is broken.")
        yield Box(kind, start + 8, start + size)
        if kind in _CONTAINERS:
            yield from walk(data, start + 8, start + size)
        start += size


def top_boxes(file: BinaryIO, size_bytes: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, offset and length of the outermost boxes that are there whole; a torn last one is left out."""
    at = 0
    while at + 8 <= size_bytes:
        file.seek(at)
        head = file.read(16)
        length, kind = struct.unpack_from(">I4s", head)
        if length == 1:
            length = struct.unpack_from(">Q", head, 8)[0]
        if length < 8 or at + length > size_bytes:
            return
        yield kind, at, length
        at += length


def read_box(file: BinaryIO, at: int, length: int) -> bytearray:
    """One whole box."""
    if length > _MOST_BOX:
        raise BrokenFile("A box is too large.")
    file.seek(at)
    return bytearray(file.read(length))


@dataclass(slots=True)
class Run:
    """One moof with one track, its samples' times in the track's units."""

    decode_time: int
    durations: array[int] = field(default_factory=lambda: array("I"))
    offsets: array[int] = field(default_factory=lambda: array("i"))  # presentation minus decoding time
    is_key: bool = False

    @property
    def shown(self) -> list[int]:
        """When each sample is presented, in decoding order."""
        decoded = accumulate(self.durations, initial=self.decode_time)
        return [time + offset for time, offset in zip(decoded, self.offsets, strict=False)]

    @property
    def first_shown(self) -> int:
        """When the first sample in decoding order is presented."""
        return self.decode_time + (self.offsets[0] if self.offsets else 0)

    @property
    def shown_until(self) -> int:
        """When the last sample in order of presentation is over (ISO/IEC 14496-12: its composition time and duration).
        Where frames are decoded out of order and stand for different times, decoding ends at another time."""
        return max(map(add, self.shown, self.durations), default=self.decode_time)


def read_run(moof: bytes | bytearray) -> Run:
    """Times of the one track in a moof."""
    run = Run(0)
    lasts, flags = 0, 0
    for box in walk(moof):
        if box.kind == b"tfhd":
            lasts, flags = _defaults(moof, box)
        elif box.kind == b"tfdt":
            run.decode_time = struct.unpack_from(">Q" if moof[box.start] else ">I", moof, box.start + 4)[0]
        elif box.kind == b"trun":
            _samples(moof, box, run, lasts, flags)
    return run


def _defaults(moof: bytes | bytearray, box: Box) -> tuple[int, int]:
    """Default duration and sample flags of a tfhd."""
    present = int.from_bytes(moof[box.start + 1 : box.start + 4], "big")
    at = box.start + 8 + 8 * bool(present & 1) + 4 * bool(present & 2)
    lasts = flags = 0
    if present & 8:
        lasts = struct.unpack_from(">I", moof, at)[0]
        at += 4
    at += 4 * bool(present & 16)
    if present & 32:
        flags = struct.unpack_from(">I", moof, at)[0]
    return lasts, flags


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a trun lie."""

    count: int
    at: int
    columns: int
    lasts: int | None
    flags: int | None
    offset: int | None
    first_flags: int | None


def _layout(moof: bytes | bytearray, box: Box) -> _Layout:
    present = int.from_bytes(moof[box.start + 1 : box.start + 4], "big")
    count = struct.unpack_from(">I", moof, box.start + 4)[0]
    at = box.start + 8 + 4 * bool(present & 1)
    first = None
    if present & 4:
        first = struct.unpack_from(">I", moof, at)[0]
        at += 4
    places: dict[int, int | None] = {}
    columns = 0
    for bit in (0x100, 0x200, 0x400, 0x800):
        places[bit] = columns if present & bit else None
        columns += bool(present & bit)
    return _Layout(count, at, columns, places[0x100], places[0x400], places[0x800], first)


def _table(moof: bytes | bytearray, layout: _Layout) -> array[int]:
    table = array("I", bytes(moof[layout.at : layout.at + 4 * layout.columns * layout.count]))
    table.byteswap()
    return table


def _samples(moof: bytes | bytearray, box: Box, run: Run, lasts: int, flags: int) -> None:
    layout = _layout(moof, box)
    table = _table(moof, layout)
    if not run.durations:
        first = table[layout.flags] if layout.flags is not None else flags
        run.is_key = not (layout.first_flags if layout.first_flags is not None else first) & 0x10000
    width = layout.columns
    run.durations.extend(table[layout.lasts :: width] if layout.lasts is not None else [lasts] * layout.count)
    shown = table[layout.offset :: width] if layout.offset is not None else array("I", [0]) * layout.count
    run.offsets.extend(array("i", shown.tobytes()))


def move_run(moof: bytearray, *, decoding: int, showing: int) -> None:
    """Shift a moof's times in place: its decoding time by `decoding`, and each presentation offset by `showing`
    (which makes the offsets signed, as CMAF has them)."""
    for box in walk(moof):
        if box.kind == b"tfdt":
            form = ">Q" if moof[box.start] else ">I"
            moved = struct.unpack_from(form, moof, box.start + 4)[0] + decoding
            if moved < 0:
                raise BrokenFile("A fragment would begin before zero.")
            struct.pack_into(form, moof, box.start + 4, moved)
        elif box.kind == b"trun" and showing:
            layout = _layout(moof, box)
            if layout.offset is None:
                raise BrokenFile("A fragment has no presentation offsets to shift.")
            table = _table(moof, layout)
            shown = array("i", table[layout.offset :: layout.columns].tobytes())
            table[layout.offset :: layout.columns] = array("I", array("i", [o + showing for o in shown]).tobytes())
            table.byteswap()
            moof[layout.at : layout.at + 4 * len(table)] = table.tobytes()
            moof[box.start] = 1
