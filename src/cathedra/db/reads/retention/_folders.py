"""Folders that are put into the bin whole, what is below them, and those that lie there (R138)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from cathedra import config
from cathedra.db.models import Folder, FolderAccess, FolderBin, Kept, Recording
from cathedra.db.reads.access import principals_of
from cathedra.db.reads.retention._facts import calendar, facts_of
from cathedra.domain import retention
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Keeping
from cathedra.domain.retention import Facts
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, NotFound, RecordingId

_PAGE = 1000
_AWAY = (Keeping.RECYCLED, Keeping.PURGED)


class FolderBinNotFound(NotFound):
    """No folder was put into the bin under this id."""


@dataclass(frozen=True, slots=True)
class Subtree:
    """A folder and those below it that are not in the bin."""

    name: str
    path: str
    is_personal: bool
    folders: tuple[FolderId, ...]
    givers: tuple[FolderId, ...]  # those that have members of their own


@dataclass(frozen=True, slots=True)
class BinnedFolder:
    """A folder in the bin, with what went there with it."""

    id: UUID
    folder_id: FolderId
    name: str
    recordings: int
    seconds: int
    recycled_at: datetime
    bin_since: datetime  # R134: its days count from then, or from later, where those of something in it do
    taken_back_at: datetime | None
    is_below_another: bool


def subtree_of(folder_id: FolderId, *, lock: bool = False) -> Subtree:
    """`lock` keeps the folders, and nothing comes to be in them, until the transaction ends. Raises FolderNotFound."""
    top = Folder.objects.filter(id=folder_id, recycled_in=None).first()
    if top is None:
        raise FolderNotFound(str(folder_id))
    rows = Folder.objects.filter(path__below=[top.path], recycled_in=None).order_by("path")
    found = list((rows.select_for_update() if lock else rows).values_list("id", "access_from_id"))
    return Subtree(
        name=top.name,
        path=top.path,
        is_personal=top.kind == FolderKind.PERSONAL and top.parent_id is None,
        folders=tuple(FolderId(one) for one, _giver in found),
        givers=tuple(FolderId(one) for one, giver in found if one == giver and one != folder_id),
    )


@dataclass(frozen=True, slots=True)
class Above:
    """A folder above one that is in the bin. `is_wider`: it shows what it holds to people who did not see it below, where
    the folders between take what is handed in (R183) or have access of their own (R35)."""

    folder_id: FolderId
    is_wider: bool


def find_above(folder_id: FolderId) -> Above | None:
    """T35: the nearest folder above one that is in the bin which is not there itself; None where all are. For actions:
    takes no viewer."""
    path = Folder.objects.filter(id=folder_id).values_list("path", flat=True).first()
    known = {
        one.id: one for one in Folder.objects.filter(id__in=[UUID(one) for one in str(path or "").split(".") if one])
    }
    between: list[Folder] = []
    for one in reversed(str(path or "").split(".")):
        if (folder := known.get(UUID(one))) is None:
            return None
        if between and folder.recycled_in_id is None:
            return Above(FolderId(folder.id), any(_is_narrower(each) for each in between))
        between.append(folder)
    return None


def _is_narrower(folder: Folder) -> bool:
    return folder.kind == FolderKind.ASSIGNMENT or not folder.inherits


def find_kept_until(folder_id: FolderId) -> datetime | None:
    """Until when what was handed in here and is not destroyed, the bin counted in, is kept where it counts for a mark
    (R129); None where nothing was."""
    rows = Recording.objects.filter(folder_id=folder_id).exclude(keeping=Keeping.PURGED)
    last = rows.aggregate(at=Max(Coalesce("uploaded_at", "created_at")))["at"]
    months = config.get().retention.assessment_keep_months
    return retention.keep_submission_until(last, months=months, calendar=calendar()) if last else None


def get_summative(folder_id: FolderId, *, lock: bool = False) -> bool | None:
    """Whether what is handed in here counts for a mark (R129); None where nothing is handed in: it is no assignment
    folder. Raises FolderNotFound."""
    rows = Folder.objects.filter(id=folder_id)
    row = (rows.select_for_update() if lock else rows).values_list("kind", "is_summative").first()
    if row is None:
        raise FolderNotFound(str(folder_id))
    kind, is_summative = row
    return is_summative if kind == FolderKind.ASSIGNMENT else None


def each_in_folders(folder_ids: tuple[FolderId, ...], *, lock: bool = False) -> Iterator[list[Facts]]:
    """What is in these folders and neither in the bin nor destroyed, a page at a time."""
    after: RecordingId | None = None
    while True:
        rows = Recording.objects.filter(folder_id__in=folder_ids).exclude(keeping__in=_AWAY)
        rows = rows.filter(id__gt=after) if after else rows
        rows = rows.select_for_update() if lock else rows
        ids = [RecordingId(one) for one in rows.order_by("id").values_list("id", flat=True)[:_PAGE]]
        if not ids:
            return
        yield facts_of(ids)
        after = ids[-1]


def get_binned_folder(unit_id: UUID, *, lock: bool = False) -> BinnedFolder:
    """Raises FolderBinNotFound."""
    rows = FolderBin.objects.filter(id=unit_id)
    if lock:
        list(rows.select_for_update().values_list("id"))
    row = _with_since(rows).first()
    if row is None:
        raise FolderBinNotFound(str(unit_id))
    return _binned(row)


def list_binned_folders(viewer: AccountId, *, since: datetime) -> list[BinnedFolder]:
    """Folders whose days in the bin count from after an instant: of whoever put them there, and of the folder's
    Creators."""
    held = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role=FolderRole.CREATOR)
    rows = _with_since(FolderBin.objects.filter(taken_back_at=None)).filter(
        Q(since__gt=since), Q(recycled_by_id=viewer) | Q(folder_id__in=held.values("folder_id"))
    )
    return [_binned(row) for row in rows.order_by("-recycled_at", "id")[:100]]


def _with_since(rows: "QuerySet[FolderBin]") -> "QuerySet[FolderBin]":
    within = Kept.objects.filter(recording__folder__recycled_in=OuterRef("id"), recording__keeping=Keeping.RECYCLED)
    last = within.filter(bin_since__isnull=False).order_by("-bin_since").values("bin_since")[:1]
    return rows.annotate(since=Greatest("recycled_at", Subquery(last))).select_related("folder__parent")


def _binned(row: FolderBin) -> BinnedFolder:
    parent = row.folder.parent
    return BinnedFolder(
        id=row.id,
        folder_id=FolderId(row.folder_id),
        name=row.folder.name,
        recordings=row.recordings,
        seconds=row.seconds,
        recycled_at=row.recycled_at,
        bin_since=row.since,  # type: ignore[attr-defined]  # annotated above
        taken_back_at=row.taken_back_at,
        is_below_another=parent is not None and parent.recycled_in_id is not None,
    )


def each_of_unit(unit_id: UUID) -> Iterator[list[tuple[RecordingId, str]]]:
    """What lies in the bin with a folder, and the tier it came from, a page at a time."""
    after: UUID | None = None
    while True:
        rows = Kept.objects.filter(unit_id=unit_id, recording__keeping=Keeping.RECYCLED, is_by_decision=False)
        rows = rows.filter(recording_id__gt=after) if after else rows
        found = list(rows.order_by("recording_id").values_list("recording_id", F("recording__recycled_from"))[:_PAGE])
        if not found:
            return
        yield [(RecordingId(one), tier or Keeping.ONLINE) for one, tier in found]
        after = found[-1][0]
