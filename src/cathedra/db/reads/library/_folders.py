"""Folders: one with its way down from the root, those somebody can see, who can see one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from cathedra.db import prepared
from cathedra.db.models import Folder
from cathedra.db.reads import keyset
from cathedra.db.reads.access import levels_for, may_in_folders, principals_of
from cathedra.domain import access
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound


@dataclass(frozen=True, slots=True)
class Crumb:
    """A folder above, for the way back."""

    id: FolderId
    name: str


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder in a list. `place` names the nearest folder above that the viewer can see, or nothing."""

    id: FolderId
    name: str
    kind: FolderKind
    course: str
    department: str
    newest_at: datetime | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class FolderPage:
    """A folder as its page shows it. `crumbs` leave out folders that the viewer cannot see."""

    id: FolderId
    name: str
    kind: FolderKind
    course: str
    department: str
    crumbs: tuple[Crumb, ...]
    roles: frozenset[access.FolderRole]
    inherits: bool
    is_top: bool = False

    @property
    def is_own_place(self) -> bool:
        """Somebody's own folder, which the product gave them: it stays (R138)."""
        return self.is_top and self.kind is FolderKind.PERSONAL


MOST_COUNTED = 300


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can see a folder: groups by name with their size, people by number. Of a group with more than `MOST_COUNTED`
    nobody counts the rest: its size is one more."""

    groups: tuple[tuple[str, int], ...]
    people: int


def find_root_folder(name: str) -> FolderId | None:
    """A top-level folder by its name. Asked by the product itself, so it takes no viewer."""
    found = Folder.objects.filter(parent=None, name=name).values_list("id", flat=True).first()
    return FolderId(found) if found else None


def get_folder(viewer: AccountId | None, folder_id: FolderId) -> FolderPage:
    """The folder with the viewer's roles on it, for `access.decide_folder` before it is shown. Raises FolderNotFound."""
    found = prepared.rows("folder_page", viewer=viewer, folder_id=folder_id, levels=levels_for(viewer))
    if not found:
        raise FolderNotFound(str(folder_id))
    row = found[0]
    above = (folder.split(" ", 1) for folder in row.above)
    return FolderPage(
        id=FolderId(row.id),
        name=row.name,
        kind=FolderKind(row.kind),
        course=row.course,
        department=row.department,
        crumbs=tuple(Crumb(FolderId(UUID(one)), name) for one, name in above),
        roles=frozenset(access.FolderRole(role) for role in row.roles),
        inherits=row.inherits,
        is_top=row.is_top,
    )


def _newest_at(row: Any) -> datetime | None:
    """When somebody handed something in is nobody else's to know (R183)."""
    return row.newest_at if row.kind != FolderKind.ASSIGNMENT else None


def _row(row: Folder, place: str = "") -> FolderRow:
    return FolderRow(
        id=FolderId(row.id),
        name=row.name,
        kind=FolderKind(row.kind),
        course=row.course.full_name if row.course else "",
        department=row.department.name if row.department else "",
        newest_at=_newest_at(row),
        place=place,
    )


def _prepared_row(row: Any, place: str = "") -> FolderRow:
    return FolderRow(
        FolderId(row.id), row.name, FolderKind(row.kind), row.course, row.department, _newest_at(row), place=place
    )


def list_subfolders(viewer: AccountId | None, folder_id: FolderId, *, now: datetime) -> tuple[FolderRow, ...]:
    """The folders directly below that the viewer finds in lists, by name."""
    levels = levels_for(viewer, is_listing=True)
    beyond = [level for level in levels_for(viewer, is_listing=True, is_exempt=True) if level not in levels]
    rows = prepared.rows(
        "subfolders",
        folder_id=folder_id,
        viewer=viewer,
        levels=levels,
        beyond=beyond,
        now=now,
    )
    return tuple(_prepared_row(row) for row in rows)


def list_folders(
    viewer: AccountId, *, now: datetime, search: str = "", after: str = "", limit: int = 50
) -> keyset.Page[FolderRow]:
    """Where the viewer's way begins: listed folders under nothing listed; with `search`, every listed one."""
    visible = Folder.objects.filter(may_in_folders(viewer, access.Action.LIST_FOLDER, now))
    rows = visible.select_related("course", "department", "parent").annotate(key=Lower("name"))
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(course__full_name__icontains=search))
    else:
        rows = rows.exclude(parent_id__in=visible.values("id"))
    if key := keyset.parse(after):
        rows = rows.filter(Q(key__gt=key[0]) | Q(key=key[0], id__gt=key[1]))
    found = list(rows.order_by("key", "id")[: limit + 1])
    above = {row.parent_id for row in found if row.parent_id} if search else ()  # else nothing above is visible
    shown = set(visible.filter(id__in=above).values_list("id", flat=True)) if above else ()
    places = [row.parent.name if row.parent and row.parent_id in shown else "" for row in found]
    lines = [_row(row, place) for row, place in zip(found, places, strict=True)]
    return keyset.page_of(lines, [keyset.place(row.key, row.id) for row in found], limit=limit)


def list_folders_in(viewer: AccountId, allowed: Q, *, search: str = "", limit: int = 50) -> tuple[FolderRow, ...]:
    """Folders for which another read's condition on this viewer holds, by name, each with where it is."""
    rows = Folder.objects.filter(allowed).select_related("course", "department", "parent").annotate(key=Lower("name"))
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(course__full_name__icontains=search))
    found = list(rows.order_by("key", "id")[:limit])
    above = {row.parent_id for row in found if row.parent_id}
    shown = set(Folder.objects.filter(allowed, id__in=above).values_list("id", flat=True)) if above else set()
    return tuple(_row(row, row.parent.name if row.parent and row.parent_id in shown else "") for row in found)


def list_places_to_upload(viewer: AccountId, *, limit: int = 200) -> tuple[FolderRow, ...]:
    """Folders in which the viewer may make recordings; their own first, then by name."""
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.CREATE_RECORDING in may]
    mine = principals_of(viewer)
    rows = prepared.rows(
        "places_to_upload",
        viewer=viewer,
        principals=mine,
        roles=[str(role) for role in roles],
        levels=[str(level) for level in levels_for(viewer)],
        count=limit,
    )
    return tuple(_prepared_row(row, row.place) for row in rows)


def get_audience(viewer: AccountId | None, folder_id: FolderId) -> Audience:
    """Who can watch what is published in the folder. For a viewer who may see the folder."""
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.VIEW in may]
    if Folder.objects.filter(id=folder_id, kind=FolderKind.ASSIGNMENT).exists():
        roles.remove(access.FolderRole.VIEWER)  # each sees what is theirs (R183)
    *groups, people = prepared.rows("audience", folder_id=folder_id, roles=list(map(str, roles)), most=MOST_COUNTED + 1)
    return Audience(groups=tuple((group.name, group.size) for group in groups), people=people.size)


def is_name_taken(parent_id: FolderId, name: str) -> bool:
    """Is there a folder of this name in that one? Asked inside an action that has checked the viewer."""
    return Folder.objects.filter(parent_id=parent_id, name__iexact=name).exists()


def kind_for_subfolder(parent_id: FolderId) -> FolderKind:
    """What a new folder inside that one is: the same kind, but a department's is a general one. Inside an assignment
    folder each still sees only what is theirs (R183)."""
    kind = FolderKind(Folder.objects.values_list("kind", flat=True).get(id=parent_id))
    return kind if kind is not FolderKind.DEPARTMENT else FolderKind.GENERAL
