"""Recordings that are saved anew without what is cut (R103): what is being made, what came of it. For actions, and for
pages that have asked whether the person may."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Recording, Saving, Slide, Source
from cathedra.domain.library import Keeping
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class SavingRow:
    """One saving: of what, as which version of the cuts, asked by whom, and how it ended."""

    id: UUID
    original_id: RecordingId
    recording_id: RecordingId | None
    version: int
    asked_by: AccountId | None
    asked_at: datetime
    ended_at: datetime | None
    problem: str

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


def find_open(recording_id: RecordingId, *, lock: bool = False) -> SavingRow | None:
    """What the new recording is being made for; None when it is not, or not any more. `lock` keeps it until the
    transaction ends."""
    rows = Saving.objects.select_for_update() if lock else Saving.objects.all()
    return _row(rows.filter(recording_id=recording_id, ended_at=None).first())


def find_running(original_id: RecordingId) -> SavingRow | None:
    """The one that is being made of a recording."""
    return _row(Saving.objects.filter(original_id=original_id, ended_at=None).first())


def find_last(original_id: RecordingId) -> SavingRow | None:
    """The last one that somebody asked for."""
    return _row(Saving.objects.filter(original_id=original_id).order_by("-asked_at", "-id").first())


def find_made_of(recording_id: RecordingId) -> RecordingId | None:
    """Which recording this one was saved from, or is being; None for any other."""
    found = Saving.objects.filter(recording_id=recording_id).values_list("original_id", flat=True).first()
    return RecordingId(found) if found else None


def find_successor(original_id: RecordingId) -> RecordingId | None:
    """What a recording was saved anew as the last time, where that is kept still."""
    rows = Saving.objects.filter(original_id=original_id, ended_at__isnull=False, problem="")
    rows = rows.filter(recording__isnull=False).exclude(recording__keeping__in=(Keeping.RECYCLED, Keeping.PURGED))
    found = rows.order_by("-ended_at").values_list("recording_id", flat=True).first()
    return RecordingId(found) if found else None


def is_open(recording_id: RecordingId) -> bool:
    """Whether a recording is being made so, and nobody's to watch until it is done."""
    return Saving.objects.filter(recording_id=recording_id, ended_at=None).exists()


def is_begun(recording_id: RecordingId) -> bool:
    """Whether its files are there."""
    return Source.objects.filter(recording_id=recording_id).exists()


def is_complete(recording_id: RecordingId) -> bool:
    """Whether everything was made of its files."""
    files = Source.objects.filter(recording_id=recording_id)
    made = Recording.objects.filter(id=recording_id, is_ladder_complete=True)
    return files.exists() and not files.exclude(problem="").exists() and made.exists()


def slide_images(recording_id: RecordingId) -> tuple[str, ...]:
    """The names of the pictures of its slides."""
    return tuple(Slide.objects.filter(recording_id=recording_id).order_by("position").values_list("image", flat=True))


def is_there(recording_id: RecordingId) -> bool:
    """Whether there is such a recording."""
    return Recording.objects.filter(id=recording_id).exists()


def _row(row: Saving | None) -> SavingRow | None:
    if row is None:
        return None
    return SavingRow(
        id=row.id,
        original_id=RecordingId(row.original_id),
        recording_id=RecordingId(row.recording_id) if row.recording_id else None,
        version=row.version,
        asked_by=AccountId(row.asked_by_id) if row.asked_by_id else None,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        problem=row.problem,
    )
