"""Approval switched on and off for a folder: who may, and what becomes of what is in it (R68 to R70)."""

from dataclasses import dataclass

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class SwitchFacts:
    """A folder and the person who asks. `may_set` is what the access rule says of its availability settings,
    `may_approve` whether they may approve there. `is_from_above`: the folder around it asks for approval too. `is_own_waiting`:
    something of theirs waits in it, and the site lets nobody approve their own (R66)."""

    is_on: bool
    may_set: Decision
    may_approve: bool
    is_creator: bool
    has_publisher: bool
    is_from_above: bool = False
    is_own_waiting: bool = False


@dataclass(frozen=True, slots=True)
class SwitchOutcome:
    """What comes of it. `publishes_existing`: what is published stays so, as approved by the person (R69)."""

    decision: Decision
    is_changed: bool = False
    publishes_existing: bool = False


def switch_on(facts: SwitchFacts, *, approve_existing: bool) -> SwitchOutcome:
    """R69. What is published waits from now on, unless a Publisher approves it in the same step."""
    if not facts.may_set.is_permitted:
        return SwitchOutcome(facts.may_set)
    if facts.is_on:
        return SwitchOutcome(permit())
    if approve_existing and not facts.may_approve:
        only = deny(
            Code.PUBLISHER_NEEDED, "R69", _("Only a Publisher of the folder can approve what is in it already.")
        )
        return SwitchOutcome(only)
    return SwitchOutcome(permit(), is_changed=True, publishes_existing=approve_existing)


def switch_off(facts: SwitchFacts) -> SwitchOutcome:
    """R70. What waits is published, what was rejected is not; nobody publishes their own so where the site lets nobody
    approve it (R66)."""
    if not facts.may_set.is_permitted and not facts.may_approve:
        return SwitchOutcome(facts.may_set)
    if not facts.is_on:
        return SwitchOutcome(permit())
    if not (facts.may_approve or (facts.is_creator and not facts.has_publisher)):
        return SwitchOutcome(
            deny(Code.PUBLISHER_NEEDED, "R70", _("Only a Publisher of the folder can switch approval off."))
        )
    if facts.is_from_above:
        above = deny(
            Code.ILLEGAL_TRANSITION,
            "R28",
            _("Approval comes from the folder above. Switch it off there, or give this folder access of its own."),
        )
        return SwitchOutcome(above)
    if facts.is_own_waiting:
        own = deny(
            Code.PUBLISHER_NEEDED,
            "R66",
            _(
                "Switching approval off would publish a recording of yours that waits here. Another Publisher has to"
                " decide about it first, or to switch approval off."
            ),
        )
        return SwitchOutcome(own)
    return SwitchOutcome(permit(), is_changed=True)
