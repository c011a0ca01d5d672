"""The bin: what may go into it, come out of it, and be destroyed (T34 to T36, R130, R134 to R140)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra.domain.retention._moves import ARCHIVED, ONLINE, PURGED, RECYCLED, RESTORING
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

STAYS_IN_MEDIA = frozenset({"SCHEDULED", "RECORDING", "RECEIVED", "PREPARING"})
TOLD_BEFORE = timedelta(days=14)  # N39
LEFT_AFTER_HOLD = TOLD_BEFORE + timedelta(days=1)  # R130: so that the next look, once a day, still tells in time
TAKEN_UP_AT_MOST = 2  # T33: the third attempt is the last


@dataclass(frozen=True, slots=True)
class BinFacts:
    """Where a recording stands, as far as the bin goes. `may` is what access says of the person."""

    keeping: str
    media: str
    may: Decision
    holds: Collection[str] = ()
    is_copy_held: bool = False  # a copy by reference, which plays this
    is_owner: bool = False
    is_service: bool = False
    recycled_at: datetime | None = None
    is_folder_recycled: bool = False  # its folder is in the bin (R138)
    to_above: Decision | None = None  # then: may it come to the nearest folder above that is not? None: there is none
    is_above_wider: bool = False  # and there it would be shown to people who did not see it in its own (R35, R183)
    is_by_decision: bool = False  # an AUP or takedown decision put it there
    is_assessed: bool = False  # work that counts for a mark, within its time (R129)
    is_by_service: bool = False  # the person may only because they run the service


def illegal(rule: str = "R52") -> Decision:
    """What no row of R54 allows."""
    return deny(Code.ILLEGAL_TRANSITION, rule, _("This cannot be done to the recording as it stands now."))


def decide_recycle(facts: BinFacts, *, reason: str = "") -> Decision:
    """T34, T34b: the owner may also delete what is held, where every open hold is one of the acceptable use policy; nobody
    what was handed in for a mark and is still kept (R129). Whoever may by their office alone says why (R38 row 7)."""
    if not facts.may.is_permitted:
        return facts.may
    if facts.keeping not in (ONLINE, ARCHIVED) or facts.media in STAYS_IN_MEDIA:
        return illegal("T34")
    if facts.holds and not (facts.is_owner and all(kind.startswith("aup_") for kind in facts.holds)):
        return _held()
    if facts.is_copy_held:
        return _copy_held()
    if facts.is_assessed:
        return _assessed()
    if facts.is_by_service and not reason:
        return deny(
            Code.BAD_REQUEST,
            "R38",
            _(
                "You may delete this because you run the service. Say which rule asks for it: the audit trail keeps that."
            ),
        )
    return permit()


def decide_take_back(facts: BinFacts, *, days: int, now: datetime) -> Decision:
    """T35: within the bin's time, which does not end while something keeps it there (R129, R130), to its folder or to the nearest one above that is not in the bin; what a decision put
    there only by whoever runs the service."""
    if not facts.may.is_permitted:
        return facts.may
    if facts.keeping != RECYCLED:
        return illegal("T35")
    if facts.is_folder_recycled and not (facts.to_above and facts.to_above.is_permitted):
        return deny(Code.ILLEGAL_TRANSITION, "R138", _("Its folder is in the bin. Take the folder out instead."))
    if facts.is_folder_recycled and facts.is_above_wider:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R183",
            _(
                "Its folder is in the bin, and in the folder above more people would see this recording. Take its folder"
                " out whole instead."
            ),
        )
    if facts.is_by_decision and not facts.is_service:
        return deny(
            Code.NO_PERMISSION,
            "T35",
            _("A decision under the policy put this into the bin. Only the service team can take it out."),
        )
    is_kept = bool(facts.holds) or facts.is_copy_held or facts.is_assessed
    if not is_kept and facts.recycled_at is not None and is_over(facts.recycled_at, days=days, now=now):
        return deny(Code.GONE, "R134", _("The bin keeps things for {days} days, and these are over."), days=str(days))
    return permit()


def decide_purge(facts: BinFacts, *, reason: str) -> Decision:
    """T36 before its time: by its owner, or by the service with a reason (R137). A hold blocks it (R130), and so does the
    time for which assessed work is kept (R129)."""
    if not facts.may.is_permitted:
        return facts.may
    if facts.keeping == PURGED:
        return permit()
    if facts.keeping != RECYCLED:
        return illegal("T36")
    if facts.holds:
        return _held()
    if facts.is_copy_held:
        return _copy_held()
    if facts.is_assessed:
        return _assessed()
    if not facts.is_owner and not reason:
        return deny(Code.BAD_REQUEST, "R137", _("Say why somebody else's recording is destroyed before its time."))
    return permit()


def is_over(recycled_at: datetime, *, days: int, now: datetime) -> bool:
    """Whether the bin's time is over (R134)."""
    return now >= recycled_at + timedelta(days=days)


def notice_of(days: int) -> timedelta:
    """How long before the bin lets something go its owner hears of it (N39); all of its days, where they are fewer."""
    return min(TOLD_BEFORE, timedelta(days=days))


def is_warned(told_at: datetime | None, *, days: int, now: datetime) -> bool:
    """N39: whether its owner has known that the bin lets it go for the whole time of the notice. A look that came late, or a
    bin that keeps things for fewer days than it did, takes nothing from that."""
    return told_at is not None and now >= told_at + notice_of(days)


def _held() -> Decision:
    return deny(Code.HELD, "R130", _("This recording is on hold. It cannot be deleted before that is over."))


def _copy_held() -> Decision:
    return deny(
        Code.HELD,
        "R130",
        _("A copy that plays this recording is on hold. It cannot be deleted before that is over."),
    )


def _assessed() -> Decision:
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R129",
        _(
            "This is assessed work that counts for a mark, and is kept for a while after its academic year. It cannot be"
            " deleted before that is over."
        ),
    )


def decide_restore(
    keeping: str, *, may: Decision, is_held: bool = False, is_low: bool, is_over_limit: bool, min_role: str
) -> Decision:
    """T31, R119: whoever may view it, or with `restore.min_role` creator who looks after it. While hours stored are over
    their limit, a Viewer's restore becomes a question to the owner. `is_low`: the person is nothing but a Viewer of it."""
    if not may.is_permitted:
        return may
    if keeping in (RESTORING, ONLINE):
        return permit()  # R53: it is on its way, or here
    if keeping != ARCHIVED:
        return illegal("T31")
    if is_held:
        return deny(Code.HELD, "T31", _("This recording is on hold. It cannot be restored before that is over."))
    if is_low and min_role == "creator":
        return deny(Code.NO_PERMISSION, "R119", _("Here those who look after a recording restore it. Ask its owner."))
    if is_low and is_over_limit:
        return deny(
            Code.LIMIT_REACHED,
            "R119",
            _("More hours are stored than the licence allows, so the owner was asked to restore it for you."),
        )
    return permit()
