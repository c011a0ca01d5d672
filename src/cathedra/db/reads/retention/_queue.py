"""What runs left out, for whoever deals with it: open lines and those that are dealt with (R126, R127)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from cathedra.db.models import Recording, RetentionItem
from cathedra.domain.retention import ItemState, Why
from cathedra.domain.terms import NotFound, RecordingId


class LeftOutNotFound(NotFound):
    """The run has not left out such a recording."""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A line that a run left out, and who has dealt with it. `title` is empty for what is not there any more."""

    id: int
    recording_id: RecordingId
    title: str
    seconds: int
    why: Why
    dealt_at: datetime | None
    dealt_by: str
    note: str


def list_left_out(run_id: UUID, *, is_open: bool, after: int = 0, limit: int) -> list[LeftOutRow]:
    """The next lines in the order in which they came into the plan: those that nobody has dealt with, or all."""
    rows = RetentionItem.objects.filter(run_id=run_id, state=ItemState.SKIPPED, id__gt=after)
    rows = rows.filter(dealt=None) if is_open else rows
    found = list(rows.select_related("dealt__dealt_by").order_by("id")[:limit])
    titles = dict(Recording.objects.filter(id__in=[row.recording_id for row in found]).values_list("id", "title"))
    return [_row(row, titles.get(row.recording_id, "")) for row in found]


def _row(item: RetentionItem, title: str) -> LeftOutRow:
    dealt = getattr(item, "dealt", None)
    return LeftOutRow(
        id=item.id,
        recording_id=RecordingId(item.recording_id),
        title=title,
        seconds=item.seconds,
        why=Why(item.why),
        dealt_at=dealt.dealt_at if dealt else None,
        dealt_by=dealt.dealt_by.full_name if dealt and dealt.dealt_by else "",
        note=dealt.note if dealt else "",
    )


def count_open_left_out(run_ids: Collection[UUID] | None = None) -> dict[UUID, int]:
    """How many lines of each run wait for somebody: of these runs, or of every one that has ended."""
    rows = RetentionItem.objects.filter(state=ItemState.SKIPPED, dealt=None)
    rows = rows.filter(run__ended_at__isnull=False) if run_ids is None else rows.filter(run_id__in=run_ids)
    return dict(rows.order_by().values_list("run_id").annotate(Count("id")))


def left_out_among(run_id: UUID, recording_ids: Collection[RecordingId]) -> dict[RecordingId, int]:
    """Which of these the run has left out, by the ids of their lines."""
    rows = RetentionItem.objects.filter(run_id=run_id, state=ItemState.SKIPPED, recording_id__in=recording_ids)
    return {RecordingId(recording_id): item for recording_id, item in rows.values_list("recording_id", "id")}
