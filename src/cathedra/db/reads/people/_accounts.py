"""Accounts as systems administrators see them (R38 row 24). These reads ask for no viewer: the doors and actions that
call them let nobody else in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.db.models.functions import Lower

from cathedra.db.models import (
    Account,
    Folder,
    FolderAccess,
    FolderMember,
    Group,
    Invitation,
    Membership,
    Recording,
    SystemRoleHolder,
    UnreachableAddress,
    WebSession,
)
from cathedra.db.reads import keyset
from cathedra.db.reads.keyset import Page
from cathedra.domain import people
from cathedra.domain.people import AccountType, Affiliation, Details, SystemRole
from cathedra.domain.terms import AccountId, AccountNotFound, FolderId, GroupId


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list of people."""

    id: AccountId
    login_name: str
    full_name: str
    email: str
    affiliation: Affiliation
    is_active: bool
    system_roles: tuple[SystemRole, ...]


@dataclass(frozen=True, slots=True)
class AccountWish:
    """Which accounts: a search, an affiliation, only closed ones, only those with a system role."""

    search: str = ""
    affiliation: Affiliation | None = None
    is_closed: bool = False
    has_role: bool = False


def list_accounts(wish: AccountWish, *, after: str = "", limit: int) -> Page[AccountLine]:
    """Accounts by name; each word of the search stands in a name, a login name or an address."""
    rows = Account.objects.annotate(key=Lower("full_name"))
    for word in wish.search.split()[:6]:
        rows = rows.filter(Q(full_name__icontains=word) | Q(login_name__icontains=word) | Q(email__icontains=word))
    if wish.affiliation:
        rows = rows.filter(affiliation=wish.affiliation)
    if wish.is_closed:
        rows = rows.filter(is_active=False)
    if wish.has_role:
        rows = rows.filter(id__in=SystemRoleHolder.objects.values("account_id"))
    if begun := keyset.parse(after):
        rows = rows.filter(Q(key__gt=begun[0]) | Q(key=begun[0], id__gt=begun[1]))
    found = list(rows.order_by("key", "id")[: limit + 1])
    roles = _roles_of([AccountId(row.id) for row in found])
    lines = [_line(row, roles.get(row.id, ())) for row in found]
    return keyset.page_of(lines, [keyset.place(row.key, row.id) for row in found], limit=limit)


def _roles_of(account_ids: list[AccountId]) -> dict[object, tuple[SystemRole, ...]]:
    held: dict[object, tuple[SystemRole, ...]] = {}
    rows = SystemRoleHolder.objects.filter(account_id__in=account_ids).order_by("role")
    for account_id, role in rows.values_list("account_id", "role"):
        held[account_id] = (*held.get(account_id, ()), SystemRole(role))
    return held


def _line(row: Account, roles: tuple[SystemRole, ...]) -> AccountLine:
    return AccountLine(
        id=AccountId(row.id),
        login_name=row.login_name,
        full_name=row.full_name,
        email=row.email,
        affiliation=Affiliation(row.affiliation),
        is_active=row.is_active,
        system_roles=roles,
    )


@dataclass(frozen=True, slots=True)
class GroupHeld:
    """A group that somebody is in."""

    id: GroupId
    name: str
    kind: people.GroupKind


@dataclass(frozen=True, slots=True)
class FolderRoleHeld:
    """A role that somebody was given on a folder, themself or through a group."""

    folder_id: FolderId
    folder_name: str
    role: str
    through: str  # the group's name; empty when it is their own


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser that is signed in."""

    began_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything that the page of a person shows."""

    id: AccountId
    login_name: str
    details: Details
    department: str
    account_types: tuple[AccountType, ...]
    is_active: bool
    deactivated_at: datetime | None
    created_at: datetime
    has_password: bool
    second_steps: int
    owned_count: int
    unreachable: str  # why mail is not sent there any more; empty when it is
    invited_until: datetime | None
    groups: tuple[GroupHeld, ...]
    folder_roles: tuple[FolderRoleHeld, ...]
    sign_ins: tuple[SignIn, ...]


MOST_LINES = 200


