"""How much of a picture is of a few exact shades: tells a screen from a camera by a handful of decoded key frames."""

import statistics
from collections import Counter
from typing import Any

from cathedra.adapters.probing._torn import torn

_SIZE = (320, 180)
_SHADES = 4
_FIRST_SECONDS = 2.0


class Shades:
    """Looks at the first frame, then at key frames about 2, 4, 8, ... seconds in: few in a long recording, yet from
    all over it.

    Measured (share of the four commonest shades): slides by OBS, Zoom and a capture agent 0.96 to 0.99; cameras 0.07
    to 0.31, also starved ones whose packets are as small as a screen's.
    """

    def __init__(self) -> None:
        self._next = _FIRST_SECONDS
        self._shares: list[float] = []

    def look(self, frame: Any) -> None:
        """A decoded frame."""
        self._shares.append(_share(frame))

    def is_due(self, seconds: float) -> bool:
        """Whether a key frame at this time is wanted."""
        return seconds >= self._next

    def take(self, packet: Any, seconds: float, codec: Any) -> None:
        """A key frame, decoded alone; no other frame may follow on it."""
        self._next = seconds * 2
        with torn():
            codec.flush_buffers()
            frames = [*codec.decode(packet), *codec.decode(None)]
            codec.flush_buffers()
            if frames:
                self.look(frames[0])

    @property
    def flat_share(self) -> float:
        """The median; 0 when nothing could be decoded."""
        return round(statistics.median(self._shares), 3) if self._shares else 0.0


def _share(frame: Any) -> float:
    width, height = min(frame.width, _SIZE[0]), min(frame.height, _SIZE[1])
    grey = frame.reformat(width=width, height=height, format="gray", interpolation="POINT")
    plane = grey.planes[0]
    data = bytes(plane)
    counts: Counter[int] = Counter()
    for row in range(height):
        counts.update(data[row * plane.line_size : row * plane.line_size + width])
    return sum(count for _, count in counts.most_common(_SHADES)) / (width * height)
