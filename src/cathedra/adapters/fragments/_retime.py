"""Lets every picture last as long as it is shown.

ffmpeg tells of each sample how long it is until the next is *decoded*. Where frames are decoded out of order and stand for
different times (a screen that stands still), that is another frame's time: fragments then end before the next one begins or
beyond it, and the last before the recording does.
"""

import dataclasses
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from cathedra.adapters.fragments._boxes import Run, read_box, read_run, top_boxes
from cathedra.adapters.fragments._codecs import read_header
from cathedra.adapters.fragments._samples import Sample, fragment, samples_of

_MOST_APART = 0.02  # seconds between a fragment's end and the next one's beginning that no player minds


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    moof_bytes: int
    mdat_bytes: int
    run: Run


def retime(path: Path, *, ends: float) -> None:
    """In place: what is shown last in a fragment stands until the next fragment begins, in the last until `ends` seconds
    (or as long as it did, when it is not shown before). What is right already is not written again, and a file whose
    fragments show pictures of before they begin stays as it is."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        units, places = _places(file, size)
        if not places or any(min(place.run.shown) < place.run.first_shown for place in places):
            return
        until = [place.run.first_shown for place in places[1:]]
        until.append(_end(places[-1].run, round(ends * units)))
        most = round(_MOST_APART * units)
        wrong = [_is_wrong(place.run, end, most) for place, end in zip(places, until, strict=True)]
        wrong[-1] = wrong[-1] or abs(places[-1].run.shown_until - until[-1]) > units // 500
        if any(wrong):  # and then all of what is not exactly so, for beside what is rewritten times must not go back
            wrong = [_is_wrong(place.run, end, 0) for place, end in zip(places, until, strict=True)]
            _rewrite(file, path.with_suffix(".retimed"), places, until, wrong)


def _places(file: BinaryIO, size: int) -> tuple[int, list[_Place]]:
    units, found = 1, list[_Place]()
    moof: tuple[int, int, Run] | None = None
    for kind, at, length in list(top_boxes(file, size)):
        if kind == b"moov":
            units = read_header(read_box(file, at, length)).units_per_second
        elif kind == b"moof":
            moof = at, length, read_run(read_box(file, at, length))
        elif kind == b"mdat" and moof is not None:
            found.append(_Place(moof[0], moof[1], length, moof[2]))
            moof = None
    return units, found


def _end(run: Run, wanted: int) -> int:
    return wanted if wanted > max(run.shown) else run.shown_until


def _is_wrong(run: Run, until: int, most: int) -> bool:
    """Shown until another instant, or decoded from another on than it is shown, or until another: beside one that is
    not, times would go back."""
    decoded_until = run.decode_time + sum(run.durations)
    apart = (run.shown_until - until, run.decode_time - run.first_shown, decoded_until - until)
    return any(abs(one) > most for one in apart)


def _rewrite(file: BinaryIO, tail: Path, places: Sequence[_Place], until: Sequence[int], wrong: Sequence[bool]) -> None:
    """Everything from the first fragment that is wrong, by way of a file beside it: a fragment may grow."""
    first = wrong.index(True)
    with tail.open("w+b") as target:
        for number, place in enumerate(places[first:], start=first):
            file.seek(place.at)
            data = file.read(place.moof_bytes + place.mdat_bytes)
            if wrong[number]:
                payload = data[place.moof_bytes + 8 :]
                data = fragment(
                    number + 1, _timed(samples_of(bytearray(data[: place.moof_bytes]), payload), until[number])
                )
            target.write(data)
        target.seek(0)
        file.seek(places[first].at)
        file.truncate()
        shutil.copyfileobj(target, file)
    tail.unlink()


def _timed(samples: Sequence[Sample], until: int) -> list[Sample]:
    """Each lasts until the next is shown; decoding begins with showing and goes on without a gap."""
    shown = sorted(one.shown for one in samples)
    after = dict(pairwise([*shown, until]))
    decoded, timed = samples[0].shown, []
    for one in samples:
        lasts = after[one.shown] - one.shown
        timed.append(dataclasses.replace(one, decoded=decoded, lasts=lasts))
        decoded += lasts
    return timed
