"""What recordings have of their own: the availability that wins over the folder's, and which ones have any (R45, R50)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cathedra.db import prepared
from cathedra.db.models import Recording
from cathedra.domain import access
from cathedra.domain.access import RecordingSchedule
from cathedra.domain.terms import FolderId, RecordingId


def own_schedule(row: Recording) -> RecordingSchedule:
    """Its own availability, as far as it has one."""
    return RecordingSchedule(access.RecordingStart(row.start), row.starts_at, access.RecordingEnd(row.end), row.ends_at)


@dataclass(frozen=True, slots=True)
class Override:
    """A recording whose own settings differ from its folder's (R50)."""

    id: RecordingId
    title: str
    has_level: bool
    schedule: RecordingSchedule
    taught_at: datetime

    @property
    def has_schedule(self) -> bool:
        """Its availability is its own at one end at least."""
        return not self.schedule.follows_folder


def with_own_settings(recording_ids: Collection[RecordingId]) -> frozenset[RecordingId]:
    """Those of some recordings, which another read found, that have a level or an availability of their own."""
    if not recording_ids:
        return frozenset()
    return frozenset(RecordingId(row.id) for row in prepared.rows("own_settings", ids=list(recording_ids)))


def list_overrides(folder_id: FolderId, *, limit: int = 200) -> tuple[Override, ...]:
    """The recordings directly in the folder that have a level or an availability of their own, by title."""
    own = Q(sharing__isnull=False) | ~Q(start="with_folder") | ~Q(end="with_folder")
    rows = Recording.objects.filter(own, folder_id=folder_id).exclude(keeping="PURGED")
    return tuple(
        Override(
            RecordingId(row.id),
            row.title,
            row.sharing is not None,
            own_schedule(row),
            row.captured_at or row.created_at,
        )
        for row in rows.order_by("title", "id")[:limit]
    )