def get_account(account_id: AccountId, *, now: datetime) -> AccountPage:
    """The page of a person. Raises AccountNotFound."""
    row = Account.objects.select_related("department").filter(id=account_id).first()
    if row is None:
        raise AccountNotFound(str(account_id))
    groups = _groups_of(account_id)
    principals = [account_id, *(group.id for group in groups)]
    roles = FolderAccess.objects.filter(principal_id__in=principals).values_list("role", flat=True).distinct()
    bounced = UnreachableAddress.objects.filter(address=row.email.lower()).values_list("reason", flat=True).first()
    open_links = Invitation.objects.filter(account_id=account_id, used_at=None, expires_at__gt=now)
    return AccountPage(
        id=account_id,
        login_name=row.login_name,
        details=details_of(row),
        department=row.department.name if row.department else "",
        account_types=people.account_types(roles),
        is_active=row.is_active,
        deactivated_at=row.deactivated_at,
        created_at=row.created_at,
        has_password=row.has_usable_password(),
        second_steps=_second_steps(account_id),
        owned_count=_owned(account_id),
        unreachable=bounced or "",
        invited_until=open_links.values_list("expires_at", flat=True).first(),
        groups=groups,
        folder_roles=_folder_roles(account_id, groups),
        sign_ins=_sign_ins(account_id, now=now),
    )


def details_of(row: Account) -> Details:
    """What may be changed about an account, as it stands."""
    return Details(row.full_name, row.email, Affiliation(row.affiliation))


def _second_steps(account_id: AccountId) -> int:
    count: int = Authenticator.objects.filter(user_id=account_id).exclude(type="recovery_codes").count()
    return count


def _owned(account_id: AccountId) -> int:
    return Recording.objects.filter(owner_id=account_id).exclude(keeping="PURGED").count()


def _groups_of(account_id: AccountId) -> tuple[GroupHeld, ...]:
    rows = Group.objects.filter(id__in=Membership.objects.filter(account_id=account_id).values("group_id"))
    return tuple(
        GroupHeld(GroupId(row.id), row.name, people.GroupKind(row.kind))
        for row in rows.order_by(Lower("name"))[:MOST_LINES]
    )


def _folder_roles(account_id: AccountId, groups: tuple[GroupHeld, ...]) -> tuple[FolderRoleHeld, ...]:
    names = {group.id: group.name for group in groups}
    members = FolderMember.objects.filter(principal_id__in=[account_id, *names])
    rows = members.order_by("folder__name", "role").values_list("folder_id", "folder__name", "role", "principal_id")
    return tuple(
        FolderRoleHeld(FolderId(folder_id), name, role, names.get(GroupId(principal), ""))
        for folder_id, name, role, principal in rows[:MOST_LINES]
    )


def _sign_ins(account_id: AccountId, *, now: datetime) -> tuple[SignIn, ...]:
    rows = WebSession.objects.filter(account_id=account_id, expire_date__gt=now).order_by("-created_at")
    return tuple(SignIn(row.created_at, row.expire_date) for row in rows[:MOST_LINES])


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the verbs of people need to know of an account."""

    id: AccountId
    login_name: str
    details: Details
    is_active: bool
    has_password: bool


def account_facts(account_id: AccountId, *, lock: bool = False) -> AccountFacts:
    """Facts for decisions about an account; `lock` keeps its row until the transaction ends. Raises AccountNotFound."""
    rows = Account.objects.select_for_update() if lock else Account.objects.all()
    row = rows.filter(id=account_id).first()
    if row is None:
        raise AccountNotFound(str(account_id))
    return AccountFacts(account_id, row.login_name, details_of(row), row.is_active, row.has_usable_password())


def find_personal_folder(account_id: AccountId) -> FolderId | None:
    """The folder that was made with the account."""
    rows = Folder.objects.filter(owner_id=account_id, kind="personal", parent=None).order_by("id")
    found = rows.values_list("id", flat=True).first()
    return FolderId(found) if found else None


def accounts_called(names: tuple[str, ...]) -> dict[str, AccountId]:
    """The open accounts of these login names, by their small letters."""
    rows = Account.objects.annotate(key=Lower("login_name")).filter(key__in=names, is_active=True)
    return {key: AccountId(account_id) for key, account_id in rows.values_list("key", "id")}


@dataclass(frozen=True, slots=True)
class InvitationFound:
    """Whom a link is for, and whether it still works: `people.decide_accept` says."""

    account_id: AccountId
    login_name: str
    full_name: str
    is_active: bool
    invitation: people.Invitation


def find_invitation(digest: str, *, lock: bool = False) -> InvitationFound | None:
    """The invitation of this digest. It asks for no viewer: whoever holds the link is not signed in yet."""
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    row = rows.select_related("account").filter(digest=digest).first()
    if row is None:
        return None
    held = people.Invitation(row.expires_at, is_used=row.used_at is not None)
    account = row.account
    return InvitationFound(AccountId(account.id), account.login_name, account.full_name, account.is_active, held)
