"""What is done under a grant: when a permit comes from it alone, and what its owner is told of its use (R148, R149)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cathedra.domain.access import _refusals as refuse
from cathedra.domain.access._decide import decide, decide_folder
from cathedra.domain.access._facts import FolderFacts, Grant, RecordingFacts
from cathedra.domain.access._words import Action, GrantUse, Standing
from cathedra.domain.terms import Decision
from cathedra.domain.terms import gettext_noop as _

# One written use opens the stream for so long; the page asks again after it, and writes again.
USE_OPENS = timedelta(hours=12)
# A page and the player in it are one playback.
ONE_PLAYBACK = timedelta(minutes=2)


# Standing by a system role that counts everywhere, whatever the folder (R26).
OFFICES = frozenset({Standing.SERVICE_ADMIN, Standing.SYS_ADMIN, Standing.AUDITOR})


def through_grant(facts: FolderFacts, action: Action, now: datetime) -> Grant | None:
    """The grant that this is permitted by, and by nothing else; None when it is refused, or permitted without one."""
    if not facts.grants or not _may(facts, action, now):
        return None
    if _may(replace(facts, grants=()), action, now):
        return None
    alone = (grant for grant in facts.grants if _may(replace(facts, grants=(grant,)), action, now))
    return max(alone, key=lambda grant: (grant.used_at is not None, grant.ends_at, str(grant.id)))


def is_by_office(facts: FolderFacts, action: Action, now: datetime) -> bool:
    """Whether this is permitted by a system role alone: the look of an administrator, which is audited (R26, R223)."""
    if not facts.appointments & OFFICES or not _may(facts, action, now):
        return False
    return not _may(replace(facts, appointments=facts.appointments - OFFICES), action, now)


def _may(facts: FolderFacts, action: Action, now: datetime) -> bool:
    if isinstance(facts, RecordingFacts):
        return decide(facts, action, now).is_permitted
    return decide_folder(facts, action, now).is_permitted


def decide_stream(facts: RecordingFacts, now: datetime) -> Decision:
    """May bytes of it be sent? As VIEW; but under a grant not one before its use is written down (R148)."""
    decision = decide(facts, Action.VIEW, now)
    grant = through_grant(facts, Action.VIEW, now) if decision.is_permitted and facts.grants else None
    if grant is None or (grant.used_at is not None and now < grant.used_at + USE_OPENS):
        return decision
    return refuse.no_permission()


def may_have_whole(facts: RecordingFacts, now: datetime) -> bool:
    """May what is cut be sent to them, as well as the rest? To its owner and who may edit it; of a copy by reference to
    the owner of its original, others who edit that find it there (R38 row 5, R201, R204). Under a grant only with the
    right to manage: who was let in to watch or to download is given what viewers have (R145)."""
    if facts.cut_version is None:
        return True
    if facts.original is not None:
        return facts.original.is_owner
    return facts.is_owner or decide(facts, Action.EDIT_MEDIA, now).is_permitted


def is_new_use(grant: Grant, now: datetime) -> bool:
    """Whether a playback is another one than that which was written down last."""
    return grant.used_at is None or now >= grant.used_at + ONE_PLAYBACK


@dataclass(frozen=True, slots=True)
class Uses:
    """How often something was done, and when last."""

    count: int
    last_at: datetime


def use_in_sentences(uses: Mapping[GrantUse, Uses]) -> tuple[tuple[str, Mapping[str, str | datetime]], ...]:
    """What N21 says, as sentences with their values."""
    told = [_used(kind, uses[kind].count, uses[kind].last_at) for kind in GrantUse if kind in uses]
    return tuple(told) or ((_("It was not used."), {}),)


def _used(kind: GrantUse, count: int, last: datetime) -> tuple[str, Mapping[str, str | datetime]]:
    once, often = _SENTENCES[kind]
    return (once, {"last": last}) if count == 1 else (often, {"count": str(count), "last": last})


_SENTENCES: Mapping[GrantUse, tuple[str, str]] = {
    GrantUse.PLAYED: (_("Watched once, on {last}."), _("Watched {count} times, last on {last}.")),
    GrantUse.DOWNLOADED: (_("Downloaded once, on {last}."), _("Downloaded {count} times, last on {last}.")),
    GrantUse.EDITED: (_("Changed once, on {last}."), _("Changed {count} times, last on {last}.")),
    GrantUse.LOOKED: (
        _("Details looked at once, on {last}."),
        _("Details looked at {count} times, last on {last}."),
    ),
}
