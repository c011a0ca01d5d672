"""Whether a run takes a recording, and if not, why (R116, R123, R126, R127)."""

from datetime import datetime, timedelta

from cathedra.domain.retention._calendar import Calendar, RunDay
from cathedra.domain.retention._moves import ARCHIVED, ONLINE, PURGED, RECYCLED, RESTORING
from cathedra.domain.retention._words import Facts, Joined, Profile, Rule, RunKind, Why

OFFERED = frozenset({"PUBLISHED", "WAITING", "REJECTED"})


def is_old_enough(facts: Facts, rule: Rule, cutoff: datetime) -> bool:
    """Whether the rule wants it archived by the run of this instant (R115, R132)."""
    own = rule.of(facts.ruled_by)
    days = timedelta(days=own.days)
    match own.profile:
        case Profile.CALENDAR:
            return facts.anchor < cutoff
        case Profile.AGE:
            return facts.anchor + days <= cutoff
        case Profile.LAST_VIEW:
            return max(facts.anchor, facts.last_viewed_at or facts.anchor) + days <= cutoff
        case Profile.NONE:
            return False


def stays_live(facts: Facts, rule: Rule, run: RunDay, *, began_at: datetime) -> Why | None:
    """Why the archive run leaves it alone; None when it takes it (R116). `began_at` is when the run began, or would."""
    obstacle = _not_archivable(facts)
    if obstacle is not None:
        return obstacle
    if not is_old_enough(facts, rule, run.cutoff):
        return Why.TOO_NEW
    if facts.ready_at is None or facts.ready_at >= began_at:
        return Why.READY_TOO_LATE
    if _covers(facts.exempt_archive_until, run.cutoff):
        return Why.EXEMPT
    return Why.NOT_PLANNED if run.name in facts.left_out_of else None


def _not_archivable(facts: Facts) -> Why | None:
    """What keeps anybody from archiving it, by hand too (R117)."""
    if facts.keeping != ONLINE:
        return _elsewhere(facts.keeping, otherwise=Why.NOT_LIVE)
    if facts.is_reference:
        return Why.REFERENCE
    if facts.is_held:
        return Why.HELD
    if facts.media != "READY" or facts.publication not in OFFERED or not facts.is_whole:
        return Why.NOT_READY
    return None


def may_archive_by_hand(facts: Facts) -> Why | None:
    """R117: at any time, whatever its age; None when nothing stands against it (T30)."""
    return _not_archivable(facts)


def stays_archived(facts: Facts, calendar: Calendar, run: RunDay, *, is_told: bool) -> Why | None:
    """Why the deletion run leaves it alone; None when it deletes it (R123, R126, R129, R130, T33)."""
    if facts.keeping != ARCHIVED:
        return _elsewhere(facts.keeping, otherwise=Why.NOT_ARCHIVED)
    if facts.is_held:
        return Why.HELD
    if facts.archived_at is None or not facts.archived_at < calendar.archived_before(run):
        return Why.ARCHIVED_TOO_LATE
    if facts.is_restore_failed:
        return Why.RESTORE_FAILED
    if _covers(facts.exempt_deletion_until, run.cutoff):
        return Why.EXEMPT
    if _covers(facts.keep_until, run.cutoff):
        return Why.ASSESSED
    if run.name in facts.left_out_of:
        return Why.NOT_PLANNED
    return None if is_told else Why.NOT_TOLD


def _elsewhere(keeping: str, *, otherwise: Why) -> Why:
    return {RECYCLED: Why.IN_BIN, RESTORING: Why.RESTORING, PURGED: Why.GONE}.get(keeping, otherwise)


def _covers(until: datetime | None, cutoff: datetime) -> bool:
    return until is not None and until > cutoff


def join(facts: Facts, *, kind: RunKind, is_planned: bool, frozen_at: datetime) -> Joined:
    """How something that a run would take at its start stands to the frozen plan (R127).

    The archive run also takes what came into being after the plan was frozen, for R115 asks for everything made before
    its day; whatever was there and was not planned is skipped.
    """
    if is_planned:
        return Joined.PLANNED
    is_new = facts.anchor >= frozen_at or (facts.ready_at is not None and facts.ready_at >= frozen_at)
    return Joined.LATE if kind is RunKind.ARCHIVE and is_new else Joined.EXTRA


def is_beyond_tolerance(planned: int, extra: int, *, percent: int) -> bool:
    """Whether so much more than planned was found that somebody must look at it (R127)."""
    return extra * 100 > planned * percent
