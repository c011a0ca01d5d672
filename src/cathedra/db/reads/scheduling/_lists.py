"""What people see of schedules: the recorders they may choose, one schedule with its names, lists of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cathedra.db.models import Facility, Folder, Recorder, Recording, Schedule, ScheduleRecorder
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import keyset
from cathedra.db.reads.scheduling._schedules import ScheduleNotFound
from cathedra.domain.access import Action
from cathedra.domain.ingest import Span
from cathedra.domain.library import Keeping, MediaState
from cathedra.domain.terms import AccountId, FolderId, RecordingId


@dataclass(frozen=True, slots=True)
class RecorderChoice:
    """A recorder that somebody may schedule on. One that does not keep the main stream records beside another (R151)."""

    id: int
    name: str
    facility: str
    keeps_primary: bool


@dataclass(frozen=True, slots=True)
class LastTime:
    """What somebody scheduled last in a folder: the form for the next begins with it."""

    title: str
    span: Span
    recorder_ids: tuple[int, ...]
    presenter: str  # a login name; empty where nobody else presents


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule as a page shows it. `places` are its recorders with their facilities; names are empty where nobody is
    named, or is not there any more."""

    recording_id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    media: MediaState
    span: Span
    series: UUID | None
    places: tuple[str, ...]
    owner_name: str
    presenter_name: str
    scheduled_by_name: str


def list_recorder_choices(viewer: AccountId | None, *, runs_service: bool) -> tuple[RecorderChoice, ...]:
    """Those that the viewer may schedule on (R152), by facility and name."""
    rows = Recorder.objects.filter(retired_at=None).select_related("facility")
    if not runs_service:
        is_scheduler = Facility.schedulers.through.objects.filter(account_id=viewer)
        rows = rows.filter(facility_id__in=is_scheduler.values("facility_id"))
    return tuple(
        RecorderChoice(row.id, row.name, row.facility.name, row.keeps_primary)
        for row in rows.order_by("facility__name", "name", "id")
    )


def find_last_time(viewer: AccountId, folder_id: FolderId, *, like: RecordingId | None = None) -> LastTime | None:
    """Of the viewer's own in this folder, the one that was scheduled last; of a series, its first. Or this one of the
    folder, whose schedules the door has let them see."""
    rows = Schedule.objects.select_related("recording", "presenter").filter(recording__folder_id=folder_id)
    rows = rows.filter(recording_id=like) if like else rows.filter(scheduled_by_id=viewer)
    row = rows.order_by("-recording__created_at", "starts_at", "recording_id").first()
    if row is None:
        return None
    taken = ScheduleRecorder.objects.filter(schedule_id=row.pk).order_by("recorder_id")
    return LastTime(
        row.recording.title,
        Span(row.starts_at, row.ends_at),
        tuple(taken.values_list("recorder_id", flat=True)),
        row.presenter.login_name if row.presenter else "",
    )


def get_line(recording_id: RecordingId) -> ScheduleLine:
    """One. Takes no viewer: the door has asked whether they may see it, or change it. Raises ScheduleNotFound."""
    found = _lines(list(_named().filter(recording_id=recording_id)))
    if not found:
        raise ScheduleNotFound(str(recording_id))
    return found[0]


def list_in_folder(
    viewer: AccountId | None,
    folder_id: FolderId,
    *,
    may_schedule: bool,
    now: datetime,
    after: str = "",
    limit: int = 30,
) -> keyset.Page[ScheduleLine]:
    """What is to come in a folder, the next first. Whoever may schedule there may change all of it, and sees it; others
    see what they may know of the recordings."""
    rows = _named().filter(_COMING, recording__folder_id=folder_id, ends_at__gt=now)
    if not may_schedule:
        rows = rows.filter(_known(viewer, now))
    return _page(rows, after=after, limit=limit)


def list_own(
    viewer: AccountId, *, now: datetime, is_past: bool = False, after: str = "", limit: int = 30
) -> keyset.Page[ScheduleLine]:
    """What the viewer owns, presents or scheduled, and may see still: to come, the next first; or past and called off,
    the latest first."""
    owns = Q(recording__owner_id=viewer)
    makes = Q(recording__folder__in=_folders_of(viewer, now))
    rows = _named().filter(
        owns | Q(presenter_id=viewer) & _known(viewer, now) | Q(scheduled_by_id=viewer) & (_known(viewer, now) | makes)
    )
    coming = _COMING & Q(ends_at__gt=now)
    return _page(rows.exclude(coming) if is_past else rows.filter(coming), after=after, limit=limit, is_down=is_past)


_COMING = Q(recording__media_state__in=(MediaState.SCHEDULED, MediaState.RECORDING))


def _known(viewer: AccountId | None, now: datetime) -> Q:
    """R38: what the recording is, may be known to the viewer."""
    return Q(recording__in=Recording.objects.filter(access_reads.may(viewer, Action.SEE_METADATA, now)).values("id"))


def _folders_of(viewer: AccountId, now: datetime) -> QuerySet[Folder, UUID]:
    """Where the viewer makes recordings (R38 row 4)."""
    may = access_reads.may_in_folders(viewer, Action.CREATE_RECORDING, now)
    return Folder.objects.filter(may).values_list("id", flat=True)


def _named() -> QuerySet[Schedule]:
    """Schedules with the names that a line says; what is in the bin stands there alone."""
    rows = Schedule.objects.select_related("recording__folder", "recording__owner", "presenter", "scheduled_by")
    return rows.exclude(recording__keeping__in=(Keeping.RECYCLED, Keeping.PURGED))


def _page(rows: QuerySet[Schedule], *, after: str, limit: int, is_down: bool = False) -> keyset.Page[ScheduleLine]:
    side, down = ("lt", "-") if is_down else ("gt", "")
    if (beyond := keyset.parse_instant(after)) is not None:
        at, one = beyond
        rows = rows.filter(Q(**{f"starts_at__{side}": at}) | Q(starts_at=at, **{f"recording_id__{side}": one}))
    found = list(rows.order_by(f"{down}starts_at", f"{down}recording_id")[: limit + 1])
    places = [keyset.place(row.starts_at.isoformat(), row.recording_id) for row in found]
    return keyset.page_of(_lines(found[:limit]), places, limit=limit)


def _lines(rows: Sequence[Schedule]) -> list[ScheduleLine]:
    slots = ScheduleRecorder.objects.filter(schedule_id__in=[row.pk for row in rows]).order_by("recorder_id")
    places: dict[UUID, list[str]] = {}
    for one, facility, recorder in slots.values_list("schedule_id", "recorder__facility__name", "recorder__name"):
        places.setdefault(one, []).append(f"{facility}, {recorder}")
    return [
        ScheduleLine(
            RecordingId(row.pk),
            row.recording.title,
            FolderId(row.recording.folder_id),
            row.recording.folder.name,
            MediaState(row.recording.media_state),
            Span(row.starts_at, row.ends_at),
            row.series,
            tuple(places.get(row.pk, ())),
            row.recording.owner.full_name,
            row.presenter.full_name if row.presenter else "",
            row.scheduled_by.full_name if row.scheduled_by else "",
        )
        for row in rows
    ]
