"""When folders and recordings can be watched (R44 to R50)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import (
    Action,
    FolderEnd,
    FolderSchedule,
    FolderStart,
    RecordingEnd,
    RecordingSchedule,
    RecordingStart,
)
from cathedra.domain.terms import AccountId, Channel, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.access.door import calendar
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["sharing"])
Instant = datetime | None


class FolderTimes(Schema):
    """A folder's own settings; null is as the folder it inherits from, or the default."""

    start: FolderStart | None = None
    starts_at: Instant = None
    end: FolderEnd | None = None
    ends_at: Instant = None
    release_delay_hours: int | None = None


class NewFolderTimes(FolderTimes):
    """The settings, and where it ends a course's recordings early, the reference of the decision (R48)."""

    reference: str = Field("", max_length=200)


class RecordingTimes(Schema):
    """A recording's own settings (R45)."""

    start: RecordingStart = RecordingStart.WITH_FOLDER
    starts_at: Instant = None
    end: RecordingEnd = RecordingEnd.WITH_FOLDER
    ends_at: Instant = None


class NewRecordingTimes(RecordingTimes):
    """The settings, and where it ends a course's recording early, the reference of the decision (R48)."""

    reference: str = Field("", max_length=200)


class Cleared(Schema):
    """How many recordings follow the folder again."""

    count: int


@router.get(
    "/folders/{uuid:folder_id}/availability",
    response={200: FolderTimes, REFUSED: Refusal},
    operation_id="getFolderAvailability",
)
def get_folder(request: HttpRequest, folder_id: UUID) -> Any:
    """A folder's own settings."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    facts = reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, Action.SET_AVAILABILITY, timezone.now())
    looks.note(request, facts, Action.SET_AVAILABILITY, folder_id, "getFolderAvailability")
    return reads.folder_sharing(viewer, wanted).schedule if decision.is_permitted else told(decision)


@router.put(
    "/folders/{uuid:folder_id}/availability",
    response={200: FolderTimes, REFUSED: Refusal},
    operation_id="setFolderAvailability",
)
def set_folder(request: HttpRequest, folder_id: UUID, new: NewFolderTimes) -> Any:
    """Say when a folder's recordings can be watched."""
    wanted = FolderSchedule(new.start, _aware(new.starts_at), new.end, _aware(new.ends_at), new.release_delay_hours)
    decision = actions.set_folder_schedule(
        FolderId(folder_id),
        wanted,
        reference=new.reference,
        calendar=calendar(),
        actor=_by(request),
        now=timezone.now(),
    )
    return wanted if decision.is_permitted else told(decision)


@router.post(
    "/folders/{uuid:folder_id}/clear-overrides",
    response={200: Cleared, REFUSED: Refusal},
    operation_id="clearOverrides",
)
def clear(request: HttpRequest, folder_id: UUID) -> Any:
    """Let every recording in the folder follow it again (R50)."""
    decision, count = actions.clear_overrides(
        FolderId(folder_id), calendar=calendar(), actor=_by(request), now=timezone.now()
    )
    return {"count": count} if decision.is_permitted else told(decision)


@router.get(
    "/recordings/{uuid:recording_id}/availability",
    response={200: RecordingTimes, REFUSED: Refusal},
    operation_id="getRecordingAvailability",
)
def get_recording(request: HttpRequest, recording_id: UUID) -> Any:
    """A recording's own settings."""
    wanted = RecordingId(recording_id)
    facts = reads.recording_facts(AccountId(request.user.pk), wanted)
    decision = access.as_told(access.decide(facts, Action.SET_AVAILABILITY, timezone.now()))
    looks.note(request, facts, Action.SET_AVAILABILITY, recording_id, "getRecordingAvailability")
    return reads.recording_sharing(wanted).schedule if decision.is_permitted else told(decision)


@router.put(
    "/recordings/{uuid:recording_id}/availability",
    response={200: RecordingTimes, REFUSED: Refusal},
    operation_id="setRecordingAvailability",
)
def set_recording(request: HttpRequest, recording_id: UUID, new: NewRecordingTimes) -> Any:
    """Say when a recording can be watched, whatever its folder says."""
    wanted = RecordingSchedule(new.start, _aware(new.starts_at), new.end, _aware(new.ends_at))
    decision = actions.set_recording_schedule(
        RecordingId(recording_id),
        wanted,
        reference=new.reference,
        calendar=calendar(),
        actor=_by(request),
        now=timezone.now(),
    )
    return wanted if decision.is_permitted else told(access.as_told(decision))


@router.post(
    "/recordings/{uuid:recording_id}/follow-folder",
    response={204: None, REFUSED: Refusal},
    operation_id="followFolder",
)
def follow(request: HttpRequest, recording_id: UUID) -> Any:
    """Give up a recording's own level and availability for those of its folder (R50)."""
    decision = actions.follow_folder(
        RecordingId(recording_id), calendar=calendar(), actor=_by(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(access.as_told(decision))


def _aware(instant: Instant) -> Instant:
    """Without a zone it is meant in the site's."""
    return timezone.make_aware(instant) if instant is not None and timezone.is_naive(instant) else instant


def _by(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)
