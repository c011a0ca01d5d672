"""Recordings as those who run the service see them, and asking for access (R26, R222, R227)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from cathedra.actions import audit as audit_actions
from cathedra.actions import grants as actions
from cathedra.db.reads import library
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import RecordingId
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["grants"])
Limit = Annotated[int, Query(ge=1, le=100)]


class RecordingDetails(Schema):
    """What a recording is and who is responsible for it (R26, R222): never what is said or shown in it."""

    id: UUID
    title: str
    state: str
    folder_id: UUID
    folder_name: str
    owner_id: UUID
    owner_name: str
    is_owner_active: bool
    creators: list[str]
    course: str
    department: str
    department_contact: str
    duration_ms: int | None
    captured_at: datetime | None
    uploaded_at: datetime | None
    ready_at: datetime | None
    created_at: datetime
    updated_at: datetime
    source_count: int
    source_bytes: int
    stream_count: int
    rendition_count: int
    rendition_bytes: int
    viewer_count: int


class FoundRecording(Schema):
    """A recording that staff found."""

    id: UUID
    title: str
    state: str
    folder_name: str
    owner_name: str
    created_at: datetime
    duration_ms: int | None


class FoundRecordings(Schema):
    """Some of them, and `after` for the next ones; empty at the end."""

    rows: list[FoundRecording]
    after: str


class GrantRequest(Schema):
    """What access is needed for."""

    message: str = Field(max_length=2000)


@router.get(
    "/staff/recordings", response={200: FoundRecordings, REFUSED: Refusal}, operation_id="findRecordingsAsStaff"
)
@for_staff(StaffArea.RECORDINGS)
def find_recordings(
    request: HttpRequest, q: Annotated[str, Query(max_length=500)] = "", after: str = "", limit: Limit = 50
) -> Any:
    """Recordings by title, id or address; who searches is on the audit trail."""
    text = q.strip().replace("\0", "")
    if not text:
        return FoundRecordings(rows=[], after="")
    actions.note_search(text, actor=by(request), now=timezone.now())
    page = library.find_metadata(text, after=after, limit=limit)
    rows = [
        FoundRecording(
            id=row.id,
            title=row.title,
            state=row.state,
            folder_name=row.folder_name,
            owner_name=row.owner_name,
            created_at=row.created_at,
            duration_ms=row.duration_ms,
        )
        for row in page.rows
    ]
    return FoundRecordings(rows=rows, after=page.after)


@router.get(
    "/staff/recordings/{uuid:recording_id}",
    response={200: RecordingDetails, REFUSED: Refusal},
    operation_id="getRecordingAsStaff",
)
@for_staff(StaffArea.RECORDINGS)
def get_recording(request: HttpRequest, recording_id: UUID) -> Any:
    """What a recording is and who is responsible for it. The look is on the audit trail (R223)."""
    found = library.get_metadata(RecordingId(recording_id))
    audit_actions.note_look(
        audit_actions.Seen.RECORDING,
        target_id=recording_id,
        page="getRecordingAsStaff",
        actor=by(request),
        now=timezone.now(),
    )
    return RecordingDetails.from_orm(found)


@router.post(
    "/staff/recordings/{uuid:recording_id}/ask", response={204: None, REFUSED: Refusal}, operation_id="askForGrant"
)
@for_staff(StaffArea.RECORDINGS)
def ask_for_grant(request: HttpRequest, recording_id: UUID, asked: GrantRequest) -> Any:
    """Ask the other service administrators for access."""
    decision = actions.ask_for_grant(
        RecordingId(recording_id), message=asked.message, actor=by(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)
