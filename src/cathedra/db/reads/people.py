"""Who somebody is."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.db import prepared
from cathedra.db.models import Account, SystemRoleHolder, WebSession
from cathedra.domain.people import AccountType, Affiliation, SystemRole, account_types
from cathedra.domain.terms import AccountId, AccountNotFound


def account_of_session(session_key: str, *, now: datetime) -> AccountId | None:
    """Whose browser this is: the active account behind an unexpired sign-in, or nobody. It asks for no viewer: it
    finds out who the viewer is."""
    rows = WebSession.objects.filter(session_key=session_key, expire_date__gt=now, account__is_active=True)
    found = rows.values_list("account_id", flat=True).first()
    return AccountId(found) if found else None


def has_administrator() -> bool:
    """Whether anybody administers the platform yet. It asks for no viewer: until then there is nobody to ask."""
    return SystemRoleHolder.objects.filter(role=SystemRole.SYS_ADMIN).exists()


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
    )
