"""Single samples of a one-track file, and files composed of them: for edges of cuts, whose times are given to the tick."""

import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cathedra.adapters.fragments._boxes import BrokenFile, read_box, read_run, top_boxes, walk

_KEY, _NO_KEY = 0x02000000, 0x01010000
_EVERYTHING = 0x000F01  # a data offset; duration, size, flags and presentation offset of each sample
_BASE_IS_MOOF = 0x020000


@dataclass(frozen=True, slots=True)
class Sample:
    """Encoded bytes, when they are decoded and shown in the track's units, and how long until the next is decoded."""

    decoded: int
    shown: int
    lasts: int
    is_key: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a composed fragment lies in its file."""

    offset: int
    length: int


def read_samples(path: Path) -> tuple[bytes, list[Sample]]:
    """The header as it is and every sample in decoding order. For small files. Raises BrokenFile."""
    header, found = b"", list[Sample]()
    moof: bytearray | None = None
    with path.open("rb") as file:
        for kind, at, length in list(top_boxes(file, path.stat().st_size)):
            if kind == b"moov":
                file.seek(0)
                header = file.read(at + length)
            elif kind == b"moof":
                moof = read_box(file, at, length)
            elif kind == b"mdat" and moof is not None:
                found += samples_of(moof, bytes(read_box(file, at, length)[8:]))
                moof = None
    if not header or not found:
        raise BrokenFile(f"{path.name} holds nothing to play.")
    return header, found


def shown_times(fragments: Iterable[bytes]) -> list[int]:
    """When the pictures of some fragments (each a moof with its mdat) are shown, sorted."""
    times: list[int] = []
    for data in fragments:
        size = struct.unpack_from(">I", data)[0]
        run = read_run(data[:size])
        at = run.decode_time
        for lasts, offset in zip(run.durations, run.offsets, strict=True):
            times.append(at + offset)
            at += lasts
    return sorted(times)


def compose(path: Path, header: bytes, runs: Sequence[Sequence[Sample]]) -> list[Piece]:
    """A file of `header` and one fragment of each run, whose samples keep their times."""
    pieces, at = [], len(header)
    with path.open("wb") as file:
        file.write(header)
        for number, run in enumerate(runs, start=1):
            data = fragment(number, run)
            file.write(data)
            pieces.append(Piece(at, len(data)))
            at += len(data)
    return pieces


def fragment(number: int, run: Sequence[Sample]) -> bytes:
    """The bytes of one fragment, whose samples keep their times."""
    return _moof(number, run) + _box(b"mdat", b"".join(one.data for one in run))


def samples_of(moof: bytearray, payload: bytes) -> list[Sample]:
    """The samples of one moof, whose mdat holds `payload`. Raises BrokenFile."""
    run = read_run(moof)
    samples, at, decoded = [], 0, run.decode_time
    for number, size in enumerate(_sizes(moof, len(run.durations))):
        lasts, offset = run.durations[number], run.offsets[number]
        samples.append(Sample(decoded, decoded + offset, lasts, run.is_key and number == 0, payload[at : at + size]))
        at, decoded = at + size, decoded + lasts
    if at != len(payload):
        raise BrokenFile("A fragment holds other samples than it says.")
    return samples


def _sizes(moof: bytearray, count: int) -> list[int]:
    """Sizes of the samples: each its own, or all the same."""
    default = 0
    for box in walk(moof):
        present = int.from_bytes(moof[box.start + 1 : box.start + 4], "big")
        if box.kind == b"tfhd" and present & 0x10:
            place = box.start + 8 + 8 * bool(present & 1) + 4 * bool(present & 2) + 4 * bool(present & 8)
            default = struct.unpack_from(">I", moof, place)[0]
        elif box.kind == b"trun" and present & 0x200:
            at = box.start + 8 + 4 * bool(present & 1) + 4 * bool(present & 4)
            columns = sum(bool(present & bit) for bit in (0x100, 0x200, 0x400, 0x800))
            table = array("I", bytes(moof[at : at + 4 * columns * count]))
            table.byteswap()
            return list(table[bool(present & 0x100) :: columns])
    return [default] * count


def _moof(number: int, run: Sequence[Sample]) -> bytes:
    rows = b"".join(
        struct.pack(">IIIi", one.lasts, len(one.data), _KEY if one.is_key else _NO_KEY, one.shown - one.decoded)
        for one in run
    )
    mfhd = _box(b"mfhd", struct.pack(">II", 0, number))
    tfhd = _box(b"tfhd", struct.pack(">II", _BASE_IS_MOOF, 1))
    tfdt = _box(b"tfdt", struct.pack(">IQ", 1 << 24, run[0].decoded))
    around = len(mfhd) + len(tfhd) + len(tfdt) + 8 * 3 + 12 + len(rows)  # moof, traf and trun with its first fields
    trun = _box(b"trun", struct.pack(">III", 1 << 24 | _EVERYTHING, len(run), around + 8) + rows)
    return _box(b"moof", mfhd + _box(b"traf", tfhd + tfdt + trun))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content
