"""What people are shown of keeping: their bin, what of theirs is archived, what goes next. Every question has a viewer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from cathedra.db.models import Kept, Recording, RetentionTelling, Tombstone
from cathedra.db.reads import keyset
from cathedra.db.reads.access import may
from cathedra.db.reads.retention._plans import planned_facts_of
from cathedra.db.reads.retention._runs import list_open_runs
from cathedra.domain.access import Action
from cathedra.domain.library import Keeping
from cathedra.domain.retention import STEPS, Facts, RunKind
from cathedra.domain.terms import AccountId, FolderId, RecordingId

_MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """A recording of somebody's in the archive, or on its way back."""

    id: RecordingId
    title: str
    folder_name: str
    duration_ms: int | None
    archived_at: datetime
    is_restoring: bool


def list_archived(viewer: AccountId, *, after: str = "", limit: int = 50) -> keyset.Page[ArchivedRow]:
    """What somebody owns that is in the archive, what is deleted first before the rest."""
    rows = Kept.objects.filter(
        recording__owner_id=viewer,
        recording__keeping__in=(Keeping.ARCHIVED, Keeping.RESTORING),
        archived_at__isnull=False,
    )
    if place := keyset.parse_instant(after):
        rows = rows.filter(Q(archived_at__gt=place[0]) | Q(archived_at=place[0], recording_id__gt=place[1]))
    ordered = rows.select_related("recording__folder").order_by("archived_at", "recording_id")
    found = [
        ArchivedRow(
            id=RecordingId(row.recording_id),
            title=row.recording.title,
            folder_name=row.recording.folder.name,
            duration_ms=row.recording.duration_ms,
            archived_at=row.archived_at,
            is_restoring=row.recording.keeping == Keeping.RESTORING,
        )
        for row in ordered[: limit + 1]
        if row.archived_at
    ]
    return keyset.page_of(found, [keyset.place(row.archived_at.isoformat(), row.id) for row in found], limit=limit)


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A recording of somebody else's that a run is about to take, for which the viewer answers."""

    id: RecordingId
    title: str
    folder_name: str
    owner_name: str
    is_restoring: bool
    day: date


_TAKEN_FROM = {RunKind.ARCHIVE: (Keeping.ONLINE,), RunKind.DELETION: (Keeping.ARCHIVED, Keeping.RESTORING)}


def list_answered(viewer: AccountId, kind: RunKind, *, now: datetime, limit: int = 200) -> list[AnsweredRow]:
    """What somebody was told of before a run that is not over, in place of an owner who cannot be reached (R125, R126):
    as far as it still stands where the run takes it from, and they may still see it."""
    run = next((row for row in list_open_runs() if row.kind is kind and row.ended_at is None), None)
    if run is None:
        return []
    told = RetentionTelling.objects.filter(run_id=run.id, step_days__in=STEPS[kind], recipient_id=viewer)
    seen = Recording.objects.filter(may(viewer, Action.SEE_METADATA, now), keeping__in=_TAKEN_FROM[kind])
    seen = seen.filter(id__in=told.values("recording_id"))
    ordered = seen.exclude(owner_id=viewer).select_related("folder", "owner").order_by("folder__name", "title", "id")
    return [
        AnsweredRow(
            id=RecordingId(row.id),
            title=row.title,
            folder_name=row.folder.name,
            owner_name=row.owner.full_name,
            is_restoring=row.keeping == Keeping.RESTORING,
            day=run.day,
        )
        for row in ordered[:limit]
    ]


def find_copy_of(original_id: RecordingId, viewer: AccountId, *, now: datetime) -> RecordingId | None:
    """A copy by reference by which the viewer sees this (R140)."""
    seen = Recording.objects.filter(may(viewer, Action.RESTORE_FROM_ARCHIVE, now), reference_of_id=original_id)
    found = seen.order_by("created_at", "id").values_list("id", flat=True).first()
    return RecordingId(found) if found else None


@dataclass(frozen=True, slots=True)
class Stone:
    """What is remembered of something destroyed (R58), as far as its link tells it."""

    purged_at: datetime
    is_by_run: bool
    folder_id: FolderId


def find_tombstone(recording_id: RecordingId) -> Stone | None:
    """For whoever was told that it is gone: the access rule is asked before."""
    row = Tombstone.objects.filter(recording_id=recording_id).first()
    return Stone(row.purged_at, row.run_id is not None, FolderId(row.folder_id)) if row else None


def live_of(viewer: AccountId, *, now: datetime) -> list[Facts]:
    """What somebody owns that is live: the oldest of it, for what goes to the archive next."""
    rows = Recording.objects.filter(owner_id=viewer, keeping=Keeping.ONLINE, media_state="READY")
    ids = rows.order_by("created_at", "id").values_list("id", flat=True)[:_MOST_LOOKED_AT]
    return planned_facts_of([RecordingId(one) for one in ids], now=now)
