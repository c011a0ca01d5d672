"""What waits for somebody's approval, oldest first; what one recording's page says of its approval; what is overdue."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cathedra.db.models import Folder, FolderAccess, Hold, Recording
from cathedra.db.reads import keyset
from cathedra.db.reads.access import may, may_in_folders, principals_of
from cathedra.db.reads.library import FolderRow, RecordingRow, list_folders_in, list_rows
from cathedra.db.reads.publishing._facts import Submission, submission, submissions
from cathedra.domain import publishing
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.terms import AccountId, FolderId, RecordingId

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the queue. `may_watch`: its page is theirs; who stands in for a Publisher decides without (R26, R68)."""

    row: RecordingRow
    submission: Submission
    description: str
    may_watch: bool

    @property
    def id(self) -> RecordingId:
        return self.row.id


def list_queue(viewer: AccountId, *, now: datetime, after: str = "", limit: int = 30) -> keyset.Page[Waiting]:
    """Everything that waits where the viewer may approve, oldest first (design: Approvals)."""
    rows = _queue(viewer, now)
    if key := keyset.parse_instant(after):
        rows = rows.filter(Q(submitted_at__gt=key[0]) | Q(submitted_at=key[0], id__gt=key[1]))
    listed = rows.order_by("submitted_at", "id").values_list("id", "submitted_at")[: limit + 1]
    found = [(one, at) for one, at in listed if at]
    ids = [RecordingId(one) for one, _ in found[:limit]]
    return keyset.page_of(
        _lines(viewer, ids, now), [keyset.place(at.isoformat(), one) for one, at in found], limit=limit
    )


def count_queue(viewer: AccountId, *, now: datetime) -> int:
    """How many wait, up to MOST_COUNTED."""
    return len(_queue(viewer, now).values_list("id")[:MOST_COUNTED])


def find_waiting(viewer: AccountId, recording_id: RecordingId, *, now: datetime) -> Waiting | None:
    """One line of the queue, when it waits for the viewer."""
    rows = _queue(viewer, now).filter(id=recording_id)
    return next(iter(_lines(viewer, [RecordingId(one) for one in rows.values_list("id", flat=True)], now)), None)


def find_decided(viewer: AccountId, recording_id: RecordingId, *, now: datetime) -> Submission | None:
    """How a recording stands about which the viewer may decide, whether or not it waits."""
    rows = Recording.objects.filter(may(viewer, Action.APPROVE, now), id=recording_id)
    return submission(recording_id) if rows.exists() else None


def _queue(viewer: AccountId, now: datetime) -> "QuerySet[Recording]":
    """What waits has been handed in, so that is not asked: PostgreSQL would take the two for independent, expect next to
    nothing, and look up every recording that waits anywhere (25 ms rather than 1 of a million)."""
    held = Exists(Hold.objects.filter(recording_id=OuterRef("pk"), released_at=None))
    rows = Recording.objects.filter(may(viewer, Action.APPROVE, now), publication=publishing.WAITING, keeping="ONLINE")
    return rows.filter(~held)


def _lines(viewer: AccountId, ids: "list[RecordingId]", now: datetime) -> tuple[Waiting, ...]:
    rows = list_rows(viewer, ids)
    about = {one.id: one for one in submissions(Recording.objects.filter(id__in=ids))}
    texts = dict(Recording.objects.filter(id__in=ids).values_list("id", "description"))
    theirs = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role=FolderRole.PUBLISHER)
    in_theirs = Recording.objects.filter(folder_id__in=theirs.values("folder_id"), id__in=ids)
    watched = set(in_theirs.values_list("id", flat=True))
    if others := [one for one in ids if one not in watched]:  # the whole rule takes longer to plan than all the rest
        rule = Recording.objects.filter(may(viewer, Action.VIEW, now), id__in=others)
        watched |= set(rule.values_list("id", flat=True))
    return tuple(Waiting(row, about[row.id], texts[row.id], row.id in watched) for row in rows)


def get_approval(viewer: AccountId | None, recording_id: RecordingId) -> Submission:
    """Last step, when, who, why (R74), for a viewer whom the access rule lets see more than its Viewers do."""
    return submission(recording_id)


def list_overdue(*, submitted_before: datetime, limit: int, after: RecordingId | None = None) -> tuple[Submission, ...]:
    """What has waited since before an instant, by id. For the daily job, so it asks for no viewer."""
    held = Exists(Hold.objects.filter(recording_id=OuterRef("pk"), released_at=None))
    rows = Recording.objects.filter(
        ~held, publication=publishing.WAITING, keeping="ONLINE", submitted_at__lt=submitted_before
    )
    rows = rows.filter(id__gt=after) if after else rows
    some = list(rows.order_by("id").values_list("id", flat=True)[:limit])
    return tuple(sorted(submissions(Recording.objects.filter(id__in=some)), key=lambda one: one.id))


def list_targets(
    viewer: AccountId, action: Action, *, now: datetime, search: str = "", limit: int = 50
) -> tuple[FolderRow, ...]:
    """Folders into which the viewer may bring a recording (R38 row 14), by name."""
    return list_folders_in(viewer, may_in_folders(viewer, action, now), search=search, limit=limit)


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """A folder with reference copies."""

    folder_id: FolderId
    folder_name: str
    count: int


def list_copies(
    recording_ids: Collection[RecordingId],
    *,
    but_not_in: FolderId | None = None,
    but_not: Collection[RecordingId] = (),
) -> list[CopyPlace]:
    """In which folders how many reference copies play these (R140), the most first; without those that go with them. Asked
    by pages of those who may delete them."""
    rows = Recording.objects.filter(reference_of_id__in=recording_ids).exclude(keeping__in=("PURGED", "RECYCLED"))
    rows = rows.exclude(id__in=but_not)
    if but_not_in is not None:
        above = Folder.objects.values_list("path", flat=True).get(id=but_not_in)
        rows = rows.exclude(folder_id__in=Folder.objects.filter(path__below=[above]).values("id"))
    counted = rows.order_by().values_list("folder_id", "folder__name").annotate(count=Count("id"))
    return [
        CopyPlace(FolderId(one), name, count) for one, name, count in counted.order_by("-count", "folder__name")[:100]
    ]


@dataclass(frozen=True, slots=True)
class CopyOf:
    """A reference copy, where it is and whose, and what it plays."""

    id: RecordingId
    original_id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    owner_id: AccountId


def copies_of(recording_ids: Collection[RecordingId]) -> list[CopyOf]:
    """The reference copies that play these and are neither in the bin nor destroyed (R140). For actions."""
    rows = Recording.objects.filter(reference_of_id__in=recording_ids).exclude(keeping__in=("PURGED", "RECYCLED"))
    return [
        CopyOf(
            id=RecordingId(row.id),
            original_id=RecordingId(row.reference_of_id),
            title=row.title,
            folder_id=FolderId(row.folder_id),
            folder_name=row.folder.name,
            owner_id=AccountId(row.owner_id),
        )
        for row in rows.select_related("folder").order_by("id")
        if row.reference_of_id is not None
    ]


def count_copies(recording_id: RecordingId) -> int:
    """How many reference copies play what this one holds (R140). Asked by pages of those who may move or copy it."""
    return Recording.objects.filter(reference_of_id=recording_id).exclude(keeping="PURGED").count()
