"""What is to be recorded in the next days, with all that may be wrong about it (R157). For the product itself, which tells
those who see to it, and for the page of a facility, whose door has let its viewer in: none takes a viewer."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from cathedra.db.models import (
    Account,
    Facility,
    FolderAccess,
    Membership,
    RecorderConnection,
    Schedule,
    ScheduleRecorder,
    TimetableEvent,
)
from cathedra.db.reads.scheduling._timetable import names_of_feed
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import ConnectionFacts, RecorderState, Span
from cathedra.domain.ingest.nightly import LOOKS_AHEAD, Taking, Upcoming
from cathedra.domain.library import Keeping, MediaState
from cathedra.domain.terms import AccountId, RecordingId

_NEVER = ConnectionFacts(RecorderState.DISCONNECTED, is_connected=False, is_blocked=False)


def list_upcoming(*, now: datetime, facility_id: int | None = None) -> list[Upcoming]:
    """All that waits to be recorded in the next days; on the recorders of one facility."""
    rows = Schedule.objects.select_related("recording__folder").filter(
        recording__media_state=MediaState.SCHEDULED,
        recording__keeping=Keeping.ONLINE,
        ends_at__gt=now,
        starts_at__lt=now + LOOKS_AHEAD,
    )
    if facility_id is not None:
        here = ScheduleRecorder.objects.filter(recorder__facility_id=facility_id, stands=True)
        rows = rows.filter(recording_id__in=here.values("schedule_id"))
    kept = list(rows.order_by("starts_at", "recording_id"))
    taken = _takings([row.pk for row in kept])
    led = _led({row.recording.folder_id for row in kept})
    told = _told_rooms([row.external_id for row in kept if row.external_id])
    return [
        Upcoming(
            RecordingId(row.pk),
            row.recording.title,
            Span(row.starts_at, row.ends_at),
            AccountId(row.scheduled_by_id) if row.scheduled_by_id else None,
            tuple(taken.get(row.pk, ())),
            has_folder=row.recording.folder.recycled_in_id is None,
            has_creator=row.recording.folder_id in led,
            told_rooms=told.get(row.external_id or ""),
        )
        for row in kept
    ]


def _takings(recording_ids: Collection[UUID]) -> Mapping[UUID, list[Taking]]:
    rows = ScheduleRecorder.objects.select_related("recorder__facility").filter(
        schedule_id__in=recording_ids, stands=True
    )
    slots = list(rows.order_by("recorder_id"))
    known = RecorderConnection.objects.in_bulk({slot.recorder_id for slot in slots})
    theirs: dict[int, list[AccountId]] = {}
    named = Facility.schedulers.through.objects.filter(account__is_active=True).order_by("account_id")
    for facility, one in named.values_list("facility_id", "account_id"):
        theirs.setdefault(facility, []).append(AccountId(one))
    found: dict[UUID, list[Taking]] = {}
    for slot in slots:
        recorder, told = slot.recorder, known.get(slot.recorder_id)
        found.setdefault(slot.schedule_id, []).append(
            Taking(
                recorder.id,
                f"{recorder.facility.name}, {recorder.name}",
                recorder.facility_id,
                tuple(theirs.get(recorder.facility_id, ())),
                recorder.retired_at is not None,
                _facts(told) if told else _NEVER,
                told.free_bytes if told else None,
            )
        )
    return found


def _facts(row: RecorderConnection) -> ConnectionFacts:
    return ConnectionFacts(
        RecorderState(row.state), row.token_digest is not None, row.blocked_at is not None, row.heard_at
    )


def _led(folder_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those that have a Creator with an open account, by themself or by a group."""
    held = list(
        FolderAccess.objects.filter(folder_id__in=folder_ids, role=FolderRole.CREATOR).values_list(
            "folder_id", "principal_id"
        )
    )
    principals = {principal for _folder, principal in held}
    people = Account.objects.filter(id__in=principals, is_active=True).values_list("id", flat=True)
    groups = Membership.objects.filter(group_id__in=principals, account__is_active=True)
    able = set(people) | set(groups.values_list("group_id", flat=True))
    return frozenset(folder for folder, principal in held if principal in able)


def _told_rooms(external_ids: Collection[str]) -> Mapping[str, frozenset[int]]:
    """Where the timetable has these events now, as far as it names recorders here."""
    rows = TimetableEvent.objects.filter(external_id__in=external_ids).values_list("external_id", "said")
    rooms = {one: [part.strip().lower() for part in said.get("room", "").split(";")] for one, said in rows}
    known = names_of_feed({name for names in rooms.values() for name in names}, [], []).rooms
    return {
        one: frozenset(recorder for name in names for recorder in known[name].recorder_ids)
        for one, names in rooms.items()
        if all(name in known for name in names)
    }
