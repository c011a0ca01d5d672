"""What was watched, and what it is measured with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cathedra.db.models import Recording, ViewProgress, ViewTotals
from cathedra.db.reads.content import edits_of_several
from cathedra.domain.library import UNEDITED, Edits
from cathedra.domain.playback import Progress, Totals, unpacked
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording is and how it is cut; a copy by reference is cut as its original."""

    duration_ms: int
    edits: Edits


def lengths(recording_ids: Iterable[RecordingId]) -> dict[RecordingId, Length]:
    """Of those that are there and have a length."""
    rows = Recording.objects.filter(id__in=set(recording_ids), duration_ms__gt=0).values_list("id", "duration_ms")
    known = {RecordingId(recording_id): duration_ms or 0 for recording_id, duration_ms in rows}
    edits = edits_of_several(list(known))
    return {each: Length(duration_ms, edits.get(each, UNEDITED)) for each, duration_ms in known.items()}


@dataclass(frozen=True, slots=True)
class ViewerLine:
    """How far one viewer has come."""

    account_id: AccountId
    name: str
    login_name: str
    percent: int
    views: int
    delivered_ms: int
    position_ms: int
    last_at: datetime


def find_totals(recording_id: RecordingId) -> Totals | None:
    """The sums of a recording; None while nobody has watched it."""
    row = ViewTotals.objects.filter(recording_id=recording_id).first()
    if row is None:
        return None
    return Totals(
        views=row.views,
        anonymous_views=row.anonymous_views,
        viewers=row.viewers,
        delivered_ms=row.delivered_ms,
        last_at=row.last_at,
        played_ms=list(row.played_ms),
        reached_by=list(row.reached_by),
    )


def average_percent(recording_id: RecordingId) -> float | None:
    """Percent watched of the viewers who signed in, on average."""
    found = list(ViewProgress.objects.filter(recording_id=recording_id).values_list("percent", flat=True))
    return sum(found) / len(found) if found else None


def list_viewers(recording_id: RecordingId, *, limit: int | None = None) -> list[ViewerLine]:
    """Who watched it, the last one first (R215)."""
    rows = ViewProgress.objects.filter(recording_id=recording_id).select_related("account").order_by("-last_at", "id")
    return [
        ViewerLine(
            account_id=AccountId(row.account_id),
            name=row.account.full_name or row.account.login_name,
            login_name=row.account.login_name,
            percent=row.percent,
            views=row.views,
            delivered_ms=row.delivered_ms,
            position_ms=row.position_ms,
            last_at=row.last_at,
        )
        for row in rows[:limit]
    ]


def progress_of(keys: Iterable[tuple[RecordingId, AccountId]]) -> dict[tuple[RecordingId, AccountId], Progress]:
    """How far these viewers have come, of those who have begun."""
    wanted = set(keys)
    rows = ViewProgress.objects.filter(
        recording_id__in={recording for recording, _ in wanted}, account_id__in={account for _, account in wanted}
    )
    return {
        key: Progress(
            watched=unpacked(bytes(row.watched)),
            percent=row.percent,
            views=row.views,
            delivered_ms=row.delivered_ms,
            position_ms=row.position_ms,
            first_at=row.first_at,
            last_at=row.last_at,
        )
        for row in rows
        if (key := (RecordingId(row.recording_id), AccountId(row.account_id))) in wanted
    }
