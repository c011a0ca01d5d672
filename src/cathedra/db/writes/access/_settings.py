"""Put away levels, extra viewers and availability."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db.models import F

from cathedra.db.models import Folder, Recording, RecordingViewer
from cathedra.domain.access import (
    Downloads,
    FolderSchedule,
    RecordingEnd,
    RecordingSchedule,
    RecordingStart,
    SharingLevel,
)
from cathedra.domain.terms import AccountId, FolderId, PrincipalId, RecordingId


def set_folder_level(folder_id: FolderId, level: SharingLevel) -> None:
    """How far a folder that owns its access is shared (R31)."""
    Folder.objects.filter(id=folder_id).update(sharing=level)


def set_recording_level(recording_id: RecordingId, level: SharingLevel | None, *, now: datetime) -> None:
    """How far a recording is shared beside its folder; None: as its folder alone (R32)."""
    _changed(recording_id, now, sharing=level)


def set_folder_schedule(folder_id: FolderId, schedule: FolderSchedule) -> None:
    """From when until when the recordings of a folder can be watched (R44, R49)."""
    Folder.objects.filter(id=folder_id).update(**asdict(schedule))


def set_recording_schedule(recording_id: RecordingId, schedule: RecordingSchedule, *, now: datetime) -> None:
    """The recording's own availability (R45)."""
    _changed(recording_id, now, **asdict(schedule))


def set_folder_downloads(folder_id: FolderId, policy: Downloads | None) -> None:
    """Who may download from a folder; None: as where its access comes from, or the site's default (R204)."""
    Folder.objects.filter(id=folder_id).update(downloads=policy)


def set_recording_downloads(recording_id: RecordingId, policy: Downloads | None, *, now: datetime) -> None:
    """A recording's own, stricter policy; None: its folder's alone (R204)."""
    _changed(recording_id, now, downloads=policy)


def clear_overrides(
    recording_ids: Iterable[RecordingId], *, has_levels: bool, has_schedules: bool, now: datetime
) -> None:
    """These recordings follow their folder again (R50)."""
    cleared: dict[str, object] = {"sharing": None} if has_levels else {}
    if has_schedules:
        cleared |= asdict(RecordingSchedule(RecordingStart.WITH_FOLDER, None, RecordingEnd.WITH_FOLDER, None))
    rows = Recording.objects.filter(id__in=list(recording_ids))
    rows.update(**cleared, updated_at=now, version=F("version") + 1)


def add_viewers(
    recording_id: RecordingId, principals: Iterable[PrincipalId], *, by: AccountId | None, now: datetime
) -> None:
    """Extra viewers of one recording (R24); adding one again changes nothing."""
    rows = [
        RecordingViewer(recording_id=recording_id, principal_id=each, given_at=now, given_by_id=by)
        for each in principals
    ]
    RecordingViewer.objects.bulk_create(rows, ignore_conflicts=True)


def remove_viewers(recording_id: RecordingId, principals: Iterable[PrincipalId]) -> int:
    """Take extra viewers away. Returns how many were there."""
    return RecordingViewer.objects.filter(recording_id=recording_id, principal_id__in=list(principals)).delete()[0]


def _changed(recording_id: RecordingId, now: datetime, **values: object) -> None:
    Recording.objects.filter(id=recording_id).update(**values, updated_at=now, version=F("version") + 1)
