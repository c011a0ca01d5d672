"""A recording that failed is processed again: as it was received, or with another file (T18)."""

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

NO_LOWER = _(
    "It plays, but smaller versions for slow connections could not be made. The people who run this service can see "
    "what happened."
)
FAILED = "failed"  # the state of R52 that T18 begins at
LADDER_FORM = 1  # of how the ladder is encoded: raised with what may encode what could not be; it is tried again then
SET_ASIDE = 10  # files from this position on are kept until what was sent in their place plays (T18)
_ON_ITS_WAY = frozenset({"uploaded", "processing"})


def decide_again(state: str, *, may: Decision, is_received: bool) -> Decision:
    """May what is kept of it be processed again? Of one that is on its way it is so already (R53). `is_received` says
    that its files came here from outside: a copy that failed has none of its own."""
    if not may.is_permitted:
        return may
    if state in _ON_ITS_WAY and is_received:
        return permit()
    return decide_replace(state, may=may, is_received=is_received)


def decide_replace(state: str, *, may: Decision, is_received: bool) -> Decision:
    """May another file take the place of those that could not be used?"""
    if not may.is_permitted:
        return may
    if state != FAILED:
        return deny(
            Code.ILLEGAL_TRANSITION, "T18", _("Only a recording that could not be prepared is processed again.")
        )
    if not is_received:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "T18",
            _(
                "This copy could not be made, so there is no file of its own here. Delete it, and copy the original again."
            ),
        )
    return permit()


def came_too_late() -> Decision:
    """The other file has arrived, and the recording waits for none any more."""
    return deny(
        Code.CONFLICT,
        "T18",
        _(
            "While this file was on its way the recording stopped waiting for one: it was processed again, given another "
            "file, held or deleted, or you may not replace its file any more. So this one was not used, and nothing was "
            "changed. If it is still needed, upload it as a recording of its own."
        ),
    )
