"""Recorders as they are connected, what is scheduled on each, and of which nothing is heard (R158, R164). A recorder sees
its own alone: its number is part of every question."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from cathedra.db.models import Account, Facility, Recorder, RecorderConnection, RecorderError, ScheduleRecorder, Upload
from cathedra.domain.ingest import (
    CodeFacts,
    ConnectionFacts,
    ErrorSeverity,
    RecorderState,
    Span,
    UploadState,
)
from cathedra.domain.library import Keeping, MediaState
from cathedra.domain.terms import AccountId, Device, NotFound, RecordingId, UploadId


class RecorderNotFound(NotFound):
    """No recorder has this number."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A recorder that has shown its token."""

    device: Device
    keeps_primary: bool


@dataclass(frozen=True, slots=True)
class Configured:
    """A recorder and whether somebody looks after its room: as scheduler or as technician of its facility."""

    device: Device
    is_retired: bool
    looks_after: bool


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """How a recorder is connected, for who looks after its room."""

    facts: ConnectionFacts
    configured_by: AccountId | None
    connected_at: datetime | None
    blocked_at: datetime | None
    code_expires_at: datetime | None
    free_bytes: int | None
    version: str


NEVER_CONNECTED = ConnectionRow(
    ConnectionFacts(RecorderState.STOPPED, is_connected=False, is_blocked=False), None, None, None, None, None, ""
)


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """What a recorder reported."""

    severity: ErrorSeverity
    type: str
    code: str
    text: str
    at: datetime
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class FoundCode:
    """The recorder that a code connects, and what counts for that."""

    device: Device
    configured_by: AccountId | None
    facts: CodeFacts


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a recorder records, and how that stands."""

    recording_id: RecordingId
    title: str
    media: MediaState
    span: Span


@dataclass(frozen=True, slots=True)
class PartRow:
    """A file that a recorder sends: where it goes, and whether it is whole, its checksum confirmed (R159)."""

    upload_id: UploadId
    position: int
    offset_bytes: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A recorder that should be recording now, and what was heard of it (R164)."""

    device: Device
    facility_id: int
    due: Due
    heard_at: datetime | None
    silent_since: datetime | None


def get_configured(recorder_id: int, viewer: AccountId | None, *, lock: bool = False) -> Configured:
    """`lock` keeps it until the transaction ends. Raises RecorderNotFound."""
    rows = Recorder.objects.select_related("facility").filter(id=recorder_id)
    row = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).first()
    if row is None:
        raise RecorderNotFound(str(recorder_id))
    return Configured(_device(row), row.retired_at is not None, viewer is not None and _looks_after(row, viewer))


def _looks_after(row: Recorder, viewer: AccountId) -> bool:
    mine = Facility.objects.filter(id=row.facility_id).filter(Q(schedulers=viewer) | Q(technicians=viewer))
    return mine.exists()


def find_connected(token_digest: str) -> Connected | None:
    """Whose token this is; None for one that was never given out, was revoked, or is of a blocked or retired recorder."""
    rows = RecorderConnection.objects.select_related("recorder__facility")
    row = rows.filter(token_digest=token_digest, blocked_at=None, recorder__retired_at=None).first()
    return Connected(_device(row.recorder), row.recorder.keeps_primary) if row else None


def is_let_in(recorder_id: int) -> bool:
    """Whether a recorder that is connected may still send. For an action: takes no viewer."""
    rows = RecorderConnection.objects.filter(recorder_id=recorder_id, blocked_at=None, recorder__retired_at=None)
    return rows.exclude(token_digest=None).exists()


def find_code(digest: str, *, lock: bool = False) -> FoundCode | None:
    """Which recorder this code connects; whether it still does is the rule's to say. Whether who issued it has accepted
    the terms is asked elsewhere."""
    rows = RecorderConnection.objects.select_related("recorder__facility").filter(code_digest=digest)
    row = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).first()
    if row is None or row.code_expires_at is None:
        return None
    by = row.configured_by_id
    stands = by is not None and Account.objects.filter(id=by, is_active=True).exists()
    return FoundCode(
        _device(row.recorder),
        AccountId(row.configured_by_id) if row.configured_by_id else None,
        CodeFacts(
            row.code_expires_at,
            is_blocked=row.blocked_at is not None,
            is_retired=row.recorder.retired_at is not None,
            configurer_stands=stands,
        ),
    )


