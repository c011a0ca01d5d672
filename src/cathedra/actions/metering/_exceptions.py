"""Exceptions from the limits: asked for, given with a reason and an end, ended (R108)."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from cathedra.actions.metering._allocations import refused
from cathedra.db.reads import metering as reads
from cathedra.db.reads import people
from cathedra.db.writes import audit, notices
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import AccountId, Actor, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

STAFF_PAGE, OWN_PAGE = "/staff/hours/exceptions/", "/account/hours/"
_GIVEN, _NOT_GIVEN, _ENDED = _("Yes, until {until}."), _("No."), _("It has ended.")


def ask_exception(reason: str, *, actor: Actor, now: datetime) -> Decision:
    """Somebody asks to bring in something new although a limit refuses it. One question waits at a time; asked again, it
    stays as it was."""
    if actor.account_id is None:
        return deny(Code.SIGN_IN, "R38", _("Sign in first."))
    decision, said = metering.decide_asking(reason), metering.clean_reason(reason)
    if not decision.is_permitted:
        return decision
    with transaction():
        asked, is_new = writes.ask_exception(actor.account_id, said, now=now)
        if is_new:
            _record("limits:ask_exception", actor.account_id, actor, now, reason=said)
            notices.add(
                NoticeKind.LIMIT_EXCEPTION_ASKED,
                event=f"limit-exception:{asked}",
                to=people.list_holders(SystemRole.SERVICE_ADMIN),
                values={"who": people.get_person(actor.account_id).full_name, "reason": said},
                link=STAFF_PAGE,
                now=now,
            )
    return permit()


def give_exception(login_name: str, reason: str, *, until: datetime, actor: Actor, now: datetime) -> Decision:
    """Until then the limits do not refuse what this person brings in, their own or of an allocation. Whoever runs the
    service gives it, with a reason."""
    decision = refused(actor) or metering.decide_exception(reason, until, now=now)
    if not decision.is_permitted:
        return decision
    account = people.find_account_by_login(login_name.strip())
    if account is None:
        return deny(Code.BAD_REQUEST, "R108", _("Nobody here signs in with that name."))
    said = metering.clean_reason(reason)
    with transaction():
        given = writes.give_exception(account, said, until=until, by=actor.account_id, now=now)
        _record("limits:give_exception", account, actor, now, reason=said, until=until.isoformat())
        _tell(given, account, Phrase(_GIVEN, {"until": localtime(until).date()}), said, now)
    return permit()


def end_exception(exception_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """From now on the limits count for them again; or no, where it was asked for and waits."""
    decision = refused(actor)
    if decision is not None:
        return decision
    with transaction():
        row = reads.find_exception(exception_id)
        if row is None or not writes.end_exception(exception_id, by=actor.account_id, now=now):
            return deny(Code.CONFLICT, "R108", _("There is no such exception any more. Somebody else ended it."))
        _record("limits:end_exception", row.account_id, actor, now, was_given=row.until is not None)
        _tell(exception_id, row.account_id, Phrase(_ENDED if row.until else _NOT_GIVEN), row.reason, now)
    return permit()


def _tell(exception_id: UUID, account: AccountId, answer: Phrase, reason: str, now: datetime) -> None:
    notices.add(
        NoticeKind.LIMIT_EXCEPTION_ANSWERED,
        event=f"limit-exception:{exception_id}:{now.isoformat()}",
        to=[account],
        values={"answer": answer, "reason": reason},
        link=OWN_PAGE,
        now=now,
    )


def _record(action: str, account: AccountId, actor: Actor, now: datetime, *, reason: str = "", **facts: object) -> None:
    audit.record(actor, action, target_kind="account", target_id=account, now=now, reason=reason, facts=facts)
