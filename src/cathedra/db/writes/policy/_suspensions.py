"""Put away that somebody's Creator rights in personal folders are suspended, and keep the effective roles in step (R91)."""

from datetime import datetime

from cathedra.db.models import CreatorSuspension, FolderMember
from cathedra.db.writes import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import AccountId, FolderId


def suspend_creator(account_id: AccountId, *, reason: str, by: AccountId, now: datetime) -> bool:
    """From now on. False when it is so already."""
    if CreatorSuspension.objects.filter(account_id=account_id, ended_at=None).exists():
        return False
    CreatorSuspension.objects.create(account_id=account_id, reason=reason, by_id=by, at=now)
    _recompute(account_id)
    return True


def end_suspension(account_id: AccountId, *, by: AccountId, now: datetime) -> bool:
    """Not any more. False when it is not so."""
    rows = CreatorSuspension.objects.filter(account_id=account_id, ended_at=None)
    is_ended = bool(rows.update(ended_at=now, ended_by_id=by))
    if is_ended:
        _recompute(account_id)
    return is_ended


def _recompute(account_id: AccountId) -> None:
    held = FolderMember.objects.filter(principal_id=account_id, role=FolderRole.CREATOR)
    for folder_id in held.filter(folder__kind=FolderKind.PERSONAL).values_list("folder_id", flat=True):
        access.recompute(FolderId(folder_id))
