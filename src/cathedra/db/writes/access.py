"""Put away folder members, and keep the effective roles in step."""

from datetime import datetime

from django.db import connection

from cathedra.db import sql
from cathedra.db.models import FolderMember
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import FolderId, PrincipalId


def add_member(folder_id: FolderId, principal_id: PrincipalId, role: FolderRole, *, now: datetime) -> None:
    """Give a role on a folder that owns its access; giving it again changes nothing."""
    FolderMember.objects.get_or_create(
        folder_id=folder_id, principal_id=principal_id, role=role, defaults={"given_at": now}
    )
    recompute(folder_id)


def remove_member(folder_id: FolderId, principal_id: PrincipalId, role: FolderRole) -> None:
    """Take a role on a folder away."""
    FolderMember.objects.filter(folder_id=folder_id, principal_id=principal_id, role=role).delete()
    recompute(folder_id)


def recompute(folder_id: FolderId) -> None:
    """Bring the effective roles of the folder and everything below it up to date."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("recompute_folder_access"), {"folder_id": folder_id})
