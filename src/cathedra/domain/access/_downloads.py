"""Who may download: how the policy of a folder and a recording's own meet (R204)."""

from collections.abc import Mapping
from datetime import datetime

from cathedra.domain.access._decide import decide
from cathedra.domain.access._facts import RecordingFacts
from cathedra.domain.access._words import Action, Downloads
from cathedra.domain.terms import Code, Decision, deny
from cathedra.domain.terms import gettext_noop as _

# What a recording may say of its own; anything else would not be stricter than some folder.
OWN_DOWNLOADS = (Downloads.CREATORS, Downloads.NOBODY)
# How many people a policy lets in, fewest first.
_REACH: Mapping[Downloads, int] = {Downloads.NOBODY: 0, Downloads.CREATORS: 1, Downloads.VIEWERS: 2}


def strictest(folder: Downloads, *own: Downloads | None) -> Downloads:
    """What counts for a recording: its folder's policy, unless its own, or that of what it repeats, is stricter."""
    return min((folder, *(each for each in own if each is not None)), key=_REACH.__getitem__)


def decide_own_downloads(facts: RecordingFacts, wanted: Downloads | None, now: datetime) -> Decision:
    """May this person give the recording this policy of its own? Whoever shares it and sets its folder up: an exception
    to a folder's policy is for those who could change that (R204)."""
    decision = decide(facts, Action.SHARE, now)
    if decision.is_permitted:
        decision = decide(facts, Action.EDIT_FOLDER, now)
    if decision.is_permitted and wanted is not None and wanted not in OWN_DOWNLOADS:
        return deny(
            Code.BAD_REQUEST,
            "R204",
            _("A recording can be stricter than its folder, not more open. Change the policy of the folder instead."),
        )
    return decision
