"""Sound in pieces: read from a pipe as it comes, cut where it is quiet, so that hours need no more memory than minutes."""

from collections.abc import Iterator
from typing import IO, Any

import numpy as np

RATE = 16_000
PIECE_SECONDS = 120
_LOOK_BACK_SECONDS = 20
_STEP = RATE // 10
_WIDTH = 2  # bytes of a sample


def pieces(stream: IO[bytes], *, seconds: int = PIECE_SECONDS) -> Iterator[tuple[int, Any]]:
    """Where each piece begins, in samples, and its samples from -1 to 1. Together they are all of the sound."""
    at, kept = 0, b""
    while True:
        more = _read(stream, seconds * RATE * _WIDTH - len(kept))
        kept += more
        if not kept:
            return
        samples = np.frombuffer(kept[: len(kept) // _WIDTH * _WIDTH], dtype="<i2").astype(np.float32) / 32768
        place = len(samples) if len(samples) < seconds * RATE else _quiet_place(samples)
        if place:
            yield at, samples[:place]
        at, kept = at + place, kept[place * _WIDTH :]
        if not more or not place:
            return


def _read(stream: IO[bytes], wanted: int) -> bytes:
    parts = []
    while wanted > 0 and (part := stream.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _quiet_place(samples: Any) -> int:
    """The middle of the quietest tenth of a second near the end."""
    tail = samples[-min(len(samples) // 2, _LOOK_BACK_SECONDS * RATE) :]
    tail = tail[len(tail) % _STEP :]
    loudness = np.square(tail.reshape(-1, _STEP)).mean(axis=1)
    return int(len(samples) - len(tail) + int(loudness.argmin()) * _STEP + _STEP // 2)
