"""What viewers write down at an instant: notes and bookmarks (R218)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from cathedra.domain.terms import AccountId, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

NoteId = NewType("NoteId", UUID)
BookmarkId = NewType("BookmarkId", UUID)
MOST_OF_ONE = 500  # notes of one viewer in one recording, and bookmarks


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A note, as far as rules ask."""

    id: NoteId
    recording_id: RecordingId
    author_id: AccountId
    at_ms: int
    text: str
    is_public: bool
    changed_at: datetime


def decide_note(text: str, *, is_public: bool, allows_public: bool, count: int) -> Decision:
    """Can this be kept as a note? `text` is cleaned, `count` how many its author has here beside it."""
    if not text:
        return deny(Code.BAD_REQUEST, "R218", _("Write something in the note."))
    if is_public and not allows_public:
        return deny(
            Code.NOT_PERMITTED,
            "R218",
            _("Notes in this folder are private. Keep it as a private note, or ask a Creator to allow public ones."),
        )
    return decide_mark(count=count)


def decide_mark(*, count: int) -> Decision:
    """Can one more be kept?"""
    if count >= MOST_OF_ONE:
        return deny(
            Code.LIMIT_REACHED,
            "R218",
            _("You have {most} of them in this recording, which is as many as can be kept. Remove some first."),
            most=str(MOST_OF_ONE),
        )
    return permit()
