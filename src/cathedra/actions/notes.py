"""Verbs of viewers who write: notes, bookmarks; and of Creators, who say whether notes may be public (R218).

Times come on the timeline that is shown and are kept on the unedited one. What nobody else sees, a private note or a
bookmark, is not audited; what others see is.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import notes as reads
from cathedra.db.reads import viewing
from cathedra.db.writes import audit, search
from cathedra.db.writes import notes as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, library
from cathedra.domain.access import Action
from cathedra.domain.library import BookmarkId, NoteFacts, NoteId, clean_description, clean_name
from cathedra.domain.terms import AccountId, Actor, Code, Decision, FolderId, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it; with a yes the id of what is kept."""

    decision: Decision
    id: UUID | None = None


def add_note(recording_id: RecordingId, *, at_ms: int, text: str, is_public: bool, actor: Actor, now: datetime) -> Kept:
    """Write something down at an instant (matrix row 17). Raises RecordingNotFound."""
    said = clean_description(text)
    with transaction():
        decision, viewer = _may_keep(recording_id, actor, now)
        if not decision.is_permitted or viewer is None:
            return Kept(decision)
        decision = library.decide_note(
            said,
            is_public=is_public,
            allows_public=is_public and reads.allows_public(recording_id),
            count=reads.count_notes(recording_id, viewer),
        )
        place = _place(recording_id, at_ms)
        if not decision.is_permitted or place is None:
            return Kept(_no_such_place() if decision.is_permitted else decision)
        made = writes.add_note(recording_id, viewer, at_ms=place, text=said, is_public=is_public, now=now)
        if is_public:
            _tell(actor, "recording:add_public_note", made, recording_id, now=now, after={"text": said})
    return Kept(decision, made)


def change_note(note_id: NoteId, *, text: str, is_public: bool, actor: Actor, now: datetime) -> Decision:
    """Say it otherwise, or to others: its author alone, while they may watch. Raises NoteNotFound."""
    said = clean_description(text)
    with transaction():
        note = reads.get_note(note_id, lock=True)
        if note.author_id != actor.account_id:
            raise reads.NoteNotFound(str(note_id))
        decision, _viewer = _may_keep(note.recording_id, actor, now)
        if not decision.is_permitted:
            return decision
        allows = is_public and reads.allows_public(note.recording_id)
        decision = library.decide_note(said, is_public=is_public, allows_public=allows, count=0)
        if not decision.is_permitted or (said, is_public) == (note.text, note.is_public):
            return decision
        writes.set_note(note_id, text=said, is_public=is_public, now=now)
        _tell_change(actor, note, said, is_public=is_public, now=now)
    return decision


def remove_note(note_id: NoteId, *, actor: Actor, now: datetime) -> Decision:
    """Take a note away: its author always, a public one also who moderates the recording (matrix row 18). To anybody
    else there is no such note. Raises NoteNotFound."""
    with transaction():
        note = reads.get_note(note_id, lock=True)
        if note.author_id != actor.account_id:
            facts = access_reads.recording_facts(actor.account_id, note.recording_id)
            if not note.is_public or not access.decide(facts, Action.MODERATE, now).is_permitted:
                raise reads.NoteNotFound(str(note_id))
        writes.remove_note(note_id)
        if note.is_public:
            _tell(
                actor, "recording:remove_public_note", note_id, note.recording_id, now=now, before={"text": note.text}
            )
    return permit()


def add_bookmark(recording_id: RecordingId, *, at_ms: int, title: str, actor: Actor, now: datetime) -> Kept:
    """Find an instant again (matrix row 17); at one that has a bookmark there is nothing to do. Raises
    RecordingNotFound."""
    with transaction():
        decision, viewer = _may_keep(recording_id, actor, now)
        if not decision.is_permitted or viewer is None:
            return Kept(decision)
        decision = library.decide_mark(count=reads.count_bookmarks(recording_id, viewer))
        place = _place(recording_id, at_ms)
        if not decision.is_permitted or place is None:
            return Kept(_no_such_place() if decision.is_permitted else decision)
        made, _is_new = writes.add_bookmark(recording_id, viewer, at_ms=place, title=clean_name(title), now=now)
    return Kept(decision, made)


def remove_bookmark(bookmark_id: BookmarkId, *, actor: Actor, now: datetime) -> Decision:
    """Take a bookmark of one's own away. Raises BookmarkNotFound."""
    with transaction():
        if actor.account_id is None:
            raise reads.BookmarkNotFound(str(bookmark_id))
        reads.recording_of_bookmark(bookmark_id, actor.account_id)
        writes.remove_bookmark(bookmark_id)
    return permit()


def set_public_notes(folder_id: FolderId, wanted: bool | None, *, actor: Actor, now: datetime) -> Decision:
    """Whether viewers may make notes public; None: as where the folder's access comes from. For those who set the
    folder up. What is public already is hidden while it is not allowed, and not lost. Raises FolderNotFound."""
    with transaction():
        before = reads.get_public_notes(folder_id, lock=True)
        facts = access_reads.folder_facts(actor.account_id, folder_id)
        decision = access.decide_folder(facts, Action.EDIT_FOLDER, now)
        if not decision.is_permitted or wanted == before.own:
            return decision
        writes.set_public_notes(folder_id, wanted)
        audit.record(
            actor,
            "folder:set_public_notes",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"public_notes": before.own},
            after={"public_notes": wanted},
        )
    return permit()


def _may_keep(recording_id: RecordingId, actor: Actor, now: datetime) -> tuple[Decision, AccountId | None]:
    facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    return access.decide(facts, Action.KEEP_NOTES, now), actor.account_id


def _place(recording_id: RecordingId, at_ms: int) -> int | None:
    """The instant on the unedited timeline; None when the recording has no such instant."""
    length = viewing.lengths([recording_id]).get(recording_id)
    if length is None or at_ms < 0:
        return None
    place = length.edits.original(at_ms)
    return place if place <= length.duration_ms else None


def _no_such_place() -> Decision:
    return deny(Code.BAD_REQUEST, "R218", _("The recording has no such place."))


def _tell_change(actor: Actor, note: NoteFacts, said: str, *, is_public: bool, now: datetime) -> None:
    """What others could see before, or can see now."""
    if note.is_public or is_public:
        _tell(
            actor,
            "recording:change_public_note",
            note.id,
            note.recording_id,
            now=now,
            before={"text": note.text} if note.is_public else None,
            after={"text": said} if is_public else None,
        )


def _tell(
    actor: Actor,
    action: str,
    note_id: UUID,
    recording_id: RecordingId,
    *,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """On the audit trail, and to the index, which finds public notes (R211)."""
    search.touch(recording_id)
    audit.record(
        actor,
        action,
        target_kind="recording",
        target_id=recording_id,
        now=now,
        facts={"note_id": str(note_id)},
        before=before,
        after=after,
    )
