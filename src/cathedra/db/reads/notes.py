"""Notes and bookmarks: one's own, and what others made public where the folder lets them (R218)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cathedra.db.models import Bookmark, Folder, Note, Recording
from cathedra.domain.library import BookmarkId, NoteFacts, NoteId
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, NotFound, RecordingId


class NoteNotFound(NotFound):
    """There is no such note, or none for whoever asks."""


class BookmarkNotFound(NotFound):
    """There is no such bookmark, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as it is shown; `at_ms` is on the unedited timeline."""

    id: NoteId
    at_ms: int
    text: str
    is_public: bool
    is_own: bool
    author: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BookmarkLine:
    """A bookmark of one's own."""

    id: BookmarkId
    at_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class PublicNotes:
    """Whether notes may be public in a folder: what it says itself (None: nothing), and what counts."""

    own: bool | None
    counts: bool
    inherits: bool


def get_public_notes(folder_id: FolderId, *, lock: bool = False) -> PublicNotes:
    """The setting of a folder: its own, else that of the folder its access comes from, else no. Raises FolderNotFound."""
    rows = Folder.objects.filter(id=folder_id)
    found = (rows.select_for_update() if lock else rows).values_list("public_notes", "inherits", "access_from_id")
    if not (row := found.first()):
        raise FolderNotFound(str(folder_id))
    own, inherits, access_from = row
    given = Folder.objects.values_list("public_notes", flat=True).get(id=access_from)
    return PublicNotes(own, bool(given if own is None else own), inherits)


def allows_public(recording_id: RecordingId) -> bool:
    """Whether notes in this recording may be public."""
    folder_id = Recording.objects.values_list("folder_id", flat=True).get(id=recording_id)
    return get_public_notes(FolderId(folder_id)).counts


def get_note(note_id: NoteId, *, lock: bool = False) -> NoteFacts:
    """One note, whoever's it is. Raises NoteNotFound."""
    rows = Note.objects.filter(id=note_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoteNotFound(str(note_id))
    return NoteFacts(
        id=NoteId(row.id),
        recording_id=RecordingId(row.recording_id),
        author_id=AccountId(row.account_id),
        at_ms=row.at_ms,
        text=row.text,
        is_public=row.is_public,
        changed_at=row.changed_at,
    )


def count_notes(recording_id: RecordingId, of: AccountId) -> int:
    """How many somebody has in a recording."""
    return Note.objects.filter(recording_id=recording_id, account_id=of).count()


def count_bookmarks(recording_id: RecordingId, of: AccountId) -> int:
    """How many somebody has in a recording."""
    return Bookmark.objects.filter(recording_id=recording_id, account_id=of).count()


def list_notes(recording_id: RecordingId, viewer: AccountId) -> list[NoteLine]:
    """For a viewer whom the access rule let in: their own, and public ones while the folder allows such."""
    mine = Q(account_id=viewer)
    shown = mine | Q(is_public=True) if allows_public(recording_id) else mine
    rows = Note.objects.filter(shown, recording_id=recording_id).select_related("account").order_by("at_ms", "made_at")
    return [
        NoteLine(
            id=NoteId(row.id),
            at_ms=row.at_ms,
            text=row.text,
            is_public=row.is_public,
            is_own=row.account_id == viewer,
            author=row.account.full_name or row.account.login_name,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def list_bookmarks(recording_id: RecordingId, viewer: AccountId) -> list[BookmarkLine]:
    """One's own; nobody else sees them."""
    rows = Bookmark.objects.filter(recording_id=recording_id, account_id=viewer).order_by("at_ms")
    return [BookmarkLine(BookmarkId(row.id), row.at_ms, row.title) for row in rows]


def recording_of_bookmark(bookmark_id: BookmarkId, of: AccountId) -> RecordingId:
    """Where a bookmark of theirs is. Raises BookmarkNotFound."""
    found = Bookmark.objects.filter(id=bookmark_id, account_id=of).values_list("recording_id", flat=True).first()
    if found is None:
        raise BookmarkNotFound(str(bookmark_id))
    return RecordingId(found)
