"""What the API says of accounts and system roles, and what it takes."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from ninja import Field, Schema

from cathedra.db.reads import people as reads
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import AccountId


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


class AccountDetails(Schema):
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


def shown(account_id: AccountId) -> Account:
    """An account as it stands. Raises AccountNotFound."""
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
        roles=[role_line(held) for held in reads.roles_of(account_id)],
        mark=found.details.mark,
    )


def role_line(held: reads.RoleHeld) -> RoleLine:
    """A role as it is held."""
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
