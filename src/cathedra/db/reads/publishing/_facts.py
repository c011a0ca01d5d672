"""What the publishing rules need to know about one recording or one folder, inside actions that have the rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cathedra import config
from cathedra.db import prepared
from cathedra.db.models import Folder, Hold, Recording, Source
from cathedra.domain import publishing
from cathedra.domain.access import FolderStart
from cathedra.domain.publishing import ApprovalStep
from cathedra.domain.terms import AccountId, FolderId, RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class Submission:
    """A recording as its approval sees it: whose it is, where, and who did the last step (R74)."""

    id: RecordingId
    title: str
    folder_id: FolderId
    folder_name: str
    owner_id: AccountId
    owner_name: str
    created_by: AccountId
    submitted_by: AccountId | None
    submitted_by_name: str
    submitted_at: datetime | None
    publication: str
    is_ready: bool
    is_online: bool
    step: ApprovalStep | None
    decided_at: datetime | None
    decided_by: str
    reason: str
    repeats: frozenset[UUID] = frozenset()  # who owns and who made what it plays, of a copy by reference

    def is_own(self, account_id: AccountId | None) -> bool:
        """Whether somebody owns it, made it or handed it in, or what it repeats is theirs (R66)."""
        theirs = {self.owner_id, self.created_by, self.submitted_by, *self.repeats}
        return account_id is not None and account_id in theirs

    @property
    def told(self) -> frozenset[AccountId]:
        """Who hears what was decided: the owner and the submitting Creator (R67)."""
        return frozenset({self.owner_id, self.submitted_by or self.created_by})

    @property
    def who(self) -> str:
        """Who handed it in, by name."""
        return self.submitted_by_name or self.owner_name


def submission(recording_id: RecordingId) -> Submission:
    """Of a recording that the action has found before it asks. Raises RecordingNotFound."""
    found = prepared.rows("submission", recording_id=recording_id)
    if not found:
        raise RecordingNotFound(str(recording_id))
    return _submission(found[0])


# What a line of it is made of, as the ORM calls it and as submission.sql does.
_COLUMNS = (
    *("id", "title", "folder_id", "folder__name", "owner_id", "owner__full_name", "created_by_id", "submitted_by_id"),
    *("submitted_by__full_name", "submitted_at", "publication", "media_state", "keeping"),
    *("approval", "approval_at", "approval_by__full_name", "approval_reason"),
    *("reference_of__owner_id", "reference_of__created_by_id"),
)


def submissions(rows: "QuerySet[Recording]") -> tuple[Submission, ...]:
    """The same of many."""
    found = rows.order_by("created_at", "id").values_list(*_COLUMNS, named=True)
    return tuple(_submission(row) for row in found)


def list_submissions(recording_ids: Collection[RecordingId]) -> tuple[Submission, ...]:
    """Those of these recordings, oldest first."""
    return submissions(Recording.objects.filter(id__in=recording_ids))


def _submission(row: Any) -> Submission:
    return Submission(
        id=RecordingId(row.id),
        title=row.title,
        folder_id=FolderId(row.folder_id),
        folder_name=row.folder__name,
        owner_id=AccountId(row.owner_id),
        owner_name=row.owner__full_name,
        created_by=AccountId(row.created_by_id),
        submitted_by=AccountId(row.submitted_by_id) if row.submitted_by_id else None,
        submitted_by_name=row.submitted_by__full_name or "",
        submitted_at=row.submitted_at,
        publication=row.publication,
        is_ready=row.media_state == "READY",
        is_online=row.keeping == "ONLINE",
        step=ApprovalStep(row.approval) if row.approval else None,
        decided_at=row.approval_at,
        decided_by=row.approval_by__full_name or "",
        reason=row.approval_reason,
        repeats=frozenset({row.reference_of__owner_id, row.reference_of__created_by_id} - {None}),
    )


def own_of(account_id: AccountId) -> Q:
    """What `Submission.is_own` says, as a condition."""
    places = ("owner_id", "created_by_id", "submitted_by_id", "reference_of__owner_id", "reference_of__created_by_id")
    return Q(*((place, account_id) for place in places), _connector=Q.OR)


def has_own_waiting(folder_id: FolderId, account_id: AccountId | None) -> bool:
    """Whether something of somebody's waits in a folder, or in what follows it: what a switch would publish (R70)."""
    if account_id is None:
        return False
    waiting = reach_of(followers_of(folder_id)).filter(publication=publishing.WAITING)
    return waiting.filter(own_of(account_id)).exists()


