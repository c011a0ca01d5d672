"""Put away what was decided about a recording: its publication, the last step of its approval, its folder."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F, Max, Q

from cathedra.db.models import Edit, Folder, Recording, Rendition, Source, Stream
from cathedra.db.reads.publishing import own_of, reach_of
from cathedra.db.writes import search as search_writes
from cathedra.domain.access import FolderStart
from cathedra.domain.encoding import Note
from cathedra.domain.library import Keeping, MediaState, Origin
from cathedra.domain.publishing import PUBLISHED, WAITING, ApprovalStep
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def set_publication(
    recording_id: RecordingId,
    *,
    expected: str,
    publication: str,
    step: ApprovalStep,
    by: AccountId | None,
    reason: str = "",
    now: datetime,
) -> bool:
    """Compare-and-set with the last step (R74). Handing in starts a new wait. False when it stood elsewhere."""
    changes: dict[str, object] = {
        "publication": publication,
        "approval": step,
        "approval_at": now,
        "approval_by_id": by,
        "approval_reason": reason,
        "updated_at": now,
        "version": F("version") + 1,
    }
    if step is ApprovalStep.SUBMITTED:
        changes |= {"submitted_at": now, "submitted_by_id": by}
    is_changed = bool(Recording.objects.filter(id=recording_id, publication=expected).update(**changes))
    if is_changed and publication == PUBLISHED:
        _refresh_newest([recording_id])
    return is_changed


def submit(recording_id: RecordingId, *, by: AccountId | None, now: datetime) -> None:
    """T15: the step that goes with becoming ready in a folder with approval."""
    Recording.objects.filter(id=recording_id, publication=WAITING).update(
        submitted_at=now, submitted_by_id=by, approval=ApprovalStep.SUBMITTED, approval_at=now, approval_by_id=by
    )


def _refresh_newest(recording_ids: Collection[UUID]) -> None:
    """Folders know when the newest published recording in them was made."""
    rows = Recording.objects.filter(id__in=recording_ids, publication=PUBLISHED)
    for folder_id, created_at in rows.values_list("folder_id", "created_at"):
        newer = Q(newest_at__isnull=True) | Q(newest_at__lt=created_at)
        Folder.objects.filter(newer, id=folder_id).update(newest_at=created_at)


def recount_newest(folder_id: FolderId) -> None:
    """When the newest published recording was made that is in the folder still. Of a folder that was held before what is
    in it: who switches approval holds it while they wait for its recordings."""
    left = Recording.objects.filter(folder_id=folder_id, publication=PUBLISHED, media_state=MediaState.READY)
    Folder.objects.filter(id=folder_id).update(newest_at=left.aggregate(newest=Max("created_at"))["newest"])


def set_approval(folder_id: FolderId, *, is_on: bool) -> bool:
    """Compare-and-set of the folder's start (R62). False when it stood so already."""
    rows = Folder.objects.filter(id=folder_id)
    if is_on:
        asks = Q(start=FolderStart.WHEN_APPROVED)
        rows = rows.filter(Q(start__isnull=True) | ~asks)
        return bool(rows.update(start=FolderStart.WHEN_APPROVED, starts_at=None))
    return bool(rows.filter(start=FolderStart.WHEN_APPROVED).update(start=None, starts_at=None))


