"""How one recording is kept: its files, its bin, its restore; and what waits to be tidied. The product asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from cathedra.db import prepared, sql
from cathedra.db.models import Hold, Kept, Recording, Restore, Stream
from cathedra.domain.library import Keeping
from cathedra.domain.terms import AccountId, FolderId, RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was received, and where it is."""

    source_id: UUID
    key: str
    sha256: str
    size_bytes: int
    is_playable: bool  # it was looked into, and something of it plays


@dataclass(frozen=True, slots=True)
class KeepingFacts:
    """A recording as far as its keeping goes."""

    id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    owner_id: AccountId
    created_by: AccountId
    media: str
    keeping: str
    recycled_from: str | None
    duration_ms: int | None
    archived_at: datetime | None
    recycled_at: datetime | None
    bin_since: datetime | None  # R134: its days in the bin count from then
    purge_told_at: datetime | None  # N39: when it was said that these days end
    is_by_decision: bool
    is_folder_recycled: bool
    has_leftovers: bool
    holds: tuple[str, ...]
    is_copy_held: bool


def facts(recording_id: RecordingId, *, lock: bool = False) -> KeepingFacts:
    """Raises RecordingNotFound. `lock` keeps the recording's row until the transaction ends."""
    rows = Recording.objects.select_related("folder")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(id=recording_id).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    holds = Hold.objects.filter(recording_id=recording_id, released_at=None).order_by("opened_at")
    kinds = tuple(holds.values_list("kind", flat=True))
    is_copy_held = _holds_of_copies().filter(recording__reference_of_id=recording_id).exists()
    kept = Kept.objects.filter(recording_id=recording_id).first()  # after the holds: where one ends, this is longer
    return KeepingFacts(
        id=RecordingId(row.id),
        title=row.title,
        folder_id=FolderId(row.folder_id),
        folder_name=row.folder.name,
        owner_id=AccountId(row.owner_id),
        created_by=AccountId(row.created_by_id),
        media=row.media_state,
        keeping=row.keeping,
        recycled_from=row.recycled_from,
        duration_ms=row.duration_ms,
        archived_at=kept.archived_at if kept else None,
        recycled_at=kept.recycled_at if kept else None,
        bin_since=(kept.bin_since or kept.recycled_at) if kept else None,
        purge_told_at=kept.bin_warned_at if kept else None,
        is_by_decision=bool(kept and kept.is_by_decision),
        is_folder_recycled=row.folder.recycled_in_id is not None,
        has_leftovers=bool(kept and kept.has_leftovers),
        holds=kinds,
        is_copy_held=is_copy_held,
    )


def files_of(recording_id: RecordingId) -> tuple[KeptFile, ...]:
    """Every file of it that is in the object store."""
    return tuple(KeptFile(*row) for row in prepared.rows("retention_files", id=recording_id))


def lock(recording_id: RecordingId) -> None:
    """The recording's row stays as it is until the transaction ends. Raises RecordingNotFound."""
    if not prepared.rows("retention_lock", id=recording_id):
        raise RecordingNotFound(str(recording_id))


def with_original(recording_id: RecordingId, *, lock: bool = False) -> tuple[RecordingId, ...]:
    """It, and what it plays where it is a copy by reference, in the order of their ids. `lock` keeps both rows until the
    transaction ends."""
    original = Recording.objects.filter(id=recording_id).values("reference_of_id")
    rows = Recording.objects.filter(Q(id=recording_id) | Q(id__in=original)).order_by("id")
    rows = rows.select_for_update() if lock else rows
    return tuple(RecordingId(one) for one in rows.values_list("id", flat=True))


def find_restore(recording_id: RecordingId) -> tuple[UUID, AccountId | None] | None:
    """The restore that is under way, and who asked."""
    row = Restore.objects.filter(recording_id=recording_id, ended_at=None).first()
    return (row.id, AccountId(row.asked_by_id) if row.asked_by_id else None) if row else None


@dataclass(frozen=True, slots=True)
class StuckRestore:
    """A restore that nobody works on, and how often it was begun again."""

    recording_id: RecordingId
    taken_up: int


def list_stuck_restores(*, before: datetime, limit: int) -> list[StuckRestore]:
    """Restores asked for before an instant that have neither an end nor a job."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("retention_stuck"), {"before": before, "limit": limit})
        return [StuckRestore(RecordingId(row[0]), row[1]) for row in cursor.fetchall()]


def list_late_restores(*, before: datetime, limit: int) -> list[RecordingId]:
    """What was asked for before an instant, is not back yet, and nobody was told so."""
    rows = Restore.objects.filter(ended_at=None, told_late_at=None, asked_at__lte=before)
    rows = rows.filter(recording__keeping=Keeping.RESTORING)
    return [RecordingId(one) for one in rows.order_by("asked_at", "id").values_list("recording_id", flat=True)[:limit]]


def is_made(recording_id: RecordingId) -> bool:
    """Whether the first file of it is ready to be played again."""
    return Stream.objects.filter(recording_id=recording_id, source__position=0).exists()


def with_leftovers(recording_ids: Collection[RecordingId]) -> set[RecordingId]:
    """Those of which files are left where they were before."""
    rows = Kept.objects.filter(recording_id__in=recording_ids, has_leftovers=True)
    return {RecordingId(one) for one in rows.values_list("recording_id", flat=True)}


def _holds_of_copies() -> QuerySet[Hold]:
    """A hold on a copy by reference keeps what it plays, but for one of the policy, which is about its own place."""
    return Hold.objects.filter(released_at=None, recording__reference_of__isnull=False).exclude(kind__startswith="aup_")


def list_leftovers(*, limit: int) -> list[RecordingId]:
    """Recordings of which files of where they were before are still to be removed."""
    rows = Kept.objects.filter(has_leftovers=True).exclude(recording__keeping=Keeping.RESTORING)
    return [RecordingId(one) for one in rows.order_by("recording_id").values_list("recording_id", flat=True)[:limit]]


def list_binned(
    *, before: datetime, is_held: bool = False, after: RecordingId | None = None, limit: int
) -> list[RecordingId]:
    """What is in the bin and whose days there count from before an instant, without what is held (R130); `is_held`: that
    alone."""
    rows = Kept.objects.filter(recycled_at__lte=before, recording__keeping=Keeping.RECYCLED)
    rows = rows.filter(Q(bin_since=None) | Q(bin_since__lte=before))
    held = Hold.objects.filter(released_at=None).values("recording_id")
    kept = Q(recording_id__in=held) | Q(recording_id__in=_holds_of_copies().values("recording__reference_of_id"))
    rows = rows.filter(kept) if is_held else rows.exclude(kept)
    if after is not None:
        rows = rows.filter(recording_id__gt=after)
    return [RecordingId(one) for one in rows.order_by("recording_id").values_list("recording_id", flat=True)[:limit]]
