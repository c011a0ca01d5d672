"""What of a picture is settled: each cell of a coarse grid has the value that it kept long enough.

What always moves (a pointer, an inset of the camera, a clock, a film) never settles, or settles at what was there before,
so nothing has to be known of it beforehand. The memory is a few values a cell, however long the recording is.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass

SAMPLES_PER_SECOND = 2
SETTLED_AFTER = 3  # samples that a value must stay: a second and a half
DIFFERENT = 8  # of 256 shades: less is what an encoder does to a still picture
_EDGE = 8
_LONG_SIDE = 160
_LIVELY = 8  # changes of a cell, those of long ago counting half
_FORGET_EVERY = 60


def grid(width: int, height: int) -> tuple[int, int]:
    """How many cells a picture of that size is looked at by, across and down."""
    long = max(width, height, 1)
    return max(2, round(width * _LONG_SIDE / long)), max(2, round(height * _LONG_SIDE / long))


@dataclass(frozen=True, slots=True)
class Settled:
    """A cell that has taken another value for good, since which sample, and when it began to change."""

    cell: int
    since: int
    onset: int


class Cells:
    """The picture as a grid of `width` x `height` shades of grey, fed sample after sample."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.count = width * height
        self.model = bytearray(self.count)  # the settled value
        self.known = bytearray(self.count)  # whether there is one
        self.changed_now = 0  # cells that changed at the last sample
        self._before = b""
        self._value = bytearray(self.count)
        self._since = [0] * self.count
        self._onset = [0] * self.count
        self._heat = [0] * self.count
        self._waiting: deque[list[int]] = deque()
        self._sample = -1

    def feed(self, frame: bytes) -> list[Settled]:
        """The next sample. Returns the cells that settled now, at another value than the model has. Raises ValueError
        for a frame of another size."""
        if len(frame) != self.count:
            raise ValueError(f"A frame of {len(frame)} bytes, {self.count} expected.")
        self._sample += 1
        fresh = self._changed(frame)
        self.changed_now = len(fresh)
        self._before = frame
        self._waiting.append(fresh)
        if self._sample % _FORGET_EVERY == _FORGET_EVERY - 1:
            self._heat = [heat >> 1 for heat in self._heat]
        return self._settle(self._waiting.popleft()) if len(self._waiting) > SETTLED_AFTER else []

    def _changed(self, frame: bytes) -> list[int]:
        if not self._before:
            self._value[:] = frame
            return list(range(self.count))
        if frame == self._before:
            return []
        fresh, value, before, width = [], self._value, self._before, self.width
        for row in range(0, self.count, width):
            if frame[row : row + width] == before[row : row + width]:
                continue
            for cell in range(row, row + width):
                if not -DIFFERENT <= frame[cell] - value[cell] <= DIFFERENT:
                    value[cell] = frame[cell]
                    fresh.append(cell)
        self._note(fresh)
        return fresh

    def _note(self, fresh: list[int]) -> None:
        now = self._sample
        for cell in fresh:
            if now - self._since[cell] > SETTLED_AFTER - 1:
                self._onset[cell] = now
            self._since[cell] = now
            self._heat[cell] = min(2 * _LIVELY, self._heat[cell] + 1)

    def _settle(self, waited: list[int]) -> list[Settled]:
        since = self._sample - SETTLED_AFTER
        found = []
        for cell in waited:
            if self._since[cell] != since:
                continue
            value = self._value[cell]
            if not self.known[cell] or abs(value - self.model[cell]) > DIFFERENT:
                found.append(Settled(cell, since, max(self._onset[cell], since - 2 * SETTLED_AFTER)))
        return found

    def take(self, settled: Sequence[Settled]) -> None:
        """Make the model say what has settled."""
        for one in settled:
            self.model[one.cell] = self._value[one.cell]
            self.known[one.cell] = 1

    def forget_moving(self) -> None:
        """The cells that are changing now have no settled value any more."""
        for cell, since in enumerate(self._since):
            if self._sample - since < SETTLED_AFTER:
                self.known[cell] = 0

    def forget(self) -> None:
        """Nothing is settled any more."""
        self.known = bytearray(self.count)

    def settle_all(self) -> int:
        """After a film: whatever stands still is settled, and nothing is lively. Returns since when most of it stands."""
        self._heat = [0] * self.count
        since = self._sample - SETTLED_AFTER + 1
        still = [cell for cell in range(self.count) if self._since[cell] <= since]
        for cell in still:
            self.model[cell], self.known[cell] = self._value[cell], 1
        begun = Counter(self._since[cell] for cell in still)
        return begun.most_common(1)[0][0] if begun else self._sample

    def is_lively(self, cell: int) -> bool:
        """Whether it changes again and again."""
        return self._heat[cell] >= _LIVELY


def ink(model: bytes | bytearray, known: bytes | bytearray, width: int) -> set[int]:
    """The cells in which something is drawn: those that differ from their neighbour to the right or below, and those
    neighbours."""
    found = set()
    for step in (1, width):
        for cell in range(len(model) - step):
            other = cell + step
            if step == 1 and other % width == 0:
                continue
            if not -_EDGE <= model[cell] - model[other] <= _EDGE and known[cell] and known[other]:
                found.add(cell)
                found.add(other)
    return found


def blobs(cells: set[int], width: int) -> list[list[int]]:
    """The cells in groups that touch."""
    left, groups = set(cells), []
    around = (-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1)
    while left:
        group = [left.pop()]
        for cell in group:  # grows while it is walked
            for step in around:
                other = cell + step
                if other in left and abs(other % width - cell % width) <= 1:
                    left.remove(other)
                    group.append(other)
        groups.append(group)
    return groups
