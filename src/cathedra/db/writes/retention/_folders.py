"""Put folders into the bin with everything below them, and take them out: in pages, whatever their size (R138)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cathedra.db.models import Folder, FolderBin, Intake, Kept, Recording
from cathedra.domain.library import Keeping
from cathedra.domain.retention import may_move
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def recycle_folders(folder_id: FolderId, below: Sequence[FolderId], *, by: AccountId | None, now: datetime) -> UUID:
    """The folder and those below it are in the bin; what is in them follows, a page at a time."""
    unit = FolderBin.objects.create(folder_id=folder_id, recycled_at=now, recycled_by_id=by, recordings=0, seconds=0)
    Folder.objects.filter(id__in=below).update(recycled_in=unit)
    return unit.id


def recycle_in_unit(
    unit_id: UUID, recording_ids: Collection[RecordingId], *, seconds: int, by: AccountId | None, now: datetime
) -> int:
    """T34, of many that nothing holds. Returns how many went; the caller has locked them."""
    count = 0
    for tier in (Keeping.ONLINE, Keeping.ARCHIVED):
        count += _move(recording_ids, tier, Keeping.RECYCLED, now, recycled_from=tier)
    rows = [
        Kept(recording_id=one, recycled_at=now, recycled_by_id=by, is_by_decision=False, unit_id=unit_id)
        for one in recording_ids
    ]
    changed = ["recycled_at", "bin_since", "bin_warned_at", "recycled_by", "is_by_decision", "unit"]
    Kept.objects.bulk_create(rows, update_conflicts=True, unique_fields=["recording"], update_fields=changed)
    FolderBin.objects.filter(id=unit_id).update(recordings=F("recordings") + count, seconds=F("seconds") + seconds)
    return count


def take_back_of_unit(recording_ids: Collection[RecordingId], *, now: datetime) -> int:
    """T35, of many: each to the tier that it came from. Returns how many came."""
    count = 0
    for tier in (Keeping.ONLINE, Keeping.ARCHIVED):
        count += _move(recording_ids, Keeping.RECYCLED, tier, now, recycled_from=tier)
    back = Kept.objects.filter(recording_id__in=recording_ids)
    back.update(recycled_at=None, bin_since=None, bin_warned_at=None, recycled_by=None, is_by_decision=False, unit=None)
    Intake.objects.filter(recording_id__in=recording_ids).update(since_at=now)  # R93: they wait anew
    return count


def take_back_folders(unit_id: UUID, *, now: datetime) -> bool:
    """The folders are where they were. False when they were taken back before."""
    if not FolderBin.objects.filter(id=unit_id, taken_back_at=None).update(taken_back_at=now):
        return False
    Folder.objects.filter(recycled_in_id=unit_id).update(recycled_in=None)
    return True


def _move(recording_ids: Collection[RecordingId], source: str, to: str, now: datetime, *, recycled_from: str) -> int:
    if not may_move(source, to):
        raise ValueError(f"no row of R54 moves a recording from {source} to {to}")
    is_out = source == Keeping.RECYCLED
    rows = Recording.objects.filter(id__in=recording_ids, keeping=source)
    rows = rows.filter(recycled_from=recycled_from) if is_out else rows
    return rows.update(
        keeping=to, recycled_from=None if is_out else recycled_from, updated_at=now, version=F("version") + 1
    )


def set_summative(folder_id: FolderId, is_summative: bool) -> None:
    """Whether what is handed in here counts for a mark (R129)."""
    Folder.objects.filter(id=folder_id).update(is_summative=is_summative)