def advance_all(
    folder_ids: Collection[FolderId],
    *,
    source: str,
    publication: str,
    step: ApprovalStep,
    by: AccountId | None,
    but_not_of: AccountId | None = None,
    but_not: Collection[RecordingId] = (),
    now: datetime,
) -> tuple[RecordingId, ...]:
    """Every recording of these folders from one publication to another, in one statement; those that
    moved. `but_not_of` leaves out what somebody owns, made or handed in (R66), `but_not` these."""
    rows = reach_of(folder_ids).filter(publication=source)
    if but_not_of is not None:
        rows = rows.exclude(id__in=Recording.objects.filter(own_of(but_not_of)).values("id"))
    if but_not:
        rows = rows.exclude(id__in=but_not)
    ids = list(rows.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    changes: dict[str, object] = {
        "publication": publication,
        "approval": step,
        "approval_at": now,
        "approval_by_id": by,
        "approval_reason": "",
        "updated_at": now,
        "version": F("version") + 1,
    }
    if step is ApprovalStep.SUBMITTED:
        changes |= {"submitted_at": now, "submitted_by_id": None}  # nobody handed them in
    Recording.objects.filter(id__in=ids, publication=source).update(**changes)
    if publication == PUBLISHED:
        _refresh_newest(ids)
    return tuple(RecordingId(one) for one in ids)


def move(recording_id: RecordingId, *, source: FolderId, target: FolderId, now: datetime) -> bool:
    """Put a recording into another folder; its address stays (R57). False when it was elsewhere already."""
    rows = Recording.objects.filter(id=recording_id, folder_id=source)
    is_moved = bool(rows.update(folder_id=target, updated_at=now, version=F("version") + 1))
    if is_moved:
        _refresh_newest([recording_id])
        search_writes.move(recording_id, target)
    return is_moved


def add_reference(
    original_id: RecordingId, target: FolderId, *, title: str, owner_id: AccountId, by: AccountId | None, now: datetime
) -> RecordingId:
    """A recording that plays the original's media: a draft still, for `offer` to bring to its publication. What plays
    another one's media itself is no original: the copy plays those of that one, so that there is never a chain."""
    found = Recording.objects.select_related("reference_of").get(id=original_id)
    whole = found.reference_of or found
    copy = _copied(whole, target, title=title, owner_id=owner_id, by=by, now=now)
    copy.origin, copy.reference_of_id = Origin.REFERENCE_COPY, whole.id
    copy.media_state, copy.ready_at, copy.duration_ms = MediaState.READY, now, whole.duration_ms
    copy.edited_ms = whole.edited_ms
    copy.is_ladder_complete = True
    copy.save(force_insert=True)
    return RecordingId(copy.id)


def add_full(
    original_id: RecordingId, target: FolderId, *, title: str, owner_id: AccountId, by: AccountId | None, now: datetime
) -> RecordingId:
    """A recording whose media are still to be copied."""
    whole = Recording.objects.get(id=original_id)
    copy = _copied(whole, target, title=title, owner_id=owner_id, by=by, now=now)
    copy.origin, copy.media_state = Origin.FULL_COPY, MediaState.PREPARING
    copy.downloads = whole.downloads  # a copy is no way around it (R204)
    copy.save(force_insert=True)
    return RecordingId(copy.id)


def _copied(
    whole: Recording, target: FolderId, *, title: str, owner_id: AccountId, by: AccountId | None, now: datetime
) -> Recording:
    return Recording(
        id=uuid4(),
        folder_id=target,
        owner_id=owner_id,
        created_by_id=by or owner_id,
        title=title,
        description=whole.description,
        tags=whole.tags,
        captured_at=whole.captured_at,
        uploaded_at=whole.uploaded_at,
        keeping=Keeping.ONLINE,
        created_at=now,
        updated_at=now,
    )


def offer(recording_id: RecordingId, publication: str) -> None:
    """T14, T15 of a copy that is ready: from a draft to what was decided."""
    Recording.objects.filter(id=recording_id, publication="DRAFT").update(publication=publication)
    _refresh_newest([recording_id])


def set_copying(recording_id: RecordingId, *, stage: str, percent: int, now: datetime) -> bool:
    """Progress for people. False when the copy is not being made any more."""
    rows = Recording.objects.filter(id=recording_id, media_state=MediaState.PREPARING, origin=Origin.FULL_COPY)
    return bool(rows.update(stage=stage, stage_percent=percent, updated_at=now))


def add_copied_media(original_id: RecordingId, copy_id: RecordingId, *, now: datetime) -> None:
    """The rows of the original's files, streams and versions, for the copy, whose bytes are in place. Ids are new; an
    original file keeps its place under the copy's own key."""
    for source in Source.objects.filter(recording_id=original_id, problem="").order_by("position"):
        old_source, source.id, source.recording_id, source.attempt = source.id, uuid4(), copy_id, None
        source.object_key = original_key(copy_id, old_source) if source.object_key else ""
        source.save(force_insert=True)
        for stream in Stream.objects.filter(source_id=old_source):
            old_stream, stream.id, stream.recording_id, stream.source_id = stream.id, uuid4(), copy_id, source.id
            stream.save(force_insert=True)
            for made in Rendition.objects.filter(stream_id=old_stream):
                made.id, made.recording_id, made.stream_id, made.created_at = uuid4(), copy_id, stream.id, now
                made.save(force_insert=True)
    for edit in Edit.objects.filter(recording_id=original_id):  # the files of what is cut were copied with the others
        edit.id, edit.recording_id, edit.file_key, edit.file_bytes = uuid4(), copy_id, "", 0
        edit.save(force_insert=True)
    edited = Recording.objects.filter(id=original_id).values("edited_ms")
    Recording.objects.filter(id=copy_id).update(edited_ms=edited)


def make_full(copy_id: RecordingId, original_id: RecordingId, *, now: datetime) -> bool:
    """R140: it plays media of its own from now on, whose rows follow. False when it is no copy of that any more."""
    whole = Recording.objects.get(id=original_id)
    rows = Recording.objects.filter(id=copy_id, reference_of_id=original_id, keeping=Keeping.ONLINE)
    own = {} if rows.exclude(downloads=None).exists() else {"downloads": whole.downloads}  # R204
    changes = {"reference_of": None, "origin": Origin.FULL_COPY, "duration_ms": whole.duration_ms, **own}
    return bool(rows.update(**changes, updated_at=now, version=F("version") + 1))


def original_key(recording_id: RecordingId, source_id: UUID) -> str:
    """Where a copy's original file is kept."""
    return f"originals/{recording_id}/{source_id}"


def finish_copy(copy_id: RecordingId, *, duration_ms: int, now: datetime) -> bool:
    """T14, T15: the copy's media are ready; a draft still. False unless it was being made."""
    rows = Recording.objects.filter(id=copy_id, media_state=MediaState.PREPARING, origin=Origin.FULL_COPY)
    changes = {"media_state": MediaState.READY, "duration_ms": duration_ms, "ready_at": now, "is_ladder_complete": True}
    done = {"stage": "", "stage_percent": None, "stage_estimate_s": None, "stage_started_at": None}
    return bool(rows.update(**changes, **done, updated_at=now, version=F("version") + 1))


def fail_copy(copy_id: RecordingId, note: Note, *, now: datetime) -> bool:
    """T17: the copy could not be made. False unless it was being made."""
    rows = Recording.objects.filter(id=copy_id, media_state=MediaState.PREPARING, origin=Origin.FULL_COPY)
    told = {"failure": note.sentence, "failure_values": dict(note.values), "stage": "", "stage_percent": None}
    return bool(rows.update(media_state=MediaState.FAILED, **told, updated_at=now, version=F("version") + 1))
