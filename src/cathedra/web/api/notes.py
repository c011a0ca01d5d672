"""Notes and bookmarks of viewers, and whether a folder's may be public (R218)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import notes as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import notes as reads
from cathedra.db.reads.content import edits_of
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import DESCRIPTION_LIMIT, NAME_LIMIT, BookmarkId, Edits, NoteId
from cathedra.domain.terms import AccountId, Channel, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["notes"])
Place = Annotated[int, Field(ge=0, le=7 * 24 * 3600 * 1000)]


class NoteOut(Schema):
    """A note at an instant of what is played. `author` is empty for one's own."""

    id: UUID
    at_ms: int
    text: str
    is_public: bool
    is_own: bool
    author: str
    changed_at: datetime


class BookmarkOut(Schema):
    """A bookmark of one's own."""

    id: UUID
    at_ms: int
    title: str


class Written(Schema):
    """All that one has written down in a recording, and public notes of others."""

    notes: list[NoteOut]
    bookmarks: list[BookmarkOut]


class NewNote(Schema):
    """What to write down, and where."""

    at_ms: Place
    text: str = Field(max_length=DESCRIPTION_LIMIT)
    is_public: bool = False


class ChangedNote(Schema):
    """What it says from now on, and to whom."""

    text: str = Field(max_length=DESCRIPTION_LIMIT)
    is_public: bool


class NewBookmark(Schema):
    """Where, and what it is called."""

    at_ms: Place
    title: str = Field("", max_length=NAME_LIMIT)


class Kept(Schema):
    """What was kept."""

    id: UUID


class FolderNotes(Schema):
    """Whether notes may be public in a folder: what it says itself (null: as the folder above), and what counts."""

    public: bool | None
    counts: bool


class NewFolderNotes(Schema):
    """Yes, no, or null: as the folder above."""

    public: bool | None


def notes_out(lines: Iterable[reads.NoteLine], edits: Edits) -> list[NoteOut]:
    """On the timeline that is shown. A note on what is cut away stands where the cut is."""
    return [
        NoteOut(
            id=each.id,
            at_ms=edits.edited(each.at_ms),
            text=each.text,
            is_public=each.is_public,
            is_own=each.is_own,
            author="" if each.is_own else each.author,
            changed_at=each.changed_at,
        )
        for each in lines
    ]


def bookmarks_out(lines: Iterable[reads.BookmarkLine], edits: Edits) -> list[BookmarkOut]:
    """The same for bookmarks."""
    return [BookmarkOut(id=each.id, at_ms=edits.edited(each.at_ms), title=each.title) for each in lines]


@router.get(
    "/recordings/{uuid:recording_id}/notes", response={200: Written, REFUSED: Refusal}, operation_id="listNotes"
)
def list_notes(request: HttpRequest, recording_id: UUID) -> Any:
    """My notes and bookmarks, and what others made public."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    decision = access.decide(access_reads.recording_facts(viewer, wanted), Action.KEEP_NOTES, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    edits = edits_of(wanted)
    return Written(
        notes=notes_out(reads.list_notes(wanted, viewer), edits),
        bookmarks=bookmarks_out(reads.list_bookmarks(wanted, viewer), edits),
    )


@router.post("/recordings/{uuid:recording_id}/notes", response={201: Kept, REFUSED: Refusal}, operation_id="addNote")
def add_note(request: HttpRequest, recording_id: UUID, note: NewNote) -> Any:
    """Write something down at an instant."""
    kept = actions.add_note(RecordingId(recording_id), **note.dict(), **_by(request))
    return Status(201, Kept(id=kept.id)) if kept.id else told(kept.decision)


@router.put("/notes/{uuid:note_id}", response={204: None, REFUSED: Refusal}, operation_id="changeNote")
def change_note(request: HttpRequest, note_id: UUID, note: ChangedNote) -> Any:
    """Say it otherwise."""
    decision = actions.change_note(NoteId(note_id), **note.dict(), **_by(request))
    return Status(204, None) if decision.is_permitted else told(decision)


@router.delete("/notes/{uuid:note_id}", response={204: None, REFUSED: Refusal}, operation_id="removeNote")
def remove_note(request: HttpRequest, note_id: UUID) -> Any:
    """Take a note of mine away, or a public one where I moderate."""
    decision = actions.remove_note(NoteId(note_id), **_by(request))
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post(
    "/recordings/{uuid:recording_id}/bookmarks", response={201: Kept, REFUSED: Refusal}, operation_id="addBookmark"
)
def add_bookmark(request: HttpRequest, recording_id: UUID, bookmark: NewBookmark) -> Any:
    """Find an instant again."""
    kept = actions.add_bookmark(RecordingId(recording_id), **bookmark.dict(), **_by(request))
    return Status(201, Kept(id=kept.id)) if kept.id else told(kept.decision)


@router.delete("/bookmarks/{uuid:bookmark_id}", response={204: None, REFUSED: Refusal}, operation_id="removeBookmark")
def remove_bookmark(request: HttpRequest, bookmark_id: UUID) -> Any:
    """Take a bookmark away."""
    decision = actions.remove_bookmark(BookmarkId(bookmark_id), **_by(request))
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get("/folders/{uuid:folder_id}/notes", response={200: FolderNotes, REFUSED: Refusal}, operation_id="getNotes")
def folder_notes(request: HttpRequest, folder_id: UUID) -> Any:
    """Whether notes may be public here."""
    facts = access_reads.folder_facts(actor.account_id(request), FolderId(folder_id))
    decision = access.decide_folder(facts, Action.EDIT_FOLDER, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    found = reads.get_public_notes(FolderId(folder_id))
    return FolderNotes(public=found.own, counts=found.counts)


@router.put("/folders/{uuid:folder_id}/notes", response={204: None, REFUSED: Refusal}, operation_id="setNotes")
def set_folder_notes(request: HttpRequest, folder_id: UUID, wanted: NewFolderNotes) -> Any:
    """Say whether notes may be public here."""
    decision = actions.set_public_notes(FolderId(folder_id), wanted.public, **_by(request))
    return Status(204, None) if decision.is_permitted else told(decision)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor.from_request(request, channel=Channel.API), "now": timezone.now()}
