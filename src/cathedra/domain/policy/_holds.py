"""Holds that somebody of the service lays on a recording by hand: why, who may, how they end (R38 row 22, R55, R130,
R197, T27 to T29)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

HOLD_CHARACTERS = 2000
REFERENCE_CHARACTERS = 200
REMOVAL_DAYS = 28  # T29: the appeal period where no version of the policy says how long it is


class HoldKind(StrEnum):
    """Why the service holds a recording (R130)."""

    TAKEDOWN = "takedown"  # R197
    TAKEDOWN_LEGAL = "takedown_legal"  # a legal order: its owner cannot play it either (R43)
    LEGAL = "legal"
    CONDUCT = "conduct"
    APPEAL = "appeal"
    SUBJECT_ACCESS = "subject_access"


TAKEDOWNS = frozenset({HoldKind.TAKEDOWN, HoldKind.TAKEDOWN_LEGAL})
# What its owner and the Creators of its folder are told where nobody wrote something for them.
HOLD_SENTENCES: Mapping[HoldKind, str] = {
    HoldKind.TAKEDOWN: _("Somebody has asked for it to be taken down."),
    HoldKind.TAKEDOWN_LEGAL: _("A legal order asks for it to be taken down."),
    HoldKind.LEGAL: _("It is needed for a legal matter, so it must stay as it is."),
    HoldKind.CONDUCT: _("It is needed while a question of conduct is looked into."),
    HoldKind.APPEAL: _("It is needed while an appeal or a complaint is decided."),
    HoldKind.SUBJECT_ACCESS: _("It is needed to answer a person who asked what is kept about them."),
}
# T27, and the steps at whose end a hold takes effect (R55); what is held already can have another reason.
_HOLDABLE = frozenset(
    {
        "published",
        "waiting",
        "rejected",
        "archived",
        "failed",
        "recycled",
        "held",
        "recording",
        "uploaded",
        "processing",
        "restoring",
    }
)


@dataclass(frozen=True, slots=True)
class HoldWish:
    """Why something is held: `reason` for the service alone, `told` for its owner; when somebody looks at it again."""

    kind: HoldKind
    reason: str
    told: str = ""
    reference: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """A recording of which a hold is opened or ended. `may` is what access says; `kinds` are the open holds."""

    may: Decision
    state: str
    kinds: Collection[str] = ()
    is_own: bool = False
    is_copy_held: bool = False  # a copy by reference, which plays this (R130)


def decide_hold(facts: HoldFacts, kind: HoldKind, *, reason: str, review_on: date | None, today: date) -> Decision:
    """T27, R55: may it be held for this reason?"""
    if not facts.may.is_permitted:
        return facts.may
    if facts.state not in _HOLDABLE:
        return deny(Code.ILLEGAL_TRANSITION, "T27", _("There is nothing of this recording that could be held."))
    if kind in facts.kinds:
        return deny(Code.CONFLICT, "T27", _("It is on hold for this reason already. Release that hold first."))
    if not reason:
        return deny(Code.BAD_REQUEST, "R130", _("Say why it is put on hold."))
    if review_on is not None and review_on <= today:
        return deny(Code.BAD_REQUEST, "R130", _("The day on which the hold is looked at again must be after today."))
    return permit()


def decide_release(facts: HoldFacts, *, is_open: bool, reason: str) -> Decision:
    """T28: may this hold be closed? Not by whoever owns the recording, as with every decision about it (R89)."""
    refusal = _ending(facts, is_open=is_open)
    if refusal is not None:
        return refusal
    return permit() if reason else deny(Code.BAD_REQUEST, "T28", _("Say why the hold is released."))


def decide_removal(
    facts: HoldFacts, kind: HoldKind, *, is_open: bool, is_decided: bool, at_once: bool, reason: str
) -> Decision:
    """T29, R197: may it be decided that the recording goes? Only what was asked to be taken down; a legal order alone
    takes it at once and for good. Not while another hold needs it (R130)."""
    refusal = _ending(facts, is_open=is_open)
    if refusal is not None:
        return refusal
    if kind not in TAKEDOWNS:
        return deny(
            Code.ILLEGAL_TRANSITION, "T29", _("This hold keeps the recording. Only a takedown can end in its removal.")
        )
    if is_decided and not at_once:
        return deny(Code.CONFLICT, "T29", _("Its removal is decided already."))
    if at_once and kind is not HoldKind.TAKEDOWN_LEGAL:
        return deny(Code.ILLEGAL_TRANSITION, "T29", _("Only a legal order takes a recording at once and for good."))
    if not reason:
        return deny(Code.BAD_REQUEST, "T29", _("Say why it is removed: its owner is told."))
    return decide_taking(facts)


def decide_taking(facts: HoldFacts) -> Decision:
    """T29: can what was decided be done now? It can once the recording is held and nothing else needs it (R55, R130)."""
    if facts.state != "held":
        return deny(
            Code.ILLEGAL_TRANSITION, "R55", _("The hold has not taken effect: the recording is still being worked on.")
        )
    if any(kind not in TAKEDOWNS and not kind.startswith("aup_") for kind in facts.kinds) or facts.is_copy_held:
        return deny(
            Code.HELD, "R130", _("Another hold needs this recording. It cannot be removed before that is over.")
        )
    return permit()


def _ending(facts: HoldFacts, *, is_open: bool) -> Decision | None:
    if not facts.may.is_permitted:
        return facts.may
    if not is_open:
        return deny(Code.CONFLICT, "T28", _("This hold has ended already."))
    if facts.is_own:
        return deny(Code.CONFLICT, "R89", _("This recording is yours, so somebody else has to decide."))
    return None
