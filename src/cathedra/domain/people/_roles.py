"""System roles: given with a reason, an approver and a review date; ended when nobody reviews or uses them (R25, R27)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cathedra.domain.people._words import SystemRole
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

REASON_LENGTHS = range(10, 2001)
REMINDER_DAYS = (30, 7)  # N46
# Roles whose work is not in the staff area: in folders, in captions.
WORKS_OUTSIDE = frozenset({SystemRole.VIDEOGRAPHER, SystemRole.SCHEDULER, SystemRole.CAPTION_REQUESTER})


def year_after(day: date) -> date:
    """The same day twelve months on: the latest review date that may be named on `day` (R27)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the rule needs to know about a role that is to be given, or given on (R27)."""

    role: SystemRole
    reason: str
    review_date: date
    is_own: bool  # whoever gives it would hold it
    is_holder_active: bool
    is_held: bool
    is_approver_known: bool  # an active account
    is_approver_holder: bool
    scope_count: int = 0  # folders of the appointment


def decide_give(asked: Appointment, *, today: date) -> Decision:
    """May the role be given so? A second person gives it, a named person approves it, a date ends it."""
    if asked.is_own:
        return deny(
            Code.ILLEGAL_TRANSITION, "R27", _("You cannot give yourself a role. Another systems administrator must.")
        )
    if not asked.is_holder_active:
        return deny(
            Code.ILLEGAL_TRANSITION, "R27", _("This account is closed. Reactivate it before you give it a role.")
        )
    if asked.is_held:
        return deny(Code.CONFLICT, "R27", _("This person holds the role already. Review it to give it for longer."))
    if not asked.is_approver_known:
        return deny(Code.BAD_REQUEST, "R27", _("Name the approver by the login name of an active account."))
    if asked.is_approver_holder:
        return deny(Code.BAD_REQUEST, "R27", _("Nobody approves a role for themselves. Name somebody else."))
    if needs_scope(asked.role) != bool(asked.scope_count):
        return _scope_is_wrong(asked.role)
    return _decide_term(asked.reason, asked.review_date, today=today)


def _scope_is_wrong(role: SystemRole) -> Decision:
    if needs_scope(role):
        return deny(Code.BAD_REQUEST, "R25", _("Name the folders of the appointment: this role holds nowhere else."))
    return deny(Code.BAD_REQUEST, "R25", _("This role is for the whole platform. Leave the folders out."))


def decide_renew(*, reason: str, review_date: date, is_own: bool, is_held: bool, today: date) -> Decision:
    """May the role be given on until another date? Never by its holder."""
    if is_own:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R27",
            _("You cannot review a role of your own. Another systems administrator must."),
        )
    if not is_held:
        return _not_held()
    return _decide_term(reason, review_date, today=today)


def decide_withdraw(role: SystemRole, *, is_held: bool, is_last_administrator: bool) -> Decision:
    """May the role be taken away? Not from the last active systems administrator."""
    if not is_held:
        return _not_held()
    if role is SystemRole.SYS_ADMIN and is_last_administrator:
        return last_administrator()
    return permit()


def last_administrator() -> Decision:
    """Why the last active systems administrator stays one, and stays active."""
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R25",
        _("This is the last active systems administrator. Give somebody else the role first."),
    )


def _not_held() -> Decision:
    return deny(Code.CONFLICT, "R25", _("This person does not hold the role any more."))


def _decide_term(reason: str, review_date: date, *, today: date) -> Decision:
    if len(reason) not in REASON_LENGTHS:
        return deny(Code.BAD_REQUEST, "R27", _("Say why, in 10 to 2000 characters: what the role is needed for."))
    if not today < review_date <= year_after(today):
        return deny(Code.BAD_REQUEST, "R27", _("Choose a review date after today and at most twelve months ahead."))
    return permit()


class Why(StrEnum):
    """What ends a role that nobody takes away (R27)."""

    UNREVIEWED = "UNREVIEWED"
    UNUSED = "UNUSED"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a role lasts as things stand, and what would end it."""

    ends_on: date
    why: Why


def term(*, given_on: date, review_date: date, last_used_on: date | None) -> Term:
    """The role ends at its review date, or twelve months after it was last used (or given): whichever is first."""
    unused_until = year_after(max(given_on, last_used_on or given_on))
    if unused_until < review_date:
        return Term(unused_until, Why.UNUSED)
    return Term(review_date, Why.UNREVIEWED)


def reminder(held: Term, *, today: date) -> int | None:
    """Which of the reminders of N46 is due: 30 or 7 days before, the closest one that has come; None before and after."""
    left = (held.ends_on - today).days
    return min((days for days in REMINDER_DAYS if 0 < left <= days), default=None)


def is_near(held: Term, *, today: date) -> bool:
    """Whether its end is so near that it is reminded of, or past."""
    return held.ends_on <= today + timedelta(days=max(REMINDER_DAYS))


def is_over(held: Term, *, today: date) -> bool:
    """Whether the role is to be taken away now (R27)."""
    return held.ends_on <= today


def is_use_noted(last_used_at: datetime | None, *, now: datetime) -> bool:
    """Whether a use of today need not be written again: once a day is enough to know whether a role is used."""
    return last_used_at is not None and now - last_used_at < timedelta(days=1)


def needs_scope(role: SystemRole) -> bool:
    """Whether the role holds only where the appointment says (R25): in folders, each with all below it."""
    return role in (SystemRole.VIDEOGRAPHER, SystemRole.SCHEDULER)
