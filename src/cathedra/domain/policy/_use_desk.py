"""The policy desk: a case from the day somebody has to look at a recording to the day it is settled (R86 to R92)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cathedra.domain.policy._use_words import Requirement, Verdict
from cathedra.domain.terms import AccountId, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

REPORT_CHARACTERS = 2000
APPEAL_CHARACTERS = 4000
WARNED_BEFORE = timedelta(days=7)  # N19
LOOKED_EVERY = timedelta(hours=1)  # so what ends within this and the seven days is warned of now
_UNDECLARED_REMINDERS = (3, 7)  # N16: days after it was held
_SATURDAY = 5


class CaseCause(StrEnum):
    """Why somebody has to look at a recording."""

    REFERRED = "referred"  # its declaration leaves it open (R86)
    REPORTED = "reported"  # somebody who can view it says that it does not belong here (R88)
    LAPSED = "lapsed"  # its exemption has ended (R89)
    AGAIN = "again"  # the desk chose to look at it again (R16)


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"  # waits for a reviewer
    REFUSED = "refused"  # not permitted; the days of grace run (R90)
    APPEALED = "appealed"  # waits for another reviewer; nothing is removed meanwhile (R92)
    CLOSED = "closed"


WAITING = (CaseState.OPEN, CaseState.APPEALED)


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """What rules ask of a case. `verdict` is the last decision, None before the first one."""

    state: CaseState
    cause: CaseCause
    verdict: Verdict | None = None
    grace_until: datetime | None = None
    is_appeal_decided: bool = False
    has_proposal: bool = False


def confirmed_at(case: CaseStanding, *, decided_at: datetime | None, closed_at: datetime | None) -> datetime | None:
    """Since when a refusal is a confirmed breach (R91): since another reviewer refused the appeal, or since the days of
    grace are over in which nobody appealed. Before that it may still be undone (R90, R92), and counts for nothing."""
    if case.verdict is not Verdict.NOT_PERMITTED:
        return None
    if case.is_appeal_decided and case.state in (CaseState.REFUSED, CaseState.CLOSED):
        return decided_at
    return closed_at if case.state is CaseState.CLOSED else None


def decide_correction(case: CaseStanding | None, now: datetime) -> Decision:
    """May what was declared be corrected? In the days of grace it may, and the service looks again (R90); not while an
    appeal is being decided, and not to get round the answer to one (R92)."""
    if case is None or case.state in (CaseState.OPEN, CaseState.CLOSED):
        return permit()
    if case.state is CaseState.APPEALED:
        return deny(
            Code.CONFLICT, "R92", _("Your appeal is being decided, so what you declared cannot be changed now.")
        )
    if case.is_appeal_decided:
        return deny(Code.CONFLICT, "R92", _("The appeal was decided, and an appeal is decided once."))
    if case.grace_until is not None and now >= case.grace_until:
        return deny(Code.CONFLICT, "R90", _("The days in which you could correct this are over."))
    return permit()


class AfterDeclaring(StrEnum):
    """What a declaration does to the case and the hold of its recording."""

    OPEN_CASE = "open_case"
    REOPEN_CASE = "reopen_case"
    SETTLE = "settle"  # the case that asked for it closes, and what held it lets go
    LET_GO = "let_go"  # what was undeclared is declared; a case that others began stays open
    REFER = "refer"  # the case that others began is about this doubt too, and holds it meanwhile
    NOTHING = "nothing"


def after_declaring(case: CaseStanding | None, verdict: Verdict, *, is_held_as_refused: bool = False) -> AfterDeclaring:
    """A reviewer's refusal is not undone by other answers: the service looks again, also at what it took out of the bin.
    What was merely left open is settled by an answer that leaves nothing open. What others reported, or the desk chose, is
    not; but neither hides anything (R88, R16), so what holds it is its declaration alone, as where there is no case."""
    if case is None or case.state is CaseState.CLOSED:
        is_open = verdict is Verdict.REFERRED or is_held_as_refused
        return AfterDeclaring.OPEN_CASE if is_open else AfterDeclaring.LET_GO
    if case.state is CaseState.REFUSED:
        return AfterDeclaring.REOPEN_CASE
    is_new = case.state is CaseState.OPEN and case.verdict is None and not is_held_as_refused
    return _in_open_case(case.cause, verdict) if is_new else AfterDeclaring.NOTHING


def _in_open_case(cause: CaseCause, verdict: Verdict) -> AfterDeclaring:
    """When nobody has decided the case yet. An exemption that ended holds until somebody does (R89)."""
    is_clear = verdict is Verdict.PERMITTED
    match cause:
        case CaseCause.REFERRED:
            return AfterDeclaring.SETTLE if is_clear else AfterDeclaring.NOTHING
        case CaseCause.REPORTED | CaseCause.AGAIN:
            return AfterDeclaring.LET_GO if is_clear else AfterDeclaring.REFER
        case CaseCause.LAPSED:
            return AfterDeclaring.NOTHING


def decide_report(may_view: Decision, text: str) -> Decision:
    """Anyone who can view it may report it, and says why (R88)."""
    if not may_view.is_permitted:
        return may_view
    if not text.strip() or len(text) > REPORT_CHARACTERS:
        return deny(
            Code.BAD_REQUEST,
            "R88",
            _("Say in up to {most} characters why you think that it does not belong here."),
            most=str(REPORT_CHARACTERS),
        )
    return permit()


def decide_appeal_text(text: str) -> Decision:
    """An appeal says why."""
    if text.strip() and len(text) <= APPEAL_CHARACTERS:
        return permit()
    return deny(
        Code.BAD_REQUEST,
        "R92",
        _("Say in up to {most} characters why you think that it belongs here."),
        most=str(APPEAL_CHARACTERS),
    )


def decide_turn(case: CaseStanding) -> Decision:
    """Is it a reviewer's turn? Somebody may have decided meanwhile."""
    if case.state in WAITING:
        return permit()
    return deny(Code.CONFLICT, "R89", _("Somebody has decided this meanwhile, so nothing was changed."))


