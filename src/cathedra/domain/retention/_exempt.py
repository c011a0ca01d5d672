"""Asking to keep something longer, and how far that may go (R128)."""

from datetime import datetime

from cathedra.domain.retention._calendar import Calendar
from cathedra.domain.retention._words import Exempt, RunKind
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

REASON_LIMIT = 2000


def latest_end(what: Exempt, *, calendar: Calendar, now: datetime) -> datetime:
    """The latest end of an exemption: the run after next, which it does not cover (R128)."""
    kinds = {
        Exempt.ARCHIVE: (RunKind.ARCHIVE,),
        Exempt.DELETION: (RunKind.DELETION,),
        Exempt.BOTH: (RunKind.ARCHIVE, RunKind.DELETION),
    }[what]
    return min(_after_next(kind, calendar, now) for kind in kinds)


def _after_next(kind: RunKind, calendar: Calendar, now: datetime) -> datetime:
    run = calendar.next_run(kind, now)
    if run.cutoff <= now:  # its night has begun
        run = calendar.after(run)
    return calendar.after(run).cutoff


def clean_reason(text: str) -> str:
    """A reason as it is kept."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:REASON_LIMIT].rstrip()


def decide_exemption(what: Exempt, *, reason: str, expires_at: datetime, calendar: Calendar, now: datetime) -> Decision:
    """Whether it may be asked for, or given, like this."""
    if not reason:
        return deny(Code.BAD_REQUEST, "R128", _("Say why it must be kept."))
    latest = latest_end(what, calendar=calendar, now=now)
    if not now < expires_at <= latest:
        return deny(
            Code.BAD_REQUEST,
            "R128",
            _("An exemption ends after today and by {latest} at the latest, the run after next. It can be renewed."),
            latest=latest.astimezone(calendar.zone).date().isoformat(),
        )
    return permit()
