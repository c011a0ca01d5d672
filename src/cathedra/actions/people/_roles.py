"""Roles on the platform: given, reviewed, withdrawn, ended by the calendar (R25, R27)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cathedra.actions.people._may import decide_staff
from cathedra.db.reads import people as reads
from cathedra.db.writes import audit, notices, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.people import (
    ROLE_NAMES,
    WORKS_OUTSIDE,
    Appointment,
    StaffArea,
    SystemRole,
    Why,
    decide_give,
    decide_renew,
    decide_withdraw,
    is_near,
    is_over,
    reminder,
)
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId
from cathedra.domain.terms import gettext_noop as _

ROLES_PAGE, ACCOUNT_PAGE = "/staff/roles/", "/account/"


def give_role(
    account_id: AccountId,
    role: SystemRole,
    *,
    reason: str,
    approver: str,
    review_date: date,
    scopes: Iterable[FolderId] = (),
    actor: Actor,
    now: datetime,
) -> Decision:
    """Give a role: why, approved by whom (a login name), until when, and for which folders where the role is only
    for some (R25). Holder and approver are told. Raises AccountNotFound, FolderNotFound."""
    told, places = " ".join(reason.split()), tuple(dict.fromkeys(scopes))
    with transaction():
        decision = decide_staff(actor, StaffArea.ROLES)
        if not decision.is_permitted:
            return decision
        people.hold_first_run()
        holder = reads.account_facts(account_id, lock=True)
        approver_id = reads.accounts_called((approver.lower(),)).get(approver.lower())
        asked = Appointment(
            role=role,
            reason=told,
            review_date=review_date,
            is_own=actor.account_id == account_id,
            is_holder_active=holder.is_active,
            is_held=reads.find_role(account_id, role) is not None,
            is_approver_known=approver_id is not None,
            is_approver_holder=approver_id == account_id,
            scope_count=len(places),
        )
        decision = decide_give(asked, today=localdate(now))
        if not decision.is_permitted:
            return decision
        reads.require_folders(places)
        people.give_system_role(
            account_id,
            role,
            reason=told,
            now=now,
            review_date=review_date,
            given_by=actor.account_id,
            approver=approver_id,
            scopes=places,
        )
        after = {**_told(role, review_date, approver_id), "folders": [str(place) for place in places]}
        audit.record(actor, "role:give", target_kind="account", target_id=account_id, now=now, after=after, reason=told)
        _tell_given(holder, approver_id, asked, now=now)
    return decision


def _tell_given(holder: reads.AccountFacts, approver: AccountId | None, given: Appointment, *, now: datetime) -> None:
    notices.add(
        NoticeKind.ROLE_GIVEN,
        event=f"{holder.id}:{given.role}:{now.isoformat()}",
        to=[each for each in (holder.id, approver) if each],
        values={
            "role": Phrase(ROLE_NAMES[given.role]),
            "holder": holder.details.full_name,
            "by": given.review_date,
            "reason": given.reason,
        },
        link=ACCOUNT_PAGE,
        now=now,
    )


def renew_role(
    account_id: AccountId, role: SystemRole, *, reason: str, review_date: date, actor: Actor, now: datetime
) -> Decision:
    """Review a role: it is still needed, because, until another date. Whoever reviews it approves it (R27)."""
    told = " ".join(reason.split())
    with transaction():
        decision = decide_staff(actor, StaffArea.ROLES)
        if not decision.is_permitted:
            return decision
        held = reads.find_role(account_id, role, lock=True)
        decision = decide_renew(
            reason=told,
            review_date=review_date,
            is_own=actor.account_id == account_id,
            is_held=held is not None,
            today=localdate(now),
        )
        if held is None or not decision.is_permitted:
            return decision
        approver = actor.account_id or held.approver_id
        people.renew_system_role(account_id, role, reason=told, review_date=review_date, approver=approver, now=now)
        audit.record(
            actor,
            "role:renew",
            target_kind="account",
            target_id=account_id,
            now=now,
            before=_told(role, held.review_date, held.approver_id),
            after=_told(role, review_date, approver),
            reason=told,
        )
    return decision


def withdraw_role(
    account_id: AccountId, role: SystemRole, *, reason: str = "", actor: Actor, now: datetime
) -> Decision:
    """Take a role away, from the next request on; its holder is told. Not from the last systems administrator."""
    with transaction():
        decision = decide_staff(actor, StaffArea.ROLES)
        if not decision.is_permitted:
            return decision
        people.hold_first_run()
        held = reads.find_role(account_id, role, lock=True)
        decision = decide_withdraw(
            role, is_held=held is not None, is_last_administrator=reads.is_last_administrator(account_id)
        )
        if held is None or not decision.is_permitted:
            return decision
        told = " ".join(reason.split())[:2000]
        _end(held, "role:withdraw", reason=told, why=told or Phrase(_("It was withdrawn.")), actor=actor, now=now)
    return decision


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a look at the system roles did; worth a line when one ended."""

    ended: int = 0
    reminded: int = 0

    def __bool__(self) -> bool:
        return bool(self.ended)


