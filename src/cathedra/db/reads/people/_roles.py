"""Roles on the platform, with why, who and until when (R25, R27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from cathedra.db.models import AuditEvent, Folder, Recording, SystemRoleHolder, SystemRoleScope
from cathedra.domain.people import SystemRole, Term, term
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound

_LOOKED_AT = 1000  # of the newest events of one person: more than anybody's year in somebody else's folders


@dataclass(frozen=True, slots=True)
class Scope:
    """A folder that a videographer or scheduler is appointed to, with all below it."""

    folder_id: FolderId
    name: str


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that somebody holds on the platform."""

    account_id: AccountId
    login_name: str
    full_name: str
    is_active: bool
    role: SystemRole
    reason: str
    given_at: datetime
    given_by: str
    approver_id: AccountId | None
    approver: str
    review_date: date
    reviewed_at: datetime | None
    last_used_at: datetime | None
    term: Term
    scopes: tuple[Scope, ...]


def list_roles() -> tuple[RoleHeld, ...]:
    """Every role that somebody holds, the one that ends first at the top. It asks for no viewer: the doors let only
    systems administrators ask, and the daily job looks at all of them."""
    found = _held(SystemRoleHolder.objects.all())
    return tuple(sorted(found, key=lambda held: (held.term.ends_on, held.full_name.lower(), held.role)))


def roles_of(account_id: AccountId) -> tuple[RoleHeld, ...]:
    """What one account holds: its own page shows it to its holder, and the page of a person to administrators."""
    return tuple(_held(SystemRoleHolder.objects.filter(account_id=account_id).order_by("role")))


def find_role(account_id: AccountId, role: SystemRole, *, lock: bool = False) -> RoleHeld | None:
    """One role as it is held; `lock` keeps its row until the transaction ends. It asks for no viewer: actions ask."""
    rows = SystemRoleHolder.objects.filter(account_id=account_id, role=role)
    if lock:
        list(rows.select_for_update().values_list("id"))
    return next(iter(_held(rows)), None)


def system_roles(account_id: AccountId) -> tuple[SystemRole, ...]:
    """The roles that an open account holds, for decisions about what its holder does."""
    rows = SystemRoleHolder.objects.filter(account_id=account_id, account__is_active=True)
    return tuple(SystemRole(role) for role in rows.order_by("role").values_list("role", flat=True))


def is_last_administrator(account_id: AccountId) -> bool:
    """Whether this is the only open account that administers the platform. Ask while `hold_first_run` holds."""
    administrators = SystemRoleHolder.objects.filter(role=SystemRole.SYS_ADMIN, account__is_active=True)
    is_one = administrators.filter(account_id=account_id).exists()
    return is_one and not administrators.exclude(account_id=account_id).exists()


def require_folders(folder_ids: Sequence[FolderId]) -> None:
    """That all of these are folders. Raises FolderNotFound."""
    found = set(Folder.objects.filter(id__in=folder_ids).values_list("id", flat=True))
    for folder_id in folder_ids:
        if folder_id not in found:
            raise FolderNotFound(str(folder_id))


def last_work_of(held: RoleHeld) -> datetime | None:
    """When the holder last did, by the audit trail, what the role is for: something with captions, or where the role has
    its folders, something in one of them or below. For the daily job, so it asks for no viewer."""
    events = AuditEvent.objects.filter(actor_id=held.account_id).order_by("-id")
    if not held.scopes:
        return events.filter(action__startswith="captions:").values_list("at", flat=True).first()
    above = list(
        Folder.objects.filter(id__in=[scope.folder_id for scope in held.scopes]).values_list("path", flat=True)
    )
    inside = Folder.objects.filter(path__below=above)
    done = list(events.filter(target_kind__in=("recording", "folder")).values_list("target_id", "at")[:_LOOKED_AT])
    things = {UUID(target) for target, _ in done}
    there = set(Recording.objects.filter(id__in=things, folder__in=inside).values_list("id", flat=True))
    there |= set(inside.filter(id__in=things).values_list("id", flat=True))
    return next((at for target, at in done if UUID(target) in there), None)


def _held(rows: QuerySet[SystemRoleHolder]) -> list[RoleHeld]:
    found = list(rows.select_related("account", "given_by", "approver"))
    scopes: dict[int, tuple[Scope, ...]] = {}
    inside = SystemRoleScope.objects.filter(holder__in=[row.pk for row in found]).order_by("folder__name")
    for holder_id, folder_id, name in inside.values_list("holder_id", "folder_id", "folder__name"):
        scopes[holder_id] = (*scopes.get(holder_id, ()), Scope(FolderId(folder_id), name))
    return [_row(row, scopes.get(row.pk, ())) for row in found]


def _row(row: SystemRoleHolder, scopes: tuple[Scope, ...]) -> RoleHeld:
    return RoleHeld(
        account_id=AccountId(row.account_id),
        login_name=row.account.login_name,
        full_name=row.account.full_name,
        is_active=row.account.is_active,
        role=SystemRole(row.role),
        reason=row.reason,
        given_at=row.given_at,
        given_by=row.given_by.full_name if row.given_by else "",
        approver_id=AccountId(row.approver_id) if row.approver_id else None,
        approver=row.approver.full_name if row.approver else "",
        review_date=row.review_date,
        reviewed_at=row.reviewed_at,
        last_used_at=row.last_used_at,
        term=term(
            given_on=localdate(row.given_at),
            review_date=row.review_date,
            last_used_on=localdate(row.last_used_at) if row.last_used_at else None,
        ),
        scopes=scopes,
    )
