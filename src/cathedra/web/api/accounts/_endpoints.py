"""Accounts and system roles, for systems administrators: the same decisions as the staff pages (R38 row 24, R227)."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from cathedra.actions import audit as audit_actions
from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import StaffArea, SystemRole, clean_details
from cathedra.domain.terms import AccountId, Decision, FolderId
from cathedra.web.api.accounts._door import by, for_staff
from cathedra.web.api.accounts._shapes import (
    Account,
    AccountDetails,
    Accounts,
    Appointment,
    Invited,
    NewAccount,
    Roles,
    Term,
    role_line,
    shown,
)
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["staff"])
Limit = Annotated[int, Query(ge=1, le=100)]


def _answer(decision: Decision, account_id: UUID) -> Any:
    return told(decision) if not decision.is_permitted else shown(AccountId(account_id))


@router.get("/staff/people", response={200: Accounts, REFUSED: Refusal}, operation_id="listAccounts")
@for_staff(StaffArea.PEOPLE)
def list_accounts(request: HttpRequest, q: str = "", after: str = "", limit: Limit = 50) -> Any:
    """Accounts by name; each word of `q` stands in a name, a login name or an address."""
    search = q.replace("\0", "").strip()
    if search:
        audit_actions.note_people_search(search, actor=by(request), now=timezone.now())
    return reads.list_accounts(reads.AccountWish(search=search), after=after, limit=limit)


@router.post("/staff/people", response={201: Invited, REFUSED: Refusal}, operation_id="makeAccount")
@for_staff(StaffArea.PEOPLE)
def make_account(request: HttpRequest, new: NewAccount) -> Any:
    """Make an account and invite its holder."""
    details = clean_details(new.full_name, new.email, new.affiliation)
    invited = actions.invite_person(new.login_name, details, actor=by(request), now=timezone.now())
    return _invited(invited, 201)


@router.get("/staff/people/{uuid:account_id}", response={200: Account, REFUSED: Refusal}, operation_id="getAccount")
@for_staff(StaffArea.PEOPLE)
def get_account(request: HttpRequest, account_id: UUID) -> Any:
    """An account. The look is audited (R223)."""
    found, now = shown(AccountId(account_id)), timezone.now()
    seen = audit_actions.Seen.ACCOUNT
    audit_actions.note_look(seen, target_id=account_id, page="getAccount", actor=by(request), now=now)
    return found


@router.patch("/staff/people/{uuid:account_id}", response={200: Account, REFUSED: Refusal}, operation_id="editAccount")
@for_staff(StaffArea.PEOPLE)
def edit_account(request: HttpRequest, account_id: UUID, details: AccountDetails) -> Any:
    """Change details; deactivate or reactivate."""
    wanted, who, now = AccountId(account_id), by(request), timezone.now()
    before = reads.account_facts(wanted)
    after = clean_details(
        before.details.full_name if details.full_name is None else details.full_name,
        before.details.email if details.email is None else details.email,
        details.affiliation or before.details.affiliation,
    )
    decision = actions.edit_person(wanted, after, seen=details.seen or before.details.mark, actor=who, now=now)
    if decision.is_permitted and details.is_active is not None and details.is_active != before.is_active:
        decision = actions.set_account_active(wanted, is_active=details.is_active, actor=who, now=now)
    return _answer(decision, account_id)


@router.post(
    "/staff/people/{uuid:account_id}/invitation", response={200: Invited, REFUSED: Refusal}, operation_id="inviteAgain"
)
@for_staff(StaffArea.PEOPLE)
def invite_again(request: HttpRequest, account_id: UUID) -> Any:
    """A new link for somebody who has not chosen a password."""
    return _invited(actions.invite_again(AccountId(account_id), actor=by(request), now=timezone.now()), 200)


def _invited(invited: actions.Invited, status: int) -> Any:
    if invited.account_id is None:
        return told(invited.decision)
    return Status(status, {"id": invited.account_id, "path": invited.path, "expires_at": invited.expires_at})


@router.delete(
    "/staff/people/{uuid:account_id}/sign-ins", response={200: Account, REFUSED: Refusal}, operation_id="endSignIns"
)
@for_staff(StaffArea.PEOPLE)
def end_sign_ins(request: HttpRequest, account_id: UUID) -> Any:
    """Sign somebody out everywhere."""
    decision = actions.end_sign_ins(AccountId(account_id), actor=by(request), now=timezone.now())
    return _answer(decision, account_id)


@router.delete(
    "/staff/people/{uuid:account_id}/second-step",
    response={200: Account, REFUSED: Refusal},
    operation_id="resetSecondStep",
)
@for_staff(StaffArea.PEOPLE)
def reset_second_step(request: HttpRequest, account_id: UUID) -> Any:
    """Take somebody's app, keys and recovery codes, and sign them out everywhere."""
    decision = actions.reset_second_step(AccountId(account_id), actor=by(request), now=timezone.now())
    return _answer(decision, account_id)


@router.get("/staff/roles", response={200: Roles, REFUSED: Refusal}, operation_id="listSystemRoles")
@for_staff(StaffArea.ROLES)
def list_roles(request: HttpRequest) -> Any:
    """Who holds which system role until when."""
    return Roles(rows=[role_line(held) for held in reads.list_roles()])


ROLE = "/staff/people/{uuid:account_id}/roles/{role}"


@router.put(ROLE, response={200: Account, REFUSED: Refusal}, operation_id="giveSystemRole")
@for_staff(StaffArea.ROLES)
def give_role(request: HttpRequest, account_id: UUID, role: SystemRole, asked: Appointment) -> Any:
    """Give a system role (R27)."""
    decision = actions.give_role(
        AccountId(account_id),
        role,
        reason=asked.reason,
        approver=asked.approver,
        review_date=asked.review_date,
        scopes=[FolderId(each) for each in asked.folders],
        actor=by(request),
        now=timezone.now(),
    )
    return _answer(decision, account_id)


@router.patch(ROLE, response={200: Account, REFUSED: Refusal}, operation_id="reviewSystemRole")
@for_staff(StaffArea.ROLES)
def review_role(request: HttpRequest, account_id: UUID, role: SystemRole, asked: Term) -> Any:
    """Say that a role is still needed, and until when (R27)."""
    decision = actions.renew_role(
        AccountId(account_id),
        role,
        reason=asked.reason,
        review_date=asked.review_date,
        actor=by(request),
        now=timezone.now(),
    )
    return _answer(decision, account_id)


@router.delete(ROLE, response={200: Account, REFUSED: Refusal}, operation_id="withdrawSystemRole")
@for_staff(StaffArea.ROLES)
def withdraw_role(request: HttpRequest, account_id: UUID, role: SystemRole, reason: str = "") -> Any:
    """Take a system role away."""
    decision = actions.withdraw_role(AccountId(account_id), role, reason=reason, actor=by(request), now=timezone.now())
    return _answer(decision, account_id)
