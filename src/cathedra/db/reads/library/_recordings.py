"""Recordings: in a folder, the newest one may see, those that need their owner, one with its facts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import Recording
from cathedra.db.reads import keyset
from cathedra.db.reads._standing import standing
from cathedra.db.reads.access import OneFolder, levels_for
from cathedra.db.reads.library._listing import ALL, Filter, RecordingOrder, places, told
from cathedra.domain import library
from cathedra.domain.terms import AccountId, FolderId, RecordingId, RecordingNotFound

MISSED_FOR = timedelta(days=14)  # long enough to make up for it; then it is in the folder and in My schedules


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A recording in a list. `recorded_at` is when it was captured, else when it was made here; `scheduled_at` is when
    a room is to record it, or should have.

    `place` is where it is, in few words: every course has a folder called Lectures, so it says the course too.
    """

    id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    place: str
    owner_name: str
    state: library.State
    duration_ms: int | None
    recorded_at: datetime
    has_picture: bool
    stage_percent: int | None
    failure: str
    failure_values: dict[str, Any]
    scheduled_at: datetime | None = None
    position_ms: int = 0

    @property
    def is_playable(self) -> bool:
        """Its media are ready; whether this person may play it is for the access rule."""
        return self.state is library.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """A recording as its page shows it to somebody whom the access rule let in."""

    id: RecordingId
    title: str
    description: str
    tags: tuple[str, ...]
    folder_id: FolderId
    folder_name: str
    place: str
    owner_name: str
    state: library.State
    duration_ms: int | None
    recorded_at: datetime
    uploaded_at: datetime | None
    ready_at: datetime | None
    has_picture: bool
    source_names: tuple[str, ...]
    stage: str
    stage_percent: int | None
    stage_estimate_s: int | None
    is_complete: bool
    failure: str
    failure_values: dict[str, Any]
    dropped: tuple[Any, ...]
    version: int


def _place(course: str, folder_name: str) -> str:
    return folder_name if folder_name.startswith(course) else f"{course} · {folder_name}"


def _row(row: Any, *, position_ms: int = 0) -> RecordingRow:
    return RecordingRow(
        id=RecordingId(row.id),
        title=row.title,
        folder_id=FolderId(row.folder_id),
        folder_name=row.folder_name,
        place=_place(row.course, row.folder_name),
        owner_name=row.owner_name,
        state=library.state_of(standing(row, is_held=row.is_held)),
        duration_ms=row.duration_ms,
        recorded_at=row.recorded_at,
        has_picture=row.has_picture,
        stage_percent=row.stage_percent,
        failure=row.failure,
        failure_values=json.loads(row.failure_values),
        scheduled_at=row.scheduled_at,
        position_ms=position_ms,
    )


def list_recordings(
    viewer: AccountId | None,
    folder_id: FolderId,
    *,
    now: datetime,
    order: RecordingOrder = RecordingOrder.NEWEST,
    wanted: Filter = ALL,
    after: str = "",
    limit: int = 30,
) -> keyset.Page[RecordingRow]:
    """What the viewer is shown of a folder: what they may play, and for insiders what is on its way."""
    here = OneFolder(viewer, folder_id, now)
    return list_recordings_here(here, order=order, wanted=wanted, after=after, limit=limit)


def list_recordings_here(
    here: OneFolder,
    *,
    order: RecordingOrder = RecordingOrder.NEWEST,
    wanted: Filter = ALL,
    after: str = "",
    limit: int = 30,
) -> keyset.Page[RecordingRow]:
    """The same of a viewer and a folder whose facts are read already."""
    found = places(here, order=order, wanted=wanted, after=after, most=limit + 1)
    rows = list_rows(here.viewer, [one for _, one in found[:limit]])
    return keyset.page_of(rows, [told(each) for each in found], limit=limit)


def list_newest(viewer: AccountId, *, now: datetime, limit: int = 20) -> tuple[RecordingRow, ...]:
    """The newest published recordings that the viewer finds in lists and may watch, in one bounded statement (D1).

    It is asked again, of more folders, only when it found too few: a quarter more than needed are looked into at first,
    for those whose newest is not available yet or any more.
    """
    levels, folders = levels_for(viewer, is_listing=True), limit + limit // 4
    while True:
        (found,) = prepared.rows(
            "newest_recordings",
            viewer=viewer,
            levels=levels,
            folders=folders,
            count=limit,
            now=now,
        )
        if found.bound is None or len(found.ids) == limit:
            return list_rows(viewer, found.ids)
        folders *= 4


def list_rows(
    viewer: AccountId | None, recording_ids: Sequence[UUID], *, positions_ms: Mapping[UUID, int] | None = None
) -> tuple[RecordingRow, ...]:
    """Rows for ids that another read found for this viewer, in the order of the ids."""
    stopped = positions_ms or {}
    if not recording_ids:
        return ()
    rows = {row.id: row for row in prepared.rows("recording_rows", ids=list(recording_ids))}
    return tuple(_row(rows[one], position_ms=stopped.get(one, 0)) for one in recording_ids if one in rows)


def list_needing_me(viewer: AccountId, *, now: datetime, limit: int = 12) -> tuple[RecordingRow, ...]:
    """The viewer's own recordings that are being prepared, that failed, or that a room missed (T6) in the last
    `MISSED_FOR`, newest first."""
    waiting = (library.MediaState.RECEIVED, library.MediaState.PREPARING, library.MediaState.FAILED)
    states = [str(state) for state in waiting]
    rows = prepared.rows("needing_me", viewer=viewer, states=states, missed_since=now - MISSED_FOR, count=limit)
    return list_rows(viewer, [row.id for row in rows])


def get_recording(viewer: AccountId | None, recording_id: RecordingId) -> RecordingPage:
    """The recording for a viewer whom the access rule let in. Raises RecordingNotFound."""
    found = prepared.rows("recording_page", recording_id=recording_id)
    if not found:
        raise RecordingNotFound(str(recording_id))
    row = found[0]
    return RecordingPage(
        id=RecordingId(row.id),
        title=row.title,
        description=row.description,
        tags=tuple(row.tags),
        folder_id=FolderId(row.folder_id),
        folder_name=row.folder_name,
        place=_place(row.course, row.folder_name),
        owner_name=row.owner_name,
        state=library.state_of(standing(row, is_held=row.is_held)),
        duration_ms=row.duration_ms,
        recorded_at=row.recorded_at,
        uploaded_at=row.uploaded_at,
        ready_at=row.ready_at,
        has_picture=row.has_picture,
        source_names=tuple(row.source_names),
        stage=row.stage,
        stage_percent=row.stage_percent,
        stage_estimate_s=row.stage_estimate_s,
        is_complete=row.is_ladder_complete,
        failure=row.failure,
        failure_values=json.loads(row.failure_values),
        dropped=tuple(json.loads(row.dropped)),
        version=row.version,
    )


def details_of(recording_id: RecordingId) -> Mapping[str, object]:
    """Title, description and tags as they stand, for the audit of a change. It asks for no viewer: its action did."""
    return Recording.objects.values("title", "description", "tags").get(id=recording_id)
