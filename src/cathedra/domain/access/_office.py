"""What an administrator's office does not give: to see what is in a thing, and to let oneself in to it (R26, R144)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from cathedra.domain.access._changes import Member
from cathedra.domain.access._decide import decide, decide_folder
from cathedra.domain.access._facts import FolderFacts, RecordingFacts
from cathedra.domain.access._matrix import CAPABILITIES
from cathedra.domain.access._standing import permits
from cathedra.domain.access._words import Action, FolderRole, Standing
from cathedra.domain.terms import Code, Decision, PrincipalId, deny, permit
from cathedra.domain.terms import gettext_noop as _

OFFICES = frozenset({Standing.SERVICE_ADMIN, Standing.SYS_ADMIN})


def is_met_by_office(facts: FolderFacts, now: datetime) -> bool:
    """Whether an administrator meets the thing by the office alone: its own page is not theirs. What they may do to it
    they do on pages that show what it is and nothing that is in it, and each look is on the trail (R26, R223)."""
    if facts.appointments.isdisjoint(OFFICES):
        return False
    if not isinstance(facts, RecordingFacts):
        return not decide_folder(facts, Action.SEE_FOLDER, now).is_permitted
    return not any(decide(facts, action, now).is_permitted for action in (Action.VIEW, Action.SEE_PROGRESS))


def decide_let_in(facts: FolderFacts, new: Iterable[Member], *, mine: Iterable[PrincipalId], now: datetime) -> Decision:
    """May these be let in? Nobody who may not watch the thing lets themself in, by name or by a group of theirs: for
    that there are grants, which somebody else gives and the owner is told of (R26, R144). Asked after the matrix."""
    watching = {who for who, role in new if Action.VIEW in CAPABILITIES[role]}
    if watching.isdisjoint(mine) or permits(replace(facts, grants=()), Action.VIEW, now):
        return permit()
    return deny(
        Code.SIGHT_NEEDED,
        "R26",
        _("You may not watch this, so you cannot let yourself in. Ask another service administrator for access."),
    )


def as_viewers(principals: Iterable[PrincipalId]) -> frozenset[Member]:
    """The same people and groups, each as a Viewer."""
    return frozenset((each, FolderRole.VIEWER) for each in principals)
