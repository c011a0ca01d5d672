"""Whether a chosen set of recordings is looked at again (R16)."""

from dataclasses import dataclass

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

SET_MOST = 500  # recordings that are chosen at once
WHY_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class SetFacts:
    """Who wants how many recordings looked at again, and why."""

    is_service_admin: bool
    count: int
    why: str


def decide_looking_again(facts: SetFacts) -> Decision:
    """May a set be looked at again (R16)? By whoever decides cases (R89), with a reason that they will read."""
    if not facts.is_service_admin:
        return deny(Code.NO_PERMISSION, "R16", _("There is nothing here, or you may not see it."))
    if not facts.why.strip() or len(facts.why) > WHY_CHARACTERS:
        return deny(
            Code.BAD_REQUEST,
            "R16",
            _("Say in up to {most} characters why they are looked at again."),
            most=str(WHY_CHARACTERS),
        )
    if not 0 < facts.count <= SET_MOST:
        return deny(Code.BAD_REQUEST, "R16", _("Choose recordings, {most} at a time at the most."), most=str(SET_MOST))
    return permit()
