"""What was watched, as the player tells it, and what follows from it: percent watched, totals (R213, R214).

A recording is 100 segments of equal length, one of less than 100 seconds a segment for each second. Of each segment it is
known for how long somebody watched it, up to the second that makes it count. Times are on the unedited timeline.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from cathedra.domain.terms import AccountId, RecordingId

SEGMENTS = 100
COUNTS_MS = 1000  # of a segment watched, and it counts
SLOWEST, FASTEST = 0.1, 16.0  # speeds that a browser can play at
LONGEST_MS = 600_000  # of one stretch: the player tells every twenty seconds
MOST_STRETCHES = 60  # of one telling
LAST_VERSION = 2**31 - 1  # the table holds no later one
LAST_MS = 7 * 24 * 3600 * 1000  # no recording is longer
MOST_TELLINGS = 10_000  # of one viewing session

Reach = tuple[int, int]  # from, to before


class Start(StrEnum):
    """Why a stretch began. GO_ON: the one before was only told, playing went on."""

    START = "START"
    SEEK = "SEEK"
    RESUME = "RESUME"
    SPEED = "SPEED"
    GO_ON = "GO_ON"


class Stop(StrEnum):
    """Why a stretch ended. GOES_ON: it is told while playing goes on."""

    END = "END"
    SEEK = "SEEK"
    PAUSE = "PAUSE"
    SPEED = "SPEED"
    CLOSE = "CLOSE"
    GOES_ON = "GOES_ON"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece that was played without a jump, in milliseconds of the recording."""

    start_ms: int
    end_ms: int
    speed: float
    start: Start
    stop: Stop

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Telling:
    """What one player said at once. `session` is one opening of the page, `number` counts its tellings from 1: the two
    name it, however often it is delivered. `account_id` is None for whoever is not signed in. `version` is that of the
    edits whose timeline it speaks of; None: the one that viewers have now."""

    session: UUID
    number: int
    recording_id: RecordingId
    account_id: AccountId | None
    stretches: tuple[Stretch, ...]
    position_ms: int | None
    at: datetime
    version: int | None = None


class WrongTelling(ValueError):
    """It is not what a player says."""


class NotCounted(Exception):
    """The tables do not take something of what was told: nothing of it was written."""


def check_stretch(stretch: Stretch) -> Stretch:
    """The same. Raises WrongTelling for what no player can have played."""
    if not 0 <= stretch.start_ms < stretch.end_ms <= LAST_MS or stretch.length_ms > LONGEST_MS:
        raise WrongTelling("times")
    if not SLOWEST <= stretch.speed <= FASTEST:
        raise WrongTelling("speed")
    return stretch


