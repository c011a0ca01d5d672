"""Put away notes, bookmarks, and whether notes may be public."""

from datetime import datetime
from uuid import uuid4

from cathedra.db.models import Bookmark, Folder, Note
from cathedra.domain.library import BookmarkId, NoteId
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def add_note(
    recording_id: RecordingId, author_id: AccountId, *, at_ms: int, text: str, is_public: bool, now: datetime
) -> NoteId:
    """A new one."""
    made = Note.objects.create(
        id=uuid4(), recording_id=recording_id, account_id=author_id, at_ms=at_ms, text=text, is_public=is_public,
        made_at=now, changed_at=now,
    )  # fmt: skip
    return NoteId(made.id)


def set_note(note_id: NoteId, *, text: str, is_public: bool, now: datetime) -> None:
    """What it says now, and to whom."""
    Note.objects.filter(id=note_id).update(text=text, is_public=is_public, changed_at=now)


def remove_note(note_id: NoteId) -> None:
    """It is gone."""
    Note.objects.filter(id=note_id).delete()


def add_bookmark(
    recording_id: RecordingId, of: AccountId, *, at_ms: int, title: str, now: datetime
) -> tuple[BookmarkId, bool]:
    """One at an instant; the one that is there already stays as it is. Says also whether it is new."""
    made, is_new = Bookmark.objects.get_or_create(
        recording_id=recording_id, account_id=of, at_ms=at_ms, defaults={"title": title, "made_at": now}
    )
    return BookmarkId(made.id), is_new


def remove_bookmark(bookmark_id: BookmarkId) -> None:
    """It is gone."""
    Bookmark.objects.filter(id=bookmark_id).delete()


def set_public_notes(folder_id: FolderId, wanted: bool | None) -> None:
    """Whether notes may be public in a folder; None: as where its access comes from."""
    Folder.objects.filter(id=folder_id).update(public_notes=wanted)
