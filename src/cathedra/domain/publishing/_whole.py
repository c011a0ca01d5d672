"""A reference copy gets media of its own, while its original lies in the bin (R140)."""

from dataclasses import dataclass

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

_IN_BIN, _GONE = "RECYCLED", "PURGED"


@dataclass(frozen=True, slots=True)
class WholeFacts:
    """A copy and its original. `may` is what access says of the person and the copy; `is_kept_back`: the original was
    not approved; `has_files`: all of it was made, and is where live media are."""

    may: Decision
    is_reference: bool
    original: str = ""  # where it is kept
    is_by_decision: bool = False
    is_held: bool = False
    is_kept_back: bool = False
    has_files: bool = True


def decide_make_full(facts: WholeFacts) -> Decision:
    """Its Creators may. What a decision put into the bin, or the rules keep back, is not got round by a copy."""
    if not facts.may.is_permitted:
        return facts.may
    if not facts.is_reference:
        return deny(Code.ILLEGAL_TRANSITION, "R140", _("This recording has media of its own already."))
    if facts.original == _GONE:
        return deny(Code.ORIGINAL_DELETED, "R140", _("The recording that this one repeats was deleted for good."))
    if facts.original != _IN_BIN:
        return deny(
            Code.ILLEGAL_TRANSITION, "R140", _("The recording that this one repeats is still there. Copy it in full.")
        )
    if facts.is_by_decision or facts.is_held:
        return deny(Code.HELD, "R140", _("The recording that this one repeats was taken away by a decision."))
    if facts.is_kept_back:
        return deny(
            Code.PUBLISHER_NEEDED, "R72", _("The recording that this one repeats is not approved, so it stays with it.")
        )
    if not facts.has_files:
        return deny(
            Code.NOT_READY,
            "R140",
            _("The recording that this one repeats was in the archive. Ask its owner to restore it."),
        )
    return permit()