@dataclass(frozen=True)
class Ruler:
    """The segments of a recording. `kept` is what of it is shown: what is cut away nobody can watch, so it is not asked
    for (R214 with the edits of R59)."""

    duration_ms: int
    kept: tuple[Reach, ...]

    @property
    def segments(self) -> int:
        """How many there are; none without a length."""
        return max(0, min(SEGMENTS, -(-self.duration_ms // 1000)))

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """Where segments begin, and the end."""
        count = self.segments
        if count < SEGMENTS:
            return tuple(min(self.duration_ms, 1000 * place) for place in range(count + 1))
        return tuple(self.duration_ms * place // count for place in range(count + 1))

    @cached_property
    def needs(self) -> tuple[int, ...]:
        """How much of each must be watched: a second, all of what is shorter; 0 of what is cut away."""
        return tuple(min(COUNTS_MS, shown) for shown in self.spread(self.kept))

    def pieces(self, reaches: Iterable[Reach]) -> dict[int, int]:
        """Of the segments that these cover: for how long, all together."""
        edges, count, found = self.edges, self.segments, dict[int, int]()
        for start, end in reaches:
            start, end = max(0, start), min(self.duration_ms, end)
            place = max(0, start * count // self.duration_ms - 1) if end > start else count
            while place < count and edges[place] < end:
                covered = min(end, edges[place + 1]) - max(start, edges[place])
                if covered > 0:
                    found[place] = found.get(place, 0) + covered
                place += 1
        return found

    def spread(self, reaches: Iterable[Reach]) -> list[int]:
        """The same of every segment."""
        found = self.pieces(reaches)
        return [found.get(place, 0) for place in range(self.segments)]


def percent(watched: Sequence[int], needs: Sequence[int]) -> int:
    """Percent watched, rounded down so that 100 is all of it (R214)."""
    wanted = sum(map(bool, needs))
    reached = sum(1 for have, need in zip(watched, needs, strict=True) if need and have >= need)
    return 100 * reached // wanted if wanted else 0


def packed(watched: Sequence[int]) -> bytes:
    """Two bytes a segment."""
    return array("H", watched).tobytes()


def unpacked(kept: bytes) -> list[int]:
    """The other way."""
    return array("H", bytes(kept)).tolist()


@dataclass(slots=True)
class Progress:
    """How far one viewer has come with one recording."""

    watched: list[int]
    percent: int
    views: int
    delivered_ms: int
    position_ms: int
    first_at: datetime
    last_at: datetime


@dataclass(slots=True)
class Totals:
    """The sums of a recording (R215). `reached_by`: for how many signed-in viewers each segment counts."""

    views: int
    anonymous_views: int
    viewers: int
    delivered_ms: int
    last_at: datetime
    played_ms: list[int]
    reached_by: list[int]

    @staticmethod
    def none(segments: int, at: datetime) -> "Totals":
        """Before the first view."""
        return Totals(0, 0, 0, 0, at, [0] * segments, [0] * segments)


@dataclass(frozen=True, slots=True)
class Watched:
    """A telling on the unedited timeline: what of it is new."""

    reaches: tuple[Reach, ...]
    is_view: bool  # the first of its session
    at: datetime

    @property
    def length_ms(self) -> int:
        return sum(end - start for start, end in self.reaches)


def count(totals: Totals, progress: Progress | None, watched: Watched, ruler: Ruler, *, is_signed_in: bool) -> Progress:
    """Add what was watched to the sums of the recording, and to a viewer's (R213 to R215). Returns the viewer's; for
    whoever is not signed in, what nobody keeps."""
    _fit(totals, ruler.segments)
    is_new = progress is None
    progress = progress or Progress([], 0, 0, 0, 0, watched.at, watched.at)
    if len(progress.watched) != ruler.segments:
        progress.watched = [0] * ruler.segments
    has_more = False
    for place, played_ms in ruler.pieces(watched.reaches).items():
        before, need = progress.watched[place], ruler.needs[place]
        totals.played_ms[place] += played_ms
        progress.watched[place] = after = min(COUNTS_MS, before + played_ms)
        if is_signed_in and before < need <= after:
            totals.reached_by[place] += 1
            has_more = True
    if has_more:
        progress.percent = max(progress.percent, percent(progress.watched, ruler.needs))
    _add(totals, watched, is_first=is_new, is_signed_in=is_signed_in)
    progress.views += watched.is_view
    progress.delivered_ms += watched.length_ms
    if watched.at >= progress.last_at and watched.reaches:
        progress.last_at, progress.position_ms = watched.at, watched.reaches[-1][1]
    return progress


def _fit(totals: Totals, segments: int) -> None:
    """What was kept for another number of segments counts no more: the recording has another length now."""
    if len(totals.played_ms) != segments:
        totals.played_ms, totals.reached_by = [0] * segments, [0] * segments


def _add(totals: Totals, watched: Watched, *, is_first: bool, is_signed_in: bool) -> None:
    totals.views += watched.is_view
    totals.delivered_ms += watched.length_ms
    totals.last_at = max(totals.last_at, watched.at)
    if is_signed_in:
        totals.viewers += is_first
    else:
        totals.anonymous_views += watched.is_view
