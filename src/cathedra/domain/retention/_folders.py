"""A folder with everything below it into the bin, and out of it again, as one unit (R138)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra.domain.retention._bin import STAYS_IN_MEDIA
from cathedra.domain.retention._moves import PURGED, RECYCLED, RESTORING
from cathedra.domain.retention._words import WHY_SENTENCES, Facts, Why
from cathedra.domain.terms import Code, Decision, Effect, Reason, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A recording because of which its folder stays where it is."""

    recording_id: RecordingId
    title: str
    why: Why


@dataclass(frozen=True, slots=True)
class FolderBinFacts:
    """A folder with what is below it. `may` is what access says of the person; `others` are folders below it that have
    members of their own and are not the person's to delete."""

    may: Decision
    is_personal: bool = False  # somebody's own place, which the product gave them
    is_recycled: bool = False
    others: int = 0
    obstacles: Sequence[Obstacle] = ()


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A folder that was put into the bin as one unit."""

    may: Decision
    recycled_at: datetime
    is_over: bool = False  # taken out already
    is_below_another: bool = False  # the folder above it was deleted after it


def stays_in_folder(facts: Facts, now: datetime) -> Why | None:
    """Why a recording keeps its folder from being deleted; None when it does not (R129, R130, R138)."""
    if facts.keeping in (RECYCLED, PURGED):
        return None
    if facts.is_held:
        return Why.HELD
    if facts.keep_until is not None and facts.keep_until > now:
        return Why.ASSESSED
    if facts.media in STAYS_IN_MEDIA:
        return Why.NOT_OVER
    return Why.RESTORING if facts.keeping == RESTORING else None


def decide_recycle_folder(facts: FolderBinFacts) -> Decision:
    """Yes; or no, with each of the recordings that stand in its way, the first `MOST_LISTED` of them."""
    if not facts.may.is_permitted:
        return facts.may
    if facts.is_personal:
        return deny(
            Code.ILLEGAL_TRANSITION, "R138", _("This is somebody's own folder. It stays; delete what is in it instead.")
        )
    if facts.others:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R138",
            _("Folders below it have members of their own and are not yours to delete: {count}. Ask those who are."),
            count=str(facts.others),
        )
    if facts.obstacles:
        return _listed(facts.obstacles)
    return permit()


def _listed(obstacles: Sequence[Obstacle]) -> Decision:
    is_held = any(one.why is Why.HELD for one in obstacles)
    titles = ", ".join(f"“{one.title}”" for one in obstacles[:MOST_LISTED])
    first = Reason(
        Code.HELD if is_held else Code.ILLEGAL_TRANSITION,
        "R138",
        _("The folder cannot be deleted because of what is in it ({count}): {titles}."),
        {"count": str(len(obstacles)), "titles": titles},
    )
    each = (Reason(first.code, "R138", WHY_SENTENCES[one.why]) for one in obstacles[:MOST_LISTED])
    return Decision(Effect.DENY, reasons=(first, *each))


def decide_take_back_folder(facts: UnitFacts, *, days: int, now: datetime) -> Decision:
    """Whole, within the bin's time, and not into a folder that is in the bin itself."""
    if not facts.may.is_permitted:
        return facts.may
    if facts.is_over:
        return permit()  # R53
    if now >= facts.recycled_at + timedelta(days=days):
        return deny(Code.GONE, "R134", _("The bin keeps things for {days} days, and these are over."), days=str(days))
    if facts.is_below_another:
        return deny(Code.ILLEGAL_TRANSITION, "R138", _("The folder above it is in the bin too. Take that out first."))
    return permit()
