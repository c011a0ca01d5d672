"""Who somebody is."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.db import prepared
from cathedra.db.models import Account, SystemRoleHolder
from cathedra.domain.access import FolderRole
from cathedra.domain.people import AccountType, Affiliation, SystemRole, account_types
from cathedra.domain.terms import AccountId, AccountNotFound


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose browser it is; `is_gated` while the current terms of use wait for their word (R9)."""

    account_id: AccountId
    is_gated: bool


def find_signed_in(session_key: str, *, now: datetime) -> SignedIn | None:
    """Whose browser this is: the active account behind an unexpired sign-in, or nobody. It asks for no viewer: it
    finds out who the viewer is."""
    found = prepared.rows("session_account", session_key=session_key, now=now)
    return SignedIn(AccountId(found[0].id), found[0].is_gated) if found else None


def has_administrator() -> bool:
    """Whether anybody administers the platform yet. It asks for no viewer: until then there is nobody to ask."""
    return SystemRoleHolder.objects.filter(role=SystemRole.SYS_ADMIN).exists()


def list_holders(role: SystemRole) -> list[AccountId]:
    """Who holds a role on the platform, closed accounts left out. It asks for no viewer: the product tells them."""
    rows = SystemRoleHolder.objects.filter(role=role, account__is_active=True).order_by("account_id")
    return [AccountId(account_id) for account_id in rows.values_list("account_id", flat=True)]


def find_account_by_login(login_name: str) -> AccountId | None:
    """The account of this name, whatever its case. It asks for no viewer: operators' commands and sign-in use it."""
    found = Account.objects.filter(login_name__iexact=login_name).values_list("id", flat=True).first()
    return AccountId(found) if found else None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the frame of every page shows them: what they are called and what kind of account it is (R22)."""

    id: AccountId
    login_name: str
    full_name: str
    email: str
    affiliation: Affiliation
    department: str
    account_types: tuple[AccountType, ...]
    system_roles: tuple[SystemRole, ...]
    unread_notices: int = 0  # at most 100
    is_analyst: bool = False  # looks after the figures of at least one folder (R23)

    @property
    def is_publisher(self) -> bool:
        """May approve recordings in at least one folder."""
        return AccountType.PUBLISHER in self.account_types

    @property
    def is_creator(self) -> bool:
        """May make recordings in at least one folder."""
        return AccountType.CREATOR in self.account_types


def get_person(viewer: AccountId) -> Person:
    """The viewer themself. Raises AccountNotFound."""
    found = prepared.rows("person", viewer=viewer)
    if not found:
        raise AccountNotFound(str(viewer))
    row = found[0]
    return Person(
        id=AccountId(row.id),
        login_name=row.login_name,
        full_name=row.full_name,
        email=row.email,
        affiliation=Affiliation(row.affiliation),
        department=row.department,
        account_types=account_types(row.folder_roles),
        system_roles=tuple(SystemRole(role) for role in row.system_roles),
        unread_notices=row.unread_notices,
        is_analyst=FolderRole.ANALYTICS_MANAGER in row.folder_roles,
    )