_WHY = {
    Why.UNREVIEWED: _("Nobody reviewed it by its date."),
    Why.UNUSED: _("It was not used for twelve months."),
}


def review_roles(*, actor: Actor, now: datetime) -> Reviewed:
    """End the roles that nobody reviewed by their date or used for twelve months, and remind of those that
    end in 30 and in 7 days (R27, N46). The last systems administrator is kept, and reminded every
    day. Run as often as one likes: each person is told of each happening once."""
    ended = reminded = 0
    for listed in reads.list_roles():
        held = _with_work(listed, now)
        if is_over(held.term, today=localdate(now)):
            ended += _end_if_over(held, actor=actor, now=now)
        elif days := reminder(held.term, today=localdate(now)):
            reminded += 1
            _remind(held, f"{held.term.ends_on}:{days}", now=now)
    return Reviewed(ended, reminded)


def _with_work(held: reads.RoleHeld, now: datetime) -> reads.RoleHeld:
    """Videographers, schedulers and caption requesters enter no part of the staff area: what they did by the role stands
    on the audit trail, and is looked up when it is about to end as unused (R27)."""
    if (
        held.role not in WORKS_OUTSIDE
        or held.term.why is not Why.UNUSED
        or not is_near(held.term, today=localdate(now))
    ):
        return held
    worked_at = reads.last_work_of(held)
    if worked_at is None or (held.last_used_at is not None and worked_at <= held.last_used_at):
        return held
    with transaction():
        people.note_role_use(held.account_id, [held.role], now=worked_at)
    return reads.find_role(held.account_id, held.role) or held


def _end_if_over(seen: reads.RoleHeld, *, actor: Actor, now: datetime) -> int:
    with transaction():
        people.hold_first_run()
        held = reads.find_role(seen.account_id, seen.role, lock=True)
        if held is None or not is_over(held.term, today=localdate(now)):
            return 0  # somebody reviewed it, used it or withdrew it a moment ago
        is_last = held.role is SystemRole.SYS_ADMIN and reads.is_last_administrator(held.account_id)
        if not is_last:
            why = _WHY[held.term.why]
            _end(held, "role:end", reason=why, why=Phrase(why), actor=actor, now=now)
    if is_last:
        _remind(held, f"{localdate(now)}", now=now)
        return 0
    return 1


def _end(held: reads.RoleHeld, verb: str, *, reason: str, why: str | Phrase, actor: Actor, now: datetime) -> None:
    people.take_system_role(held.account_id, held.role)
    audit.record(
        actor,
        verb,
        target_kind="account",
        target_id=held.account_id,
        now=now,
        before=_told(held.role, held.review_date, held.approver_id),
        reason=reason,
    )
    notices.add(
        NoticeKind.ROLE_ENDED,
        event=f"{held.account_id}:{held.role}:{now.isoformat()}",
        to=[each for each in (held.account_id, held.approver_id) if each],
        values={"role": Phrase(ROLE_NAMES[held.role]), "holder": held.full_name, "why": why},
        link=ACCOUNT_PAGE,
        now=now,
    )


def _remind(held: reads.RoleHeld, event: str, *, now: datetime) -> None:
    """N46: the holder, and whoever can review it: the approver, or else every other systems administrator."""
    others = reads.list_holders(SystemRole.SYS_ADMIN)
    reviewers = {held.approver_id} if held.approver_id in others else set(others) | {held.approver_id}
    values: dict[str, Value] = {
        "role": Phrase(ROLE_NAMES[held.role]),
        "holder": held.full_name,
        "by": held.term.ends_on,
    }
    with transaction():
        for to, link in (({held.account_id}, ACCOUNT_PAGE), (reviewers - {held.account_id}, ROLES_PAGE)):
            notices.add(
                NoticeKind.ROLE_REVIEW_DUE,
                event=f"{held.account_id}:{held.role}:{event}",
                to=[each for each in to if each],
                values=values,
                link=link,
                now=now,
            )


def _told(role: SystemRole, review_date: date, approver: AccountId | None) -> dict[str, object]:
    return {
        "role": role.value,
        "review_date": review_date.isoformat(),
        "approver_id": str(approver) if approver else "",
    }
