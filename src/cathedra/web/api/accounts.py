"""Accounts and system roles, for systems administrators: the same decisions as the staff pages (R38 row 24, R227)."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from cathedra.actions import audit as audit_actions
from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import Affiliation, StaffArea, SystemRole, clean_details
from cathedra.domain.terms import AccountId, Actor, Channel, Decision, FolderId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["staff"])
Limit = Annotated[int, Query(ge=1, le=100)]


class AccountLine(Schema):
    """An account in a list."""

    id: UUID
    login_name: str
    full_name: str
    email: str
    affiliation: str
    is_active: bool
    system_roles: list[str]


class Accounts(Schema):
    """Some accounts, and `after` for the next ones; empty at the end."""

    rows: list[AccountLine]
    after: str


class RoleLine(Schema):
    """A system role that somebody holds."""

    account_id: UUID
    login_name: str
    role: str
    reason: str
    approver: str
    review_date: date
    ends_on: date
    last_used_at: datetime | None
    folders: list[UUID]


class Roles(Schema):
    """Every system role that somebody holds, what ends first at the top."""

    rows: list[RoleLine]


class Account(Schema):
    """An account with what it holds. `mark` changes when its details do: send it back as `seen`."""

    id: UUID
    login_name: str
    full_name: str
    email: str
    affiliation: str
    account_types: list[str]
    is_active: bool
    has_password: bool
    unreachable: str
    sign_in_count: int
    groups: list[str]
    roles: list[RoleLine]
    mark: str


class NewAccount(Schema):
    """Somebody to make an account for."""

    login_name: str = Field(max_length=150)
    full_name: str = Field(max_length=400)
    email: str = Field("", max_length=254)
    affiliation: Affiliation


class Invited(Schema):
    """The account that was made, and the path of the link by which its holder chooses a password: told only now."""

    id: UUID
    path: str
    expires_at: datetime


class Details(Schema):
    """What to change; what is left out stays."""

    full_name: str | None = Field(None, max_length=400)
    email: str | None = Field(None, max_length=254)
    affiliation: Affiliation | None = None
    is_active: bool | None = None
    seen: str | None = None


class Appointment(Schema):
    """Why somebody is given a role, who agreed, until when, and for which folders."""

    reason: str = Field(max_length=2000)
    approver: str = Field(max_length=150)
    review_date: date
    folders: list[UUID] = []


class Term(Schema):
    """Why a role is still needed, and until when."""

    reason: str = Field(max_length=2000)
    review_date: date


def by(request: HttpRequest) -> Actor:
    """Whoever asks, through this door."""
    return actor.from_request(request, channel=Channel.API)


def for_staff(area: StaffArea) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The endpoint is for those whose system roles enter `area`; to others it does not exist. Counts as a use (R27)."""

    def guard(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(endpoint)
        def guarded(request: HttpRequest, *args: Any, **places: Any) -> Any:
            decision = actions.enter_staff(by(request), area, now=timezone.now())
            return endpoint(request, *args, **places) if decision.is_permitted else told(decision)

        return guarded

    return guard


def _answer(decision: Decision, account_id: UUID) -> Any:
    return told(decision) if not decision.is_permitted else _account(AccountId(account_id))


def _account(account_id: AccountId) -> Account:
    found = reads.get_account(account_id, now=timezone.now())
    return Account(
        id=found.id,
        login_name=found.login_name,
        full_name=found.details.full_name,
        email=found.details.email,
        affiliation=found.details.affiliation,
        account_types=list(found.account_types),
        is_active=found.is_active,
        has_password=found.has_password,
        unreachable=found.unreachable,
        sign_in_count=len(found.sign_ins),
        groups=[group.name for group in found.groups],
        roles=[_role(held) for held in reads.roles_of(account_id)],
        mark=found.details.mark,
    )


def _role(held: reads.RoleHeld) -> RoleLine:
    return RoleLine(
        account_id=held.account_id,
        login_name=held.login_name,
        role=held.role,
        reason=held.reason,
        approver=held.approver,
        review_date=held.review_date,
        ends_on=held.term.ends_on,
        last_used_at=held.last_used_at,
        folders=[scope.folder_id for scope in held.scopes],
    )


@router.get("/staff/people", response={200: Accounts, REFUSED: Refusal}, operation_id="listAccounts")
@for_staff(StaffArea.PEOPLE)
def list_accounts(request: HttpRequest, q: str = "", after: str = "", limit: Limit = 50) -> Any:
    """Accounts by name; each word of `q` stands in a name, a login name or an address."""
    return reads.list_accounts(reads.AccountWish(search=q.replace("\0", "")), after=after, limit=limit)


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
    found, now = _account(AccountId(account_id)), timezone.now()
    seen = audit_actions.Seen.ACCOUNT
    audit_actions.note_look(seen, target_id=account_id, page="getAccount", actor=by(request), now=now)
    return found


@router.patch("/staff/people/{uuid:account_id}", response={200: Account, REFUSED: Refusal}, operation_id="editAccount")
@for_staff(StaffArea.PEOPLE)
def edit_account(request: HttpRequest, account_id: UUID, details: Details) -> Any:
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
    return Roles(rows=[_role(held) for held in reads.list_roles()])


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
