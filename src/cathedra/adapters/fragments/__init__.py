"""Fragmented MP4 files of one track each: reads where their fragments lie, and puts their clock right.

ffmpeg begins every track at decoding time zero, so with reordered frames the picture comes late by as much as the
reordering, and each track by a different amount. `settle` moves the first presentation to where it belongs.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cathedra.adapters.fragments._boxes import BrokenFile, Run, move_run, read_box, read_run, top_boxes
from cathedra.adapters.fragments._codecs import Header, read_header
from cathedra.adapters.fragments._retime import retime
from cathedra.adapters.fragments._samples import Piece, Sample, compose, read_samples, shown_times

__all__ = [
    "BrokenFile",
    "Fragment",
    "FragmentedFile",
    "Header",
    "Piece",
    "Sample",
    "compose",
    "read",
    "read_samples",
    "retime",
    "settle",
    "shown_times",
]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A moof with its mdat, as bytes in the file and seconds on the recording's clock: of showing, not of decoding."""

    offset: int
    length: int
    begins: float
    lasts: float
    is_key: bool
    samples: int


@dataclass(frozen=True, slots=True)
class FragmentedFile:
    """What a playlist and a row need to know of a file."""

    header: Header
    header_bytes: int
    fragments: tuple[Fragment, ...]

    @property
    def ends(self) -> float:
        """Seconds, on the recording's clock."""
        return max((fragment.begins + fragment.lasts for fragment in self.fragments), default=0.0)


def read(path: Path) -> FragmentedFile:
    """Where everything lies. Raises BrokenFile when the file is not one of ours."""
    size = path.stat().st_size
    header: Header | None = None
    header_bytes = 0
    fragments: list[Fragment] = []
    pending: tuple[int, Run] | None = None
    with path.open("rb") as file:
        for kind, at, length in top_boxes(file, size):
            if kind == b"moov":
                header, header_bytes = read_header(read_box(file, at, length)), at + length
            elif kind == b"moof":
                pending = at, read_run(read_box(file, at, length))
            elif kind == b"mdat" and pending and header:
                fragments.append(_fragment(pending[0], at + length, pending[1], header.units_per_second))
                pending = None
    if header is None or not fragments:
        raise BrokenFile(f"{path.name} holds nothing to play.")
    return FragmentedFile(header, header_bytes, tuple(fragments))


def _fragment(offset: int, end: int, run: Run, units: int) -> Fragment:
    return Fragment(
        offset=offset,
        length=end - offset,
        begins=run.first_shown / units,
        lasts=(run.shown_until - run.first_shown) / units,
        is_key=run.is_key,
        samples=len(run.durations),
    )


def settle(path: Path, *, first_shown: Fraction) -> None:
    """Move all times so that the first sample is presented at `first_shown` seconds (at least 0), in place.

    Decoding begins with presentation, as CMAF wants it; frames shown out of order get signed offsets. Doing it again
    changes nothing.
    """
    size = path.stat().st_size
    units = 0
    change: tuple[int, int] | None = None
    with path.open("r+b") as file:
        for kind, at, length in list(top_boxes(file, size)):
            if kind == b"moov":
                units = read_header(read_box(file, at, length)).units_per_second
            elif kind == b"moof":
                moof = read_box(file, at, length)
                change = change or _change(read_run(moof), round(first_shown * units))
                if change == (0, 0):
                    return
                move_run(moof, decoding=change[0], showing=change[1])
                file.seek(at)
                file.write(moof)


def _change(run: Run, target: int) -> tuple[int, int]:
    return target - run.decode_time, -(run.offsets[0] if run.offsets else 0)
