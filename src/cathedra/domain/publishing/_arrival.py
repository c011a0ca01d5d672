"""A recording comes to another folder, moved or copied: may it, and how it stands there (R72)."""

from dataclasses import dataclass

from cathedra.domain.publishing._words import DRAFT, PUBLISHED, REJECTED, WAITING, ApprovalStep
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """A recording on its way and the person who brings it. `may_take` and `may_bring` are what the access rule says
    there and here; `may_release` is whether they are a Publisher of where it comes from, or a service_admin;
    `may_approve` whether they may approve where it goes. `is_own_to_judge`: it is theirs, and the site lets nobody
    approve their own (R66). `gains_sight`: they may not watch it where it is, and could where it goes."""

    publication: str
    may_take: Decision
    may_bring: Decision
    target_needs_approval: bool
    may_release: bool = False
    may_approve: bool = False
    is_own_to_judge: bool = False
    is_same_folder: bool = False
    gains_sight: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """How it stands where it arrives. `is_released`: T26b, published without approval by who may; `step` is the last
    step of its approval, None: as it was."""

    decision: Decision
    publication: str = DRAFT
    step: ApprovalStep | None = None

    @property
    def is_released(self) -> bool:
        return self.publication == PUBLISHED and self.step is ApprovalStep.APPROVED

    @property
    def waits_anew(self) -> bool:
        return self.step is ApprovalStep.SUBMITTED


def arrive(facts: JourneyFacts) -> Arrival:
    """What comes of moving or copying it there. What is not ready yet is judged where it is when it becomes so."""
    refusal = _refused(facts)
    if refusal is not None:
        return Arrival(refusal, facts.publication)
    if facts.is_same_folder or facts.publication == DRAFT:
        return Arrival(permit(), facts.publication)
    if facts.publication in (WAITING, REJECTED):
        if facts.target_needs_approval:
            return Arrival(permit(), WAITING, ApprovalStep.SUBMITTED)
        return Arrival(permit(), PUBLISHED, ApprovalStep.APPROVED)  # T26b
    if facts.target_needs_approval and (facts.is_own_to_judge or not facts.may_approve):
        return Arrival(permit(), WAITING, ApprovalStep.SUBMITTED)
    return Arrival(permit(), PUBLISHED)


def decide_leaving(*, is_kept: bool, is_target_summative: bool) -> Decision:
    """R129: assessed work that is still kept stays among such work."""
    if not is_kept or is_target_summative:
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R129",
        _(
            "This is assessed work that counts for a mark, and is kept for a while after its academic year. It stays in"
            " its folder until that is over."
        ),
    )


def _refused(facts: JourneyFacts) -> Decision | None:
    for decision in (facts.may_take, facts.may_bring):
        if not decision.is_permitted:
            return decision
    if facts.gains_sight:
        return deny(
            Code.SIGHT_NEEDED,
            "R26",
            _("You may not watch this recording, so you cannot bring it to a folder in which you could."),
        )
    if is_kept_back(facts.publication) and not facts.target_needs_approval and not facts.is_same_folder:
        return _released(facts)
    return None


def _released(facts: JourneyFacts) -> Decision | None:
    """T26b is an approval too, so nobody gives it to their own where the site lets nobody approve that (R66)."""
    if not facts.may_release:
        return deny(
            Code.PUBLISHER_NEEDED,
            "R72",
            _(
                "This recording is not approved. Only a Publisher of its folder can bring it to a folder without approval."
            ),
        )
    if facts.is_own_to_judge:
        return deny(
            Code.PUBLISHER_NEEDED,
            "R66",
            _(
                "This recording is yours and not approved. Another Publisher has to approve it, or to bring it to a folder"
                " without approval."
            ),
        )
    return None


def is_kept_back(publication: str) -> bool:
    """Whether it may not be watched by Viewers until a Publisher says so."""
    return publication in (WAITING, REJECTED)
