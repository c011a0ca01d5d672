"""Approve, reject, withdraw, hand in again: what each command does to a recording where it stands (T19 to T24)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cathedra.domain.publishing._words import (
    DRAFT,
    PUBLISHED,
    REASON_LIMIT,
    REJECTED,
    WAITING,
    WITHDRAWN_BY_CREATOR,
    ApprovalStep,
    Command,
)
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """A recording and the person who asks. `state` is that of R52, as text; `may` is what the access rule says of the
    command. `is_own`: they own it, made it or handed it in. `decided_by` names whoever did the last step."""

    state: str
    may: Decision
    needs_approval: bool = True
    is_own: bool = False
    may_approve_own: bool = True
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalOutcome:
    """What comes of a command. Permitted and nothing changed: it was so already (R53)."""

    decision: Decision
    publication: str | None = None
    step: ApprovalStep | None = None
    reason: str = ""

    @property
    def is_changed(self) -> bool:
        return self.publication is not None


_BY_STATE = {"waiting": WAITING, "rejected": REJECTED, "published": PUBLISHED}
_ALREADY: Mapping[Command, str] = {
    Command.APPROVE: PUBLISHED,
    Command.REJECT: REJECTED,
    Command.WITHDRAW: REJECTED,
    Command.RESUBMIT: WAITING,
}
# From where a command moves a recording; from anywhere else it is refused (R52).
_FROM: Mapping[Command, frozenset[str]] = {
    Command.APPROVE: frozenset({WAITING, REJECTED}),  # T19, T24
    Command.REJECT: frozenset({WAITING, PUBLISHED}),  # T20, T23
    Command.WITHDRAW: frozenset({WAITING}),  # T21
    Command.RESUBMIT: frozenset({REJECTED}),  # T22
}
_STEPS: Mapping[Command, ApprovalStep] = {
    Command.APPROVE: ApprovalStep.APPROVED,
    Command.REJECT: ApprovalStep.REJECTED,
    Command.WITHDRAW: ApprovalStep.WITHDRAWN,
    Command.RESUBMIT: ApprovalStep.SUBMITTED,
}


def decide(facts: ApprovalFacts, command: Command, *, reason: str = "", seen: str = "") -> ApprovalOutcome:
    """What the command does. `reason` is cleaned; `seen` is the state that the person decided upon: when somebody else
    decided in between, their word stands and the answer is a CONFLICT that names them (R65).

    Repeating what was done is no error and changes nothing (R52, R53).
    """
    if not facts.may.is_permitted:
        return ApprovalOutcome(facts.may)
    publication = _BY_STATE.get(facts.state, "")
    if publication == _ALREADY[command]:
        return ApprovalOutcome(permit())
    if seen and seen != facts.state and publication:
        return ApprovalOutcome(_decided_meanwhile(facts))
    refusal = _REFUSALS[command](facts, reason)
    if publication not in _FROM[command]:
        refusal = _illegal(facts.state, command)
    if refusal is not None:
        return ApprovalOutcome(refusal)
    kept = {Command.REJECT: reason, Command.WITHDRAW: WITHDRAWN_BY_CREATOR}.get(command, "")
    return ApprovalOutcome(permit(), publication=_ALREADY[command], step=_STEPS[command], reason=kept)


def _cannot_approve(facts: ApprovalFacts, _reason: str) -> Decision | None:
    if facts.is_own and not facts.may_approve_own:
        return deny(Code.PUBLISHER_NEEDED, "R66", _("This recording is yours, so another Publisher has to approve it."))
    return None


def _cannot_reject(facts: ApprovalFacts, reason: str) -> Decision | None:
    if not reason:
        return deny(Code.BAD_REQUEST, "R67", _("Say why: the reason goes to the recording’s owner."))
    if len(reason) > REASON_LIMIT:
        return deny(
            Code.BAD_REQUEST, "R67", _("The reason may be {limit} characters long at most."), limit=str(REASON_LIMIT)
        )
    if facts.state == "published" and not facts.needs_approval:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "T23",
            _("Recordings of this folder need no approval, so a published one cannot be rejected."),
        )
    return None


def _nothing(_facts: ApprovalFacts, _reason: str) -> Decision | None:
    return None


_REFUSALS: Mapping[Command, Callable[[ApprovalFacts, str], Decision | None]] = {
    Command.APPROVE: _cannot_approve,
    Command.REJECT: _cannot_reject,
    Command.WITHDRAW: _nothing,
    Command.RESUBMIT: _nothing,
}
_VERBS: Mapping[Command, str] = {
    Command.APPROVE: _("A recording that is {state} cannot be approved."),
    Command.REJECT: _("A recording that is {state} cannot be rejected."),
    Command.WITHDRAW: _("A recording that is {state} cannot be withdrawn from approval."),
    Command.RESUBMIT: _("A recording that is {state} cannot be handed in for approval."),
}


def _illegal(state: str, command: Command) -> Decision:
    return deny(Code.ILLEGAL_TRANSITION, "R52", _VERBS[command], state=state)


def _decided_meanwhile(facts: ApprovalFacts) -> Decision:
    who = facts.decided_by or "–"
    sentences = {
        "published": _("{who} has approved it meanwhile, so nothing was changed."),
        "rejected": _("{who} has returned it meanwhile, so nothing was changed."),
        "waiting": _("{who} has handed it in again meanwhile, so nothing was changed. Please look at it once more."),
    }
    return deny(Code.CONFLICT, "R65", sentences[facts.state], who=who)


def at_readiness(*, is_held: bool, needs_approval: bool = False) -> str:
    """The publication when processing first succeeds: offered at once (T14), to the Publishers first where the folder
    asks for it (T15), or neither while a hold is open (T16)."""
    if is_held:
        return DRAFT
    return WAITING if needs_approval else PUBLISHED


def after_media_edit(state: str, *, needs_approval: bool, may_approve: bool, is_asked_for: bool) -> str | None:
    """R73: the publication after somebody changed the media; None: as it was."""
    is_doubtful = is_asked_for and needs_approval and not may_approve
    return WAITING if is_doubtful and state == "published" else None
