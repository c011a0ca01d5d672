"""Put away departments, courses, folders and recordings."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cathedra.db.models import Course, Department, Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.domain.library import CourseKind, FolderKind, MediaState, Origin
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def add_department(name: str, *, contact_email: str = "") -> UUID:
    """Make a department."""
    return Department.objects.create(name=name, contact_email=contact_email).id


def add_course(
    external_id: str, *, short_name: str, full_name: str, kind: CourseKind, department_id: UUID, academic_year: str
) -> UUID:
    """Make a course (R3); `academic_year` is as 2026-27."""
    row = Course.objects.create(
        external_id=external_id,
        short_name=short_name,
        full_name=full_name,
        kind=kind,
        department_id=department_id,
        academic_year=academic_year,
    )
    return row.id


def add_folder(
    name: str,
    *,
    kind: FolderKind,
    parent_id: FolderId | None = None,
    inherits: bool | None = None,
    department_id: UUID | None = None,
    course_id: UUID | None = None,
    owner_id: AccountId | None = None,
    now: datetime,
) -> FolderId:
    """Make a folder. A folder with a parent inherits unless told otherwise (R28); a root folder cannot."""
    parent = Folder.objects.get(id=parent_id) if parent_id else None
    new_id = uuid.uuid4()
    follows = (parent is not None) if inherits is None else inherits
    Folder.objects.create(
        id=new_id,
        name=name,
        kind=kind,
        parent=parent,
        path=f"{parent.path}.{new_id.hex}" if parent else new_id.hex,
        inherits=follows,
        access_from_id=parent.access_from_id if parent and follows else new_id,
        department_id=department_id or (parent.department_id if parent else None),
        course_id=course_id or (parent.course_id if parent else None),
        owner_id=owner_id,
        created_at=now,
    )
    access_writes.recompute(FolderId(new_id))
    return FolderId(new_id)


def add_recording(
    folder_id: FolderId, *, title: str, owner_id: AccountId, created_by_id: AccountId, origin: Origin, now: datetime
) -> RecordingId:
    """T1: a draft without media."""
    (made,) = add_recordings(
        folder_id, 1, title=title, owner_id=owner_id, created_by_id=created_by_id, origin=origin, now=now
    )
    return made


def add_recordings(
    folder_id: FolderId,
    count: int,
    *,
    title: str,
    owner_id: AccountId,
    created_by_id: AccountId,
    origin: Origin,
    now: datetime,
) -> list[RecordingId]:
    """T1: as many drafts that are alike, as a series of them begins (R155). Lists put those of one instant in the order of
    their ids: the first has the greatest, so that a list with the newest first shows them as they follow each other."""
    rows = Recording.objects.bulk_create(
        Recording(
            folder_id=folder_id,
            title=title,
            owner_id=owner_id,
            created_by_id=created_by_id,
            origin=origin,
            created_at=now,
            updated_at=now,
        )
        for _number in range(count)
    )
    return sorted((RecordingId(row.id) for row in rows), reverse=True)


def move_media(recording_id: RecordingId, *, sources: tuple[MediaState, ...], to: MediaState, now: datetime) -> bool:
    """Compare-and-set of the media state. False when it stood elsewhere: somebody got there first."""
    return bool(move_media_of([recording_id], sources=sources, to=to, now=now))


def move_media_of(
    recording_ids: Collection[RecordingId], *, sources: tuple[MediaState, ...], to: MediaState, now: datetime
) -> int:
    """The same for several; how many of them were moved."""
    rows = Recording.objects.filter(id__in=recording_ids, media_state__in=sources)
    return rows.update(media_state=to, updated_at=now, version=F("version") + 1)


def set_details(
    recording_id: RecordingId,
    *,
    title: str | None,
    description: str | None,
    tags: Sequence[str] | None = None,
    version: int | None,
    now: datetime,
) -> bool:
    """Replace title, description and tags; None keeps one. With `version`, only while nobody changed the row since."""
    rows = Recording.objects.filter(id=recording_id)
    if version is not None:
        rows = rows.filter(version=version)
    given = {"title": title, "description": description, "tags": None if tags is None else list(tags)}
    changed = {name: value for name, value in given.items() if value is not None}
    return bool(rows.update(**changed, updated_at=now, version=F("version") + 1))


def set_owner(recording_id: RecordingId, *, expected: AccountId, to: AccountId, now: datetime) -> bool:
    """R219. False when it belongs to somebody else by now."""
    rows = Recording.objects.filter(id=recording_id, owner_id=expected)
    return bool(rows.update(owner_id=to, updated_at=now, version=F("version") + 1))