def count_own_published(folder_id: FolderId, account_id: AccountId | None) -> int:
    """How many of somebody's are published in a folder, and in what follows it: what another Publisher approves where the
    site lets nobody approve their own (R66, R69)."""
    if account_id is None:
        return 0
    published = reach_of(followers_of(folder_id)).filter(publication=publishing.PUBLISHED)
    return published.filter(own_of(account_id)).distinct().count()


def may_approve_own() -> bool:
    """The site's setting of R66."""
    return config.get().approval.allow_self


def reapproves_media_edits() -> bool:
    """The site's setting of R73."""
    return config.get().approval.reapprove_on_media_edit


@dataclass(frozen=True, slots=True)
class FolderApproval:
    """How a folder stands to approval, with what is in it and in the folders that follow it: those below it that
    inherit (R69). `is_from_above`: it follows one that asks for approval."""

    id: FolderId
    name: str
    is_on: bool
    is_from_above: bool
    published: int
    waiting: int
    rejected: int
    follows: tuple[str, ...]


def folder_approval(folder_id: FolderId) -> FolderApproval:
    """Counts of the folder and of what follows it: what a switch would change (R69, R70)."""
    row = Folder.objects.get(id=folder_id)
    above = Folder.objects.filter(
        id__in=[UUID(one) for one in row.path.split(".")], access_from_id=row.access_from_id
    ).exclude(id=row.id)
    from_above = above.filter(start=FolderStart.WHEN_APPROVED).exists()
    followers = followers_of(folder_id)
    counts = reach_of(followers).aggregate(
        published=Count("id", filter=Q(publication=publishing.PUBLISHED)),
        waiting=Count("id", filter=Q(publication=publishing.WAITING)),
        rejected=Count("id", filter=Q(publication=publishing.REJECTED)),
    )
    names = Folder.objects.filter(id__in=followers).exclude(id=folder_id).order_by("name")
    return FolderApproval(
        id=folder_id,
        name=row.name,
        is_on=from_above or row.start == FolderStart.WHEN_APPROVED,
        is_from_above=from_above,
        follows=tuple(names.values_list("name", flat=True)[:20]),
        **counts,
    )


def followers_of(folder_id: FolderId) -> tuple[FolderId, ...]:
    """The folder, and those below it that inherit through it, but for those that wait for approval whatever it says:
    they, or one between, ask for it themselves (R69)."""
    here = Folder.objects.get(id=folder_id)
    rows = Folder.objects.filter(access_from_id=here.access_from_id, path__below=[here.path]).exclude(id=folder_id)
    found, asking = [folder_id], set[str]()
    for each, path, start in rows.order_by("path").values_list("id", "path", "start"):  # above before below
        if start == FolderStart.WHEN_APPROVED or path.rpartition(".")[0] in asking:
            asking.add(path)
        else:
            found.append(FolderId(each))
    return tuple(found)


def reach_of(folder_ids: Collection[FolderId]) -> "QuerySet[Recording]":
    """The recordings of these folders that are online; what is archived or binned stays as it was."""
    return Recording.objects.filter(folder_id__in=folder_ids, keeping="ONLINE", media_state="READY")


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What there is to copy: `files` are the originals that are kept, each with where."""

    is_ready: bool
    is_held: bool
    is_online: bool
    is_complete: bool
    duration_ms: int
    files: tuple[tuple[UUID, str], ...]


def media_of(recording_id: RecordingId) -> MediaFacts:
    """The media of a recording of its own. Raises RecordingNotFound."""
    row = Recording.objects.filter(id=recording_id).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    used = Source.objects.filter(recording_id=recording_id, problem="").order_by("position")
    files = tuple(used.values_list("id", "object_key"))
    return MediaFacts(
        is_ready=row.media_state == "READY",
        is_held=Hold.objects.filter(recording_id=recording_id, released_at=None).exists(),
        is_online=row.keeping == "ONLINE",
        is_complete=row.is_ladder_complete and all(key for _, key in files),
        duration_ms=row.duration_ms or 0,
        files=files,
    )


def original_of(recording_id: RecordingId) -> RecordingId:
    """Whose media it plays: its own, or those of what it is a reference copy of."""
    found = Recording.objects.filter(id=recording_id).values_list("reference_of_id", flat=True).first()
    return RecordingId(found or recording_id)