def decide_failed(verdict: Verdict, failed: frozenset[Requirement]) -> Decision:
    """The owner is told which requirement failed (R90), so a refusal names one."""
    if verdict is not Verdict.NOT_PERMITTED or failed:
        return permit()
    return deny(Code.BAD_REQUEST, "R90", _("Name at least one requirement that is not met: the owner is told."))


def decide_consent(*, proposer: AccountId | None, consents: AccountId) -> Decision:
    """A second person consents to an exemption that the first proposed (R89)."""
    if proposer is None:
        return deny(Code.CONFLICT, "R89", _("No exemption is proposed here, so there is nothing to agree to."))
    if proposer == consents:
        return deny(Code.CONFLICT, "R89", _("You proposed this exemption, so somebody else has to agree to it."))
    return permit()


def grace_after(before: datetime | None, first: datetime, now: datetime) -> datetime:
    """Until when a refused recording stays: the days of grace from the first refusal. A later answer does not make them
    longer, but there is always time for the notice seven days before (N19)."""
    return first if before is None else max(before, now + WARNED_BEFORE)


def is_overdue(opened: datetime, now: datetime, *, days: int) -> bool:
    """Have these working days passed (R86)? Both instants in the site's time zone."""
    since_midnight = timedelta(hours=opened.hour, minutes=opened.minute, seconds=opened.second)
    return _working_days(opened.date(), (now - since_midnight).date()) >= days


def _working_days(since: date, until: date) -> int:
    if until <= since:
        return 0
    weeks, rest = divmod((until - since).days, 7)
    days = (since + timedelta(days=7 * weeks + step) for step in range(1, rest + 1))
    return weeks * 5 + sum(day.weekday() < _SATURDAY for day in days)


def undeclared_reminder(held_at: datetime, now: datetime) -> int | None:
    """Which reminder of N16 is due for what is held undeclared; None before the first. Each is sent once by its event,
    and the last is the only one after it."""
    passed = [days for days in _UNDECLARED_REMINDERS if now >= held_at + timedelta(days=days)]
    return passed[-1] if passed else None


def removed_at(until: datetime, now: datetime, *, grace_days: int) -> datetime:
    """When something goes whose owner is warned of that now (N19): when it was said, and never before they have had seven
    days from here, or all the days of grace where those are fewer."""
    return max(until, now + min(WARNED_BEFORE, timedelta(days=grace_days)))
