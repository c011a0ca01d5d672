"""Folders: one with its way down from the root, those somebody can see, who can see one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from cathedra.db.models import Account, Folder, FolderAccess, Group, Membership
from cathedra.db.reads import keyset
from cathedra.db.reads.access import principals_of
from cathedra.domain import access
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, PrincipalId


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


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can see a folder: groups by name with their size, people by number."""

    groups: tuple[tuple[str, int], ...]
    people: int


def find_root_folder(name: str) -> FolderId | None:
    """A top-level folder by its name. Asked by the product itself, so it takes no viewer."""
    found = Folder.objects.filter(parent=None, name=name).values_list("id", flat=True).first()
    return FolderId(found) if found else None


def _visible(viewer: AccountId) -> QuerySet[Folder]:
    return _visible_to(principals_of(viewer))


def _visible_to(mine: list[PrincipalId]) -> QuerySet[Folder]:
    """Every role on a folder lets its holder see that the folder is there."""
    return Folder.objects.filter(id__in=FolderAccess.objects.filter(principal_id__in=mine).values("folder_id"))


def get_folder(viewer: AccountId | None, folder_id: FolderId) -> FolderPage:
    """The folder with the viewer's roles on it, for `access.decide_folder` before it is shown. Raises FolderNotFound."""
    row = Folder.objects.select_related("course", "department").filter(id=folder_id).first()
    if row is None:
        raise FolderNotFound(str(folder_id))
    above = [UUID(part) for part in row.path.split(".")[:-1]]
    mine = principals_of(viewer) if viewer else []
    seen = _visible_to(mine).filter(id__in=above).in_bulk() if above else {}
    held = FolderAccess.objects.filter(folder_id=folder_id, principal_id__in=mine).values_list("role", flat=True)
    return FolderPage(
        id=FolderId(row.id),
        name=row.name,
        kind=FolderKind(row.kind),
        course=row.course.full_name if row.course else "",
        department=row.department.name if row.department else "",
        crumbs=tuple(Crumb(FolderId(one), seen[one].name) for one in above if one in seen),
        roles=frozenset(access.FolderRole(role) for role in held),
        inherits=row.inherits,
    )


def _row(row: Folder, place: str = "") -> FolderRow:
    return FolderRow(
        id=FolderId(row.id),
        name=row.name,
        kind=FolderKind(row.kind),
        course=row.course.full_name if row.course else "",
        department=row.department.name if row.department else "",
        newest_at=row.newest_at,
        place=place,
    )


def list_subfolders(viewer: AccountId, folder_id: FolderId) -> tuple[FolderRow, ...]:
    """The folders directly below that the viewer can see, by name."""
    rows = _visible(viewer).filter(parent_id=folder_id).select_related("course", "department")
    return tuple(_row(row) for row in rows.order_by(Lower("name"), "id")[:500])


def list_folders(viewer: AccountId, *, search: str = "", after: str = "", limit: int = 50) -> keyset.Page[FolderRow]:
    """Where the viewer's way begins: visible folders under nothing visible; with `search`, every visible one."""
    visible = _visible(viewer)
    rows = visible.select_related("course", "department", "parent").annotate(key=Lower("name"))
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(course__full_name__icontains=search))
    else:
        rows = rows.exclude(parent_id__in=visible.values("id"))
    if key := keyset.parse(after):
        rows = rows.filter(Q(key__gt=key[0]) | Q(key=key[0], id__gt=key[1]))
    found = list(rows.order_by("key", "id")[: limit + 1])
    shown = set(visible.filter(id__in={row.parent_id for row in found if row.parent_id}).values_list("id", flat=True))
    places = [row.parent.name if row.parent and row.parent_id in shown else "" for row in found]
    lines = [_row(row, place) for row, place in zip(found, places, strict=True)]
    return keyset.page_of(lines, [keyset.place(row.key, row.id) for row in found], limit=limit)


def list_places_to_upload(viewer: AccountId, *, limit: int = 200) -> tuple[FolderRow, ...]:
    """Folders in which the viewer may make recordings; their own first, then by name."""
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.CREATE_RECORDING in may]
    held = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role__in=roles).values("folder_id")
    rows = Folder.objects.filter(id__in=held).select_related("course", "department", "parent")
    is_theirs = Case(When(owner_id=viewer, then=Value("0")), default=Value("1"), output_field=CharField())
    found = list(rows.order_by(is_theirs, F("newest_at").desc(nulls_last=True), Lower("name"), "id")[:limit])
    shown = set(_visible(viewer).filter(id__in={row.parent_id for row in found}).values_list("id", flat=True))
    return tuple(_row(row, row.parent.name if row.parent and row.parent_id in shown else "") for row in found)


def get_audience(viewer: AccountId | None, folder_id: FolderId) -> Audience:
    """Who can watch what is published in the folder. For a viewer who may see the folder."""
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.VIEW in may]
    rows = FolderAccess.objects.filter(folder_id=folder_id, role__in=roles).values_list("principal_id", flat=True)
    given = set(rows)
    active = Membership.objects.filter(group_id__in=given, account__is_active=True)
    sizes = dict(active.values_list("group_id").annotate(size=Count("id")).values_list("group_id", "size"))
    groups = Group.objects.filter(id__in=given).order_by(Lower("name"))
    return Audience(
        groups=tuple((group.name, sizes.get(group.id, 0)) for group in groups),
        people=Account.objects.filter(id__in=given, is_active=True).count(),
    )


def is_name_taken(parent_id: FolderId, name: str) -> bool:
    """Is there a folder of this name in that one? Asked inside an action that has checked the viewer."""
    return Folder.objects.filter(parent_id=parent_id, name__iexact=name).exists()


def kind_for_subfolder(parent_id: FolderId) -> FolderKind:
    """What a new folder inside that one is: the same kind, but a department's or an assignment's is a general one."""
    kind = FolderKind(Folder.objects.values_list("kind", flat=True).get(id=parent_id))
    return kind if kind in (FolderKind.COURSE, FolderKind.PERSONAL) else FolderKind.GENERAL
