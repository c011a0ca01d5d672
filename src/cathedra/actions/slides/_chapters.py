"""Chapters as a person sets them (R38 row 5). The first change makes all of them the person's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.actions.slides import _ask
from cathedra.db.reads import slides as reads
from cathedra.db.writes import audit, search
from cathedra.db.writes import slides as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.library import CHAPTERS_LIMIT, Chapter, clean_name
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_UNTITLED = _("Give the chapter a title.")
_OUTSIDE = _("A chapter begins within the recording.")
_TAKEN = _("Another chapter begins at that very instant. Choose another, or rename that one.")
_OTHER = _(
    "Somebody else changed this chapter while you were writing. Reload the page to see it, then change it again."
)
_TOO_MANY = _("A recording has at most {most} chapters.")


@dataclass(frozen=True, slots=True)
class ChapterOutcome:
    """What came of it, and the chapter when there is one."""

    decision: Decision
    chapter_id: UUID | None = None


Facts = Mapping[str, object]
# Of the recording that holds the chapters: what was decided, what was before, what is after.
Change = Callable[[RecordingId], tuple[Decision, Facts, Facts]]


def add_chapter(recording_id: RecordingId, *, start_ms: int, title: str, actor: Actor, now: datetime) -> ChapterOutcome:
    """Begin a part at an instant of the unedited recording. Raises RecordingNotFound."""
    place = Chapter(start_ms, clean_name(title))
    made: list[UUID] = []

    def change(media_id: RecordingId) -> tuple[Decision, Facts, Facts]:
        if len(reads.list_chapters(media_id)) >= CHAPTERS_LIMIT:
            return deny(Code.BAD_REQUEST, "R6", _TOO_MANY, most=str(CHAPTERS_LIMIT)), {}, {}
        added = writes.add_chapter(media_id, place)
        if added is None:
            return deny(Code.CONFLICT, "R6", _TAKEN), {}, {}
        made.append(added)
        return permit(), {}, _told(place)

    decision = _change(recording_id, place, change, verb="recording:add_chapter", actor=actor, now=now)
    return ChapterOutcome(decision, made[0] if made else None)


def change_chapter(
    recording_id: RecordingId,
    chapter_id: UUID,
    *,
    start_ms: int,
    title: str,
    was: Chapter | None = None,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Rename or move a part. With `was`, only while nobody else did (R53). Raises RecordingNotFound, and ChapterNotFound
    when somebody removed it."""
    place = Chapter(start_ms, clean_name(title))

    def change(media_id: RecordingId) -> tuple[Decision, Facts, Facts]:
        before = reads.get_chapter(media_id, chapter_id)
        if was is not None and Chapter(before.start_ms, before.title) not in (was, place):
            return deny(Code.CONFLICT, "R53", _OTHER), {}, {}
        if not writes.change_chapter(media_id, chapter_id, place):
            return deny(Code.CONFLICT, "R6", _TAKEN), {}, {}
        return permit(), _told(Chapter(before.start_ms, before.title)), _told(place)

    return _change(recording_id, place, change, verb="recording:change_chapter", actor=actor, now=now)


def remove_chapter(recording_id: RecordingId, chapter_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """What follows belongs to the part before. Raises RecordingNotFound, ChapterNotFound."""

    def change(media_id: RecordingId) -> tuple[Decision, Facts, Facts]:
        before = reads.get_chapter(media_id, chapter_id)
        writes.remove_chapter(media_id, chapter_id)
        return permit(), _told(Chapter(before.start_ms, before.title)), {}

    return _change(recording_id, None, change, verb="recording:remove_chapter", actor=actor, now=now)


def give_chapters_back(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """Set them from the titles of the slides again, in place of the person's own. Raises RecordingNotFound."""
    with transaction():
        right = _ask.right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        before = [_told(Chapter(one.start_ms, one.title)) for one in reads.list_chapters(right.media_id)]
        if not writes.give_chapters_back(right.media_id):
            return permit()
        _ask.ask(right.media_id, now=now)
        audit.record(
            actor,
            "recording:reset_chapters",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts=right.used(now),
            before={"chapters": before},
        )
    return permit()


def _told(place: Chapter) -> Facts:
    return {"start_ms": place.start_ms, "title": place.title}


def _change(
    recording_id: RecordingId, place: Chapter | None, change: Change, *, verb: str, actor: Actor, now: datetime
) -> Decision:
    with transaction():
        right = _ask.right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        if place is not None and not place.title:
            return deny(Code.BAD_REQUEST, "R6", _UNTITLED)
        if place is not None and not 0 <= place.start_ms < max(1, reads.duration_of(right.media_id)):
            return deny(Code.BAD_REQUEST, "R6", _OUTSIDE)
        decision, before, after = change(right.media_id)
        if not decision.is_permitted:
            return decision
        writes.take_chapters(right.media_id, by=actor.account_id, now=now)
        search.touch(right.media_id)
        audit.record(
            actor,
            verb,
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts=right.used(now),
            before=before,
            after=after,
        )
    return permit()
