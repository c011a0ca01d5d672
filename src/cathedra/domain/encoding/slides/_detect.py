"""Which changes of the settled picture are another slide, and which are a pointer, a bullet more, or an animation.

A change is judged by what it takes away: bullets that come one by one, ink and a growing curve only add to what the last
slide kept shows, so they belong to it; another slide replaces what was written. A change that replaces little is kept
back for some seconds: when the same place changes again, it was an animation.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cathedra.domain.encoding.slides._cells import (
    DIFFERENT,
    SAMPLES_PER_SECOND,
    SETTLED_AFTER,
    Cells,
    Settled,
    blobs,
    ink,
)

_STEP_MS = 1000 // SAMPLES_PER_SECOND
_LEAST_EVENT = 6  # cells
_EVENT_QUIET, _EVENT_LONGEST = 2, 6  # samples
_POINTER = (4, 5)  # cells across and down, at most
_BLANK = 8  # cells with something in them: fewer, and nothing is shown
_MAJOR, _LEAST_MAJOR = 0.15, 12  # share of what was drawn, and cells, replaced by another slide beyond doubt
_MINOR, _LEAST_MINOR = 0.02, 70
_WAIT = 10 * SAMPLES_PER_SECOND  # until a small change is believed
_REMEMBERED = 6  # small changes
_SAME_PLACE = 0.2  # of what is taken away: it came with the change before
_POINTERS = 2  # places that a pointer changes by moving
_SAME_DRAWING = 0.85  # correlation: the same, only darker or paler
_WHOLE = 0.45  # of the picture
_FILM, _FILM_AFTER = 0.25, 3 * SAMPLES_PER_SECOND  # on average so much of the picture, in each of so many samples
_FILM_OVER = 0.05
_UNREST = 0.12  # of the picture: while so much moves, nothing is judged
_LONGEST_UNREST = 6 * SAMPLES_PER_SECOND
_LEAST_APART = 2  # samples
_LOOK_BACK = 5 * SAMPLES_PER_SECOND
_CALM = 0.05  # of the picture may change while a slide is still: an inset of the camera, a pointer


@dataclass(frozen=True, slots=True)
class Shot:
    """A slide: shown from `start_ms` to before `end_ms`, and best seen at `picture_ms`, when it was complete and still."""

    start_ms: int
    end_ms: int
    picture_ms: int


@dataclass(slots=True)
class _Event:
    """Cells that settled anew within a short time, beside what was there before."""

    opened: int
    old: bytes
    known: bytes
    cells: dict[int, Settled] = field(default_factory=dict)
    last: int = 0


@dataclass(slots=True)
class _Small:
    """A change that replaced little: a slide unless its place changes again soon."""

    start: int
    cells: set[int]
    replaced: set[int]
    is_pending: bool


class Detector:
    """Feed it two samples a second of a picture, from its beginning; take the slides at the end."""

    def __init__(self, width: int, height: int) -> None:
        self._cells = Cells(width, height)
        self._sample = -1
        self._event: _Event | None = None
        self._small: deque[_Small] = deque(maxlen=_REMEMBERED)
        self._starts: list[tuple[int, bool]] = []  # sample, whether anything is shown
        self._calm: deque[int] = deque(maxlen=64)
        self._pictures: list[int] = []  # for each start but the last: when the slide was best seen
        self._film = False
        self._restless: list[int] = []  # cells that changed, while it is many
        self._unrest: deque[int] = deque(maxlen=SETTLED_AFTER)

    def feed(self, frame: bytes) -> None:
        """The next sample."""
        self._sample += 1
        settled = self._cells.feed(frame)
        self._unrest.append(self._cells.changed_now)
        if self._is_film():
            return
        self._collect(settled)
        if self._event is None and max(list(self._unrest)[-2:]) <= _CALM * self._cells.count:
            self._calm.append(self._sample)
        self._believe()

    def slides(self, duration_ms: int) -> list[Shot]:
        """What was shown, in order and without a gap, but for when nothing was."""
        if self._event is not None:
            self._judge(self._event)
        self._believe(until=self._sample)
        if not self._starts:
            return []
        ends = [start * _STEP_MS for start, _ in self._starts[1:]] + [duration_ms]
        last = self._best_before(duration_ms // _STEP_MS + 1)
        shots = []
        for (start, is_shown), end_ms, picture in zip(self._starts, ends, [*self._pictures, last], strict=True):
            start_ms = start * _STEP_MS
            if is_shown and end_ms > start_ms:
                shots.append(Shot(start_ms, end_ms, min(max(picture * _STEP_MS, start_ms), end_ms - 1)))
        return shots

    # --- films ---------------------------------------------------------------------------------------------------
    def _is_film(self) -> bool:
        """Most of the picture moves for seconds: one slide, however much happens in it."""
        cells, now = self._cells, self._cells.changed_now
        if self._film:
            self._film = max(self._unrest) >= _FILM_OVER * cells.count
            if not self._film:
                start = cells.settle_all()
                self._begin(start, is_shown=len(ink(cells.model, cells.known, cells.width)) >= _BLANK)
            return True
        if now < _UNREST * cells.count or self._sample == 0:
            self._restless.clear()
            return False
        self._restless.append(now)
        if len(self._restless) < _FILM_AFTER or sum(self._restless) < _FILM * cells.count * len(self._restless):
            return False
        self._change(self._sample - len(self._restless) + 1, is_film=True)
        return True

    # --- events --------------------------------------------------------------------------------------------------
    def _collect(self, settled: list[Settled]) -> None:
        event = self._event
        if event is None and len(settled) >= _LEAST_EVENT:
            event = _Event(self._sample, bytes(self._cells.model), bytes(self._cells.known), last=self._sample)
            self._event = event
        if event is not None:
            for one in settled:
                event.cells.setdefault(one.cell, one)
            if len(settled) >= _LEAST_EVENT:
                event.last = self._sample
        self._cells.take(settled)
        if event is not None and self._is_over(event):
            self._event = None
            self._judge(event)

    def _is_over(self, event: _Event) -> bool:
        lasts = self._sample - event.opened
        if self._is_restless() and lasts < _LONGEST_UNREST:
            return False
        return self._sample - event.last >= _EVENT_QUIET or lasts >= _EVENT_LONGEST

    def _is_restless(self) -> bool:
        return max(self._unrest) >= _UNREST * self._cells.count

    def _judge(self, event: _Event) -> None:
        cells, width = self._cells, self._cells.width
        drawn = ink(event.old, event.known, width)
        changed = [cell for cell in event.cells if self._differs(event, cell)]
        if self._is_restless():
            changed = [cell for cell in changed if not cells.is_lively(cell)]
        elif len(drawn) < _BLANK:
            self._judge_on_blank(event)
            return
        if len(changed) >= _WHOLE * cells.count and not self._is_same_drawing(event, changed):
            self._change(_start(event, changed))
            return
        steady = {cell for cell in changed if not cells.is_lively(cell)}
        steady -= self._nothing_new(event, blobs(steady, width), drawn)
        replaced = [cell for cell in steady if cell in drawn]
        share = len(replaced) / max(1, sum(1 for cell in drawn if not cells.is_lively(cell)))
        if share >= _MAJOR and len(replaced) >= _LEAST_MAJOR:
            self._change(_start(event, replaced))
        elif len(replaced) >= _LEAST_MAJOR:
            is_enough = share >= _MINOR and len(replaced) >= _LEAST_MINOR
            self._keep_back(_Small(_start(event, replaced), steady, set(replaced), is_pending=is_enough))

    def _judge_on_blank(self, event: _Event) -> None:
        """Whatever appears where nothing was is a slide."""
        cells = self._cells
        if len(ink(cells.model, cells.known, cells.width)) >= _BLANK:
            self._change(_start(event, list(event.cells)))
        elif not self._starts:
            self._begin(0, is_shown=False)

    def _differs(self, event: _Event, cell: int) -> bool:
        return bool(event.known[cell]) and abs(self._cells.model[cell] - event.old[cell]) > DIFFERENT

    def _is_same_drawing(self, event: _Event, cells: Sequence[int]) -> bool:
        """Whether it only became darker or paler."""
        return correlation([event.old[cell] for cell in cells], [self._cells.model[cell] for cell in cells]) > (
            _SAME_DRAWING
        )

    def _nothing_new(self, event: _Event, groups: Sequence[list[int]], drawn: set[int]) -> set[int]:
        """A pointer that went there and away, and words that paled when the next came."""
        small = sorted((blob for blob in groups if _is_pointer(blob, self._cells.width)), key=len)
        paled = [blob for blob in groups if self._is_same_drawing(event, [cell for cell in blob if cell in drawn])]
        return {cell for blob in (*small[-_POINTERS:], *paled) for cell in blob}

    def _change(self, start: int, *, is_film: bool = False) -> None:
        cells = self._cells
        self._believe(until=start)
        if is_film:
            self._film, self._event = True, None
            cells.forget()
        cells.forget_moving()
        self._begin(start, is_shown=is_film or len(ink(cells.model, cells.known, cells.width)) >= _BLANK)

    # --- small changes -------------------------------------------------------------------------------------------
    def _keep_back(self, small: _Small) -> None:
        """Where it takes away what came shortly before, both were an animation."""
        for earlier in self._small:
            if len(earlier.cells & small.replaced) >= _SAME_PLACE * len(small.replaced):
                earlier.is_pending = small.is_pending = False
        self._small.append(small)

    def _believe(self, *, until: int | None = None) -> None:
        """Small changes that have stood long enough, or stood until another slide came, are slides."""
        for small in self._small:
            stood = (self._sample if until is None else until) - small.start
            if small.is_pending and stood >= (_WAIT if until is None else 2 * SAMPLES_PER_SECOND):
                self._begin(small.start, is_shown=True)
                small.is_pending = False
        if until is not None:
            self._small.clear()

    # --- starts --------------------------------------------------------------------------------------------------
    def _begin(self, start: int, *, is_shown: bool) -> None:
        if self._starts and start - self._starts[-1][0] < _LEAST_APART:
            return
        if self._starts:
            self._pictures.append(self._best_before(start))
        self._starts.append((start, is_shown))

    def _best_before(self, start: int) -> int:
        """A second before the next begins, when it may already fade in; some seconds earlier where that was stiller."""
        began, last = self._starts[-1][0] if self._starts else 0, start - SAMPLES_PER_SECOND
        earliest = max(began, last - _LOOK_BACK)
        return next((one for one in reversed(self._calm) if earliest <= one <= last), max(began, last))


def snap(shots: Iterable[Shot], changes: Sequence[tuple[int, float]]) -> Iterator[Shot]:
    """The same slides, each beginning at the very frame: of the scene changes (instant in milliseconds, score) since
    the sample before, the strongest."""
    listed, moved = list(shots), []
    for shot in listed:
        near = [(score, at) for at, score in changes if shot.start_ms - _STEP_MS < at <= shot.start_ms]
        moved.append(max(near)[1] if near else shot.start_ms)
    for number, shot in enumerate(listed):
        is_next = number + 1 < len(listed) and listed[number + 1].start_ms == shot.end_ms
        end_ms = moved[number + 1] if is_next else shot.end_ms
        yield replace(shot, start_ms=moved[number], end_ms=end_ms, picture_ms=min(shot.picture_ms, end_ms - 1))


def correlation(one: Sequence[int], other: Sequence[int]) -> float:
    """Pearson's, 0 where either does not vary."""
    count = len(one)
    if count < _LEAST_EVENT:
        return 0.0
    mean_one, mean_other = sum(one) / count, sum(other) / count
    both = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other)
    return both / spread**0.5 if spread > 0 else 0.0


def _start(event: _Event, cells: Sequence[int]) -> int:
    """When most of them began to change: the first sample by which a sixth of them had."""
    begun = Counter(event.cells[cell].onset for cell in cells)
    seen = 0
    for onset in sorted(begun):
        seen += begun[onset]
        if seen * 6 >= len(cells):
            return onset
    return event.opened - SETTLED_AFTER


def _is_pointer(blob: Sequence[int], width: int) -> bool:
    across = [cell % width for cell in blob]
    down = [cell // width for cell in blob]
    return max(across) - min(across) < _POINTER[0] and max(down) - min(down) < _POINTER[1]
