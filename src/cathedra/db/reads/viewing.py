"""What was watched, and what it is measured with."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cathedra.db.models import Folder, FolderAccess, Recording, ViewFigures, ViewProgress, ViewTotals
from cathedra.db.reads import keyset
from cathedra.db.reads.access import may, may_in_folders, principals_of
from cathedra.db.reads.content import earlier_edits, edits_of_several
from cathedra.db.reads.library import FolderRow, list_folders_in
from cathedra.domain import playback
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.library import UNEDITED, Edits, Keeping, MediaState
from cathedra.domain.playback import Line, Progress, Totals, unpacked
from cathedra.domain.terms import AccountId, FolderId, RecordingId


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording is and how it is cut; a copy by reference is cut as its original. `versions`: how it was cut
    before, where that was asked for."""

    duration_ms: int
    edits: Edits
    versions: Mapping[int, Edits] = field(default_factory=dict)

    def edits_in(self, version: int | None) -> Edits:
        """As viewers had it then; of a version that nobody had, as they have it."""
        return self.edits if version is None else self.versions.get(version, self.edits)


def lengths(
    recording_ids: Iterable[RecordingId], *, versions_told: Iterable[tuple[RecordingId, int]] = ()
) -> dict[RecordingId, Length]:
    """Of those that are there and have a length; how they were cut where one is told of that is or was."""
    rows = Recording.objects.filter(id__in=set(recording_ids), duration_ms__gt=0).values_list("id", "duration_ms")
    known = {RecordingId(recording_id): duration_ms or 0 for recording_id, duration_ms in rows}
    edits = edits_of_several(list(known))
    asked = {each for each, version in versions_told if each in known and (version or each in edits)}
    versions = earlier_edits(asked) if asked else {}
    return {
        each: Length(duration_ms, edits.get(each, UNEDITED), versions.get(each, {}))
        for each, duration_ms in known.items()
    }


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


def list_counted_folders(
    viewer: AccountId, *, now: datetime, search: str = "", limit: int = 50
) -> tuple[FolderRow, ...]:
    """Folders whose statistics somebody may see by a role of theirs there, by name; not what an office alone shows."""
    counting = (FolderRole.CREATOR, FolderRole.PUBLISHER, FolderRole.ANALYTICS_MANAGER)
    mine = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role__in=counting)
    allowed = may_in_folders(viewer, Action.SEE_STATISTICS, now) & Q(id__in=mine.values("folder_id"))
    return list_folders_in(viewer, allowed, search=search, limit=limit)


def list_in_folder(
    viewer: AccountId | None, folder_id: FolderId, *, now: datetime, after: str = "", limit: int = 50
) -> keyset.Page[Line]:
    """What was watched of the recordings in a folder and below, of those whose statistics the viewer may see; the newest
    first (R23, R38 row 19)."""
    rows = _below(viewer, folder_id, now)
    if key := keyset.parse_instant(after):
        rows = rows.filter(Q(created_at__lt=key[0]) | Q(created_at=key[0], id__lt=key[1]))
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    places = [keyset.place(row.created_at.isoformat(), row.id) for row in found]
    return keyset.page_of(_lines(viewer, found[:limit]), places, limit=limit)


def each_in_folder(viewer: AccountId | None, folder_id: FolderId, *, now: datetime) -> Iterator[Line]:
    """The same, all of them, for a file."""
    rows = _below(viewer, folder_id, now).order_by("-created_at", "-id").iterator(chunk_size=500)
    while some := list(itertools.islice(rows, 500)):
        yield from _lines(viewer, some)


def _below(viewer: AccountId | None, folder_id: FolderId, now: datetime) -> "QuerySet[Recording]":
    above = list(Folder.objects.filter(id=folder_id).values_list("path", flat=True))
    below = Folder.objects.filter(path__below=above, recycled_in=None)
    rows = Recording.objects.filter(may(viewer, Action.SEE_STATISTICS, now), folder_id__in=below.values("id"))
    return rows.filter(keeping__in=(Keeping.ONLINE, Keeping.ARCHIVED), media_state=MediaState.READY).select_related(
        "folder"
    )


def _lines(viewer: AccountId | None, rows: list[Recording]) -> list[Line]:
    """Creators of a recording's folder see figures of few, and as they stand now, as on the recording's own page; others
    what was last told to those who see no names (R216)."""
    mine = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role=FolderRole.CREATOR)
    created = set(mine.filter(folder_id__in={row.folder_id for row in rows}).values_list("folder_id", flat=True))
    ids = [row.id for row in rows]
    sums = {row.recording_id: row for row in ViewTotals.objects.filter(recording_id__in=ids)}
    figures = {row.recording_id: row for row in ViewFigures.objects.filter(recording_id__in=ids)}
    return [
        playback.line(
            RecordingId(row.id),
            row.title,
            row.folder.name,
            row.edited_ms or row.duration_ms,
            totals=_found(sums if row.folder_id in created else figures, row.id),
            has_names=row.folder_id in created,
        )
        for row in rows
    ]


def find_totals(recording_id: RecordingId) -> Totals | None:
    """The sums of a recording; None while nobody has watched it."""
    row = ViewTotals.objects.filter(recording_id=recording_id).first()
    return _totals(row) if row is not None else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What whoever may not see names is told of a recording: as it stood when it was last renewed (R216)."""

    totals: Totals
    average_percent: float


def find_figures(recording_id: RecordingId) -> Figures | None:
    """None while too few have watched it."""
    row = ViewFigures.objects.filter(recording_id=recording_id).first()
    return Figures(_totals(row), row.average_percent) if row is not None else None


def _found(rows: Mapping[UUID, ViewTotals | ViewFigures], recording_id: UUID) -> Totals | None:
    row = rows.get(recording_id)
    return _totals(row) if row is not None else None


def _totals(row: ViewTotals | ViewFigures) -> Totals:
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
    """Percent watched of the viewers who signed in, on average; of who only downloaded it nobody knows (R204)."""
    rows = ViewProgress.objects.filter(recording_id=recording_id, delivered_ms__gt=0)
    found = list(rows.values_list("percent", flat=True))
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
