"""Exceptions from the limits: asked for with a reason, given until an end, ended (R108)."""

from datetime import datetime, timedelta

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_DAYS = 366
MOST_WORDS = 1000


def clean_reason(reason: str) -> str:
    """As it is kept."""
    return " ".join(reason.split())[:MOST_WORDS]


def decide_asking(reason: str) -> Decision:
    """Somebody asks for themself: a sentence says why."""
    if not clean_reason(reason):
        return deny(Code.BAD_REQUEST, "R108", _("Say what this is needed for."))
    return permit()


def decide_exception(reason: str, until: datetime, *, now: datetime) -> Decision:
    """With a reason, and with an end within a year."""
    if not clean_reason(reason):
        return deny(Code.BAD_REQUEST, "R108", _("Say why this exception is given."))
    if not now < until <= now + timedelta(days=MOST_DAYS):
        return deny(Code.BAD_REQUEST, "R108", _("Give an end that is to come, within a year."))
    return permit()
