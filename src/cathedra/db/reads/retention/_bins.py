"""What lies in bins: one's own and those of one's folders, everybody's for the service, and what emptying one's own frees
(R109, R135, R137)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cathedra.db.models import FolderAccess, Hold, Kept
from cathedra.db.reads import keyset
from cathedra.db.reads.access import principals_of
from cathedra.domain import metering
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Keeping, MediaState, Origin
from cathedra.domain.terms import AccountId, FolderId, RecordingId

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BinRow:
    """A line of a bin. What is kept stays there whatever anybody does, until what keeps it is over (R130)."""

    id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    owner_name: str
    duration_ms: int | None
    recycled_at: datetime
    bin_since: datetime  # R134: its days count from then
    is_own: bool
    is_by_decision: bool
    folder_in_bin: bool
    is_kept: bool
    freed_seconds: int


@dataclass(frozen=True, slots=True)
class OwnBinned:
    """Something of one's own in the bin: whether something keeps it, and the stored seconds that go with it."""

    id: RecordingId
    title: str
    is_kept: bool
    freed_seconds: int


def _rows() -> "QuerySet[Kept]":
    held = Hold.objects.filter(released_at=None)
    copies = held.filter(recording__reference_of_id=OuterRef("recording_id")).exclude(kind__startswith="aup_")
    rows = Kept.objects.filter(recording__keeping=Keeping.RECYCLED, recycled_at__isnull=False)
    is_kept = Exists(held.filter(recording_id=OuterRef("recording_id"))) | Exists(copies)
    return rows.select_related("recording__folder", "recording__owner").annotate(is_kept=is_kept)


def list_bin(viewer: AccountId, *, after: str = "", limit: int = 50) -> keyset.Page[BinRow]:
    """The bin of somebody (R135): what they own, and what was in folders where they are a Creator; the newest first."""
    held = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role=FolderRole.CREATOR)
    rows = _rows().filter(Q(recording__owner_id=viewer) | Q(recording__folder_id__in=held.values("folder_id")))
    return _page(rows, viewer, after, limit)


def list_bins(viewer: AccountId, *, after: str = "", limit: int = 50) -> keyset.Page[BinRow]:
    """Everybody's bins, for the service, whose door has asked (R137); the newest first."""
    return _page(_rows(), viewer, after, limit)


def _page(rows: "QuerySet[Kept]", viewer: AccountId, after: str, limit: int) -> keyset.Page[BinRow]:
    if place := keyset.parse_instant(after):
        rows = rows.filter(Q(recycled_at__lt=place[0]) | Q(recycled_at=place[0], recording_id__lt=place[1]))
    ordered = rows.order_by("-recycled_at", "-recording_id")
    found = [_bin_row(row, row.recycled_at, viewer) for row in ordered[: limit + 1] if row.recycled_at]
    return keyset.page_of(found, [keyset.place(row.recycled_at.isoformat(), row.id) for row in found], limit=limit)


def _bin_row(row: Kept, recycled_at: datetime, viewer: AccountId) -> BinRow:
    return BinRow(
        id=RecordingId(row.recording_id),
        title=row.recording.title,
        folder_id=FolderId(row.recording.folder_id),
        folder_name=row.recording.folder.name,
        owner_name=row.recording.owner.full_name,
        duration_ms=row.recording.duration_ms,
        recycled_at=recycled_at,
        bin_since=row.bin_since or recycled_at,
        is_own=row.recording.owner_id == viewer,
        is_by_decision=row.is_by_decision,
        folder_in_bin=row.recording.folder.recycled_in_id is not None,
        is_kept=row.is_kept,  # type: ignore[attr-defined]  # annotated above
        freed_seconds=_freed(row),
    )


def list_own_bin(viewer: AccountId, *, among: Collection[RecordingId] | None = None) -> tuple[OwnBinned, ...]:
    """What somebody owns of their bin, of these or of everything, the oldest first, up to 500: what `empty_bin` goes
    through at a time. What is kept comes last, so that it never stands in the way of the rest."""
    rows = _rows().filter(recording__owner_id=viewer).order_by(F("is_kept").asc(), "recycled_at", "recording_id")
    rows = rows if among is None else rows.filter(recording_id__in=among)
    return tuple(
        OwnBinned(RecordingId(row.recording_id), row.recording.title, row.is_kept, _freed(row))  # type: ignore[attr-defined]  # annotated above
        for row in rows[:_AT_ONCE]
    )


def _freed(row: Kept) -> int:
    """The stored seconds that go with it (R100, R102): none of what came from the archive, of a copy by reference, or of
    what never was ready."""
    one = row.recording
    is_stored = one.recycled_from != Keeping.ARCHIVED and one.origin != Origin.REFERENCE_COPY
    is_ready = one.media_state == MediaState.READY
    return metering.whole_seconds(one.duration_ms or 0) if is_stored and is_ready else 0
