"""Recordings in any standing, made quickly, for tests that do not care how they came to be."""

from datetime import datetime
from uuid import UUID

from cathedra.adapters.object_store import ObjectStore
from cathedra.db.models import Folder, Recording, Source, Stream
from cathedra.db.writes import library
from cathedra.domain.library import Keeping, MediaState, Origin, Publication
from cathedra.domain.terms import AccountId, FolderId, RecordingId, SourceId


def lecture(
    folder_id: FolderId,
    owner_id: AccountId,
    *,
    now: datetime,
    title: str = "Entropy",
    description: str = "",
    media: MediaState = MediaState.READY,
    publication: Publication | None = None,
    keeping: Keeping = Keeping.ONLINE,
    has_picture: bool = True,
    **facts: object,
) -> RecordingId:
    """A recording of one minute; published when its media are ready, unless told otherwise."""
    made = library.add_recording(
        folder_id, title=title, owner_id=owner_id, created_by_id=owner_id, origin=Origin.UPLOAD, now=now
    )
    is_ready = media is MediaState.READY
    given = {
        "description": description,
        "media_state": media,
        "publication": publication or (Publication.PUBLISHED if is_ready else Publication.DRAFT),
        "keeping": keeping,
        "ready_at": now if is_ready else None,
        "duration_ms": 60_000 if is_ready else None,
        "is_ladder_complete": is_ready,
        "failure": "The file holds neither sound nor pictures." if media is MediaState.FAILED else "",
        **facts,
    }
    Recording.objects.filter(id=made).update(**given)
    if is_ready:
        _add_stream(made, has_picture, now)
        Folder.objects.filter(id=folder_id).update(newest_at=now)
    return made


def keep_original(recording_id: UUID, store: ObjectStore, content: bytes = b"1", **facts: object) -> SourceId:
    """The recording's first file is in the store, as processing leaves it."""
    source = Source.objects.filter(recording_id=recording_id).order_by("position").first()
    key = f"originals/{recording_id}/{source.id}"
    store.put_bytes(key, content)
    Source.objects.filter(id=source.id).update(object_key=key, size_bytes=len(content), **facts)
    return SourceId(source.id)


def _add_stream(recording_id: UUID, has_picture: bool, now: datetime) -> None:
    source = Source.objects.create(
        recording_id=recording_id, position=0, original_name="one.mp4", size_bytes=1, object_key="", received_at=now
    )
    Stream.objects.create(
        recording_id=recording_id,
        source=source,
        role="PRIMARY" if has_picture else "AUDIO",
        source_index=0,
        duration_ms=60_000,
        width=1920 if has_picture else None,
        height=1080 if has_picture else None,
    )