def find_connection(recorder_id: int) -> ConnectionRow | None:
    """How it is connected; None where nobody ever tried. Asked by whoever has checked the viewer."""
    row = RecorderConnection.objects.filter(recorder_id=recorder_id).first()
    if row is None:
        return None
    facts = ConnectionFacts(
        RecorderState(row.state), row.token_digest is not None, row.blocked_at is not None, row.heard_at
    )
    return ConnectionRow(
        facts,
        AccountId(row.configured_by_id) if row.configured_by_id else None,
        row.connected_at,
        row.blocked_at,
        row.code_expires_at,
        row.free_bytes,
        row.version,
    )


def list_errors(recorder_id: int, *, limit: int = 20) -> list[ErrorRow]:
    """What it reported last, the newest first. Asked by whoever has checked the viewer."""
    rows = RecorderError.objects.filter(recorder_id=recorder_id).order_by("-id")[:limit]
    return [ErrorRow(ErrorSeverity(row.severity), row.type, row.code, row.text, row.at, row.heard_at) for row in rows]


def list_due(recorder_id: int, span: Span) -> list[Due]:
    """What stands on this recorder at some moment of the span and is still to be recorded, in order."""
    rows = _on(recorder_id).filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)
    rows = rows.filter(schedule__recording__media_state__in=(MediaState.SCHEDULED, MediaState.RECORDING))
    return [_due(row) for row in rows.order_by("starts_at", "id")]


def find_due(recorder_id: int, recording_id: RecordingId) -> Due | None:
    """One of them, whatever became of it; None where it is not scheduled on this recorder."""
    row = _on(recorder_id).filter(schedule_id=recording_id).first()
    return _due(row) if row else None


def is_primary_due(recorder_id: int, recording_id: RecordingId) -> bool:
    """Whether another recorder keeps the main picture of it."""
    rows = ScheduleRecorder.objects.filter(schedule_id=recording_id, stands=True, recorder__keeps_primary=True)
    return rows.exclude(recorder_id=recorder_id).exists()


def parts_of(recorder_id: int, recording_id: RecordingId) -> tuple[PartRow, ...]:
    """The files that this recorder sends, or has sent, of a recording, in order."""
    rows = Upload.objects.filter(
        recorder_id=recorder_id, recording_id=recording_id, state__in=(UploadState.OPEN, UploadState.COMPLETE)
    )
    return tuple(
        PartRow(UploadId(row.id), row.position, row.offset_bytes, row.state == UploadState.COMPLETE)
        for row in rows.order_by("position")
    )


def list_watched(*, now: datetime) -> list[Watched]:
    """Recorders that should be recording now. For the product itself, so it takes no viewer."""
    due = ScheduleRecorder.objects.filter(stands=True, starts_at__lte=now, ends_at__gt=now)
    due = due.filter(schedule__recording__media_state__in=(MediaState.SCHEDULED, MediaState.RECORDING))
    rows = list(due.select_related("schedule__recording", "recorder__facility").order_by("recorder_id"))
    heard = RecorderConnection.objects.in_bulk([row.recorder_id for row in rows])
    found = []
    for row in rows:
        one = heard.get(row.recorder_id)
        told = (one.heard_at, one.silent_since) if one else (None, None)
        found.append(Watched(_device(row.recorder), row.recorder.facility_id, _due(row), *told))
    return found


def technicians_of(facility_id: int) -> list[AccountId]:
    """Who is told when something is wrong with a recorder there (N43). For the product itself."""
    who = Facility.technicians.through.objects.filter(facility_id=facility_id).values_list("account_id", flat=True)
    return [AccountId(one) for one in who]


def facility_of(recorder_id: int) -> int:
    """Which room it is in. For the product itself."""
    return Recorder.objects.values_list("facility_id", flat=True).get(id=recorder_id)


def _on(recorder_id: int) -> QuerySet[ScheduleRecorder]:
    rows = ScheduleRecorder.objects.select_related("schedule__recording")
    return rows.filter(recorder_id=recorder_id, stands=True, schedule__recording__keeping=Keeping.ONLINE)


def _device(row: Recorder) -> Device:
    return Device(row.id, f"{row.facility.name}, {row.name}")


def _due(row: ScheduleRecorder) -> Due:
    recording = row.schedule.recording
    return Due(
        RecordingId(recording.id), recording.title, MediaState(recording.media_state), Span(row.starts_at, row.ends_at)
    )
