"""Put away folder members, and keep the effective roles in step."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from cathedra.db import sql
from cathedra.db.models import Folder, FolderMember
from cathedra.domain.access import FolderRole, FolderSchedule, Member, SharingLevel
from cathedra.domain.terms import FolderId, PrincipalId


def add_member(folder_id: FolderId, principal_id: PrincipalId, role: FolderRole, *, now: datetime) -> None:
    """Give a role on a folder that owns its access; giving it again changes nothing."""
    FolderMember.objects.get_or_create(
        folder_id=folder_id, principal_id=principal_id, role=role, defaults={"given_at": now}
    )
    recompute(folder_id)


def add_members(folder_id: FolderId, members: Iterable[Member], *, now: datetime) -> None:
    """Give several roles on a folder that owns its access."""
    rows = [FolderMember(folder_id=folder_id, principal_id=who, role=role, given_at=now) for who, role in members]
    FolderMember.objects.bulk_create(rows, ignore_conflicts=True)
    recompute(folder_id)


def remove_member(folder_id: FolderId, principal_id: PrincipalId, role: FolderRole) -> None:
    """Take a role on a folder away."""
    FolderMember.objects.filter(folder_id=folder_id, principal_id=principal_id, role=role).delete()
    recompute(folder_id)


def own_access(
    folder_id: FolderId,
    *,
    members: Iterable[Member],
    level: SharingLevel,
    schedule: FolderSchedule,
    now: datetime,
) -> None:
    """From now on the folder's members and level are its own, these; and its availability, as it was (R29)."""
    row = Folder.objects.select_related("access_from").get(id=folder_id)
    Folder.objects.filter(id=folder_id).update(
        inherits=False,
        access_from_id=folder_id,
        sharing=level,
        downloads=row.downloads or row.access_from.downloads,
        **asdict(schedule),
    )
    add_members(folder_id, members, now=now)


def follow_parent(folder_id: FolderId) -> None:
    """From now on the folder's members and level are those of the folder above (R30)."""
    FolderMember.objects.filter(folder_id=folder_id).delete()
    Folder.objects.filter(id=folder_id).update(inherits=True, sharing=SharingLevel.RESTRICTED)
    recompute(folder_id)


def recompute(folder_id: FolderId) -> None:
    """Bring the effective roles of the folder and everything below it up to date."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("recompute_folder_access"), {"folder_id": folder_id})
