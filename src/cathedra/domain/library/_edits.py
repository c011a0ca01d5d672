"""How a recording is cut: a list beside it, never a change of it. The original timeline stays what is counted (R96).

Two timelines in milliseconds: *original*, which captions, slides, chapters, views and hours are kept on, and *edited*, which
is the original without the cuts. A place inside a cut is the place where the cut ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_CUTS = 200  # more is no editing of a lecture, and each has edges to encode
SHORTEST_MS = 1000  # of what is kept between two cuts: less is a flicker, not a part of a lecture


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start_ms` to before `end_ms`."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


class Layout(StrEnum):
    """How two pictures share the player, as its owner wants it from an instant on; a viewer may choose otherwise."""

    SIDE = "side"
    INSET = "inset"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """From `start_ms` of the original on, until the next one."""

    start_ms: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody is who was watching while another version came. `is_cut`: what they saw is not in it, and they are
    where it went on. `is_same`: nothing is cut otherwise than before."""

    at_ms: int
    is_cut: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class Edits:
    """What is left out: spans of the original timeline, sorted, apart from each other, within the recording; and which
    streams show when."""

    cuts: tuple[Span, ...] = ()
    looks: tuple[Look, ...] = ()

    @staticmethod
    def of(spans: Iterable[Span], looks: Iterable[Look] = (), *, duration_ms: int) -> "Edits":
        """Cuts put in order: clipped to the recording, joined where they touch or leave less than `SHORTEST_MS`. Looks
        put in order: one at an instant, and none that changes nothing."""
        inside = sorted(
            Span(max(0, span.start_ms), min(duration_ms, span.end_ms)) for span in spans if span.end_ms > span.start_ms
        )
        joined: list[Span] = []
        for span in (one for one in inside if one.length_ms > 0):
            if joined and span.start_ms - joined[-1].end_ms < SHORTEST_MS:
                joined[-1] = Span(joined[-1].start_ms, max(joined[-1].end_ms, span.end_ms))
            else:
                joined.append(span)
        if joined and 0 < joined[0].start_ms < SHORTEST_MS:
            joined[0] = Span(0, joined[0].end_ms)
        if joined and 0 < duration_ms - joined[-1].end_ms < SHORTEST_MS:
            joined[-1] = Span(joined[-1].start_ms, duration_ms)
        return Edits(tuple(joined), _in_order(looks, duration_ms))

    def kept(self, duration_ms: int) -> tuple[Span, ...]:
        """What is left, in order."""
        edges = [0, *(edge for cut in self.cuts for edge in (cut.start_ms, cut.end_ms)), duration_ms]
        return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start)

    def length_ms(self, duration_ms: int) -> int:
        """How long the edited recording is."""
        return duration_ms - sum(cut.length_ms for cut in self.cuts)

    def edited(self, original_ms: int) -> int:
        """The place in the edited recording; of a place inside a cut: where the cut was made."""
        return original_ms - sum(
            max(0, min(cut.end_ms, original_ms) - cut.start_ms) for cut in self.cuts if cut.start_ms < original_ms
        )

    def original(self, edited_ms: int) -> int:
        """The place in the original; at a cut: where it ends."""
        place = edited_ms
        for cut in self.cuts:
            if cut.start_ms > place:
                break
            place += cut.length_ms
        return place

    def is_cut(self, original_ms: int) -> bool:
        """Whether nobody sees this instant."""
        return any(cut.start_ms <= original_ms < cut.end_ms for cut in self.cuts)

    def edited_span(self, span: Span) -> Span | None:
        """What is left of a span, on the edited timeline; None when all of it is cut."""
        left = Span(self.edited(span.start_ms), self.edited(span.end_ms))
        return left if left.length_ms > 0 else None

    def edited_looks(self) -> tuple[Look, ...]:
        """On the edited timeline: what was asked for last before an instant that is kept holds from there."""
        shown: dict[int, Look] = {}
        for look in self.looks:
            at = self.edited(look.start_ms)
            shown[at] = Look(at, look.layout)
        return tuple(shown.values())


def _in_order(looks: Iterable[Look], duration_ms: int) -> tuple[Look, ...]:
    at = {look.start_ms: look for look in looks if 0 <= look.start_ms < duration_ms}
    kept: list[Look] = []
    for look in (at[start] for start in sorted(at)):
        if not kept or kept[-1].layout is not look.layout:
            kept.append(look)
    return tuple(kept)


UNEDITED = Edits()


def moved(at_ms: int, *, before: Edits, after: Edits) -> Moved:
    """The same moment of what is said and shown, of a place in one version, in another."""
    place = before.original(at_ms)
    return Moved(after.edited(place), after.is_cut(place), before.cuts == after.cuts)


def decide_edit(edits: Edits, *, asked_for: int, duration_ms: int, version: int, latest: int) -> Decision:
    """Whether a list may become the next version: it was made from the latest, holds at most `MOST_CUTS` of `asked_for`,
    and leaves something to watch."""
    if version != latest:
        return deny(
            Code.CONFLICT,
            "R53",
            _(
                "Somebody else has saved a change of this recording since you opened it. Load the page to see theirs first."
            ),
        )
    if asked_for > MOST_CUTS or len(edits.looks) > MOST_CUTS:
        return deny(
            Code.BAD_REQUEST, "R38", _("At most {most} cuts can be made in one recording."), most=str(MOST_CUTS)
        )
    if edits.length_ms(duration_ms) < SHORTEST_MS:
        return deny(
            Code.BAD_REQUEST,
            "R38",
            _(
                "These cuts leave nothing to watch. To remove the whole recording, delete it: that can be undone as well."
            ),
        )
    return permit()
