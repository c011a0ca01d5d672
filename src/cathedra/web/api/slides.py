"""What is shown in a recording: slides, chapters, and the deck of its Creator."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from cathedra import wiring
from cathedra.actions import slides as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import slides as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.library import Chapter as Place
from cathedra.domain.terms import Channel, Code, Decision, RecordingId, deny, gettext_noop
from cathedra.web import actor, chapters
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.page_tags import filled

router = Router(tags=["slides"])


class Slide(Schema):
    """A slide on the timeline that is played. `page` is that of the deck, from 1."""

    start_ms: int
    end_ms: int
    image_url: str
    title: str
    text: str
    page: int | None


class Slides(Schema):
    """The slides, and how far looking for them is: `state` is empty where nobody has begun."""

    state: str
    percent: int | None
    engine: str
    slides: list[Slide]


class Chapter(Schema):
    """A part: `start_ms` on the timeline that is played, `original_start_ms` on the unedited one. `origin` says whether
    the product or a person set it."""

    id: UUID
    start_ms: int
    original_start_ms: int
    title: str
    origin: str


class NewChapter(Schema):
    """Where a part begins on the unedited timeline, and its title."""

    original_start_ms: int
    title: str = Field(..., max_length=NAME_LIMIT)


class ChangedChapter(NewChapter):
    """Where it is to begin, and its title. With `was`, only while it is that: else somebody else changed it meanwhile."""

    was: NewChapter | None = None


class MadeChapter(Schema):
    """The new chapter."""

    id: UUID


class Deck(Schema):
    """The file that was shown. `problem` says why it is left out (or why the one called `refused_name` is, that was added after it); `pages` how many were read."""

    name: str
    size_bytes: int
    pages: int
    problem: str
    refused_name: str


@router.get(
    "/recordings/{uuid:recording_id}/slides",
    response={200: Slides, REFUSED: Refusal},
    operation_id="listSlides",
    auth=None,  # a public recording is for anybody; the rule asks others to sign in
)
def list_slides(request: HttpRequest, recording_id: UUID) -> Any:
    """The slides of a recording that one may watch."""
    wanted, refused = _watched(request, recording_id, "listSlides")
    if refused:
        return refused
    progress = reads.progress(wanted)
    return Slides(
        state=progress.state or "",
        percent=progress.percent,
        engine=progress.engine,
        slides=[
            Slide(
                start_ms=row.start_ms,
                end_ms=row.end_ms,
                image_url=f"/stream/{wanted}/{row.image}",
                title=row.title,
                text=row.text,
                page=row.page,
            )
            for row in reads.list_offered_slides(wanted)
        ],
    )


@router.post(
    "/recordings/{uuid:recording_id}/slides", response={202: None, REFUSED: Refusal}, operation_id="lookForSlides"
)
def look_again(request: HttpRequest, recording_id: UUID) -> Any:
    """Look for the slides anew, by a job."""
    decision = actions.ask_again(RecordingId(recording_id), actor=_actor(request), now=timezone.now())
    return Status(202, None) if decision.is_permitted else told(decision)


@router.get(
    "/recordings/{uuid:recording_id}/chapters",
    response={200: list[Chapter], REFUSED: Refusal},
    operation_id="listChapters",
    auth=None,
)
def list_chapters(request: HttpRequest, recording_id: UUID) -> Any:
    """The chapters of a recording that one may watch."""
    wanted, refused = _watched(request, recording_id, "listChapters")
    if refused:
        return refused
    return [
        Chapter(id=row.id, start_ms=at, original_start_ms=row.start_ms, title=row.title, origin=row.origin)
        for row, at in reads.list_offered_chapters(wanted)
    ]


@router.post(
    "/recordings/{uuid:recording_id}/chapters", response={201: MadeChapter, REFUSED: Refusal}, operation_id="addChapter"
)
def add_chapter(request: HttpRequest, recording_id: UUID, chapter: NewChapter) -> Any:
    """Begin a part. From then on all chapters are yours: none is set automatically any more."""
    outcome = actions.add_chapter(
        RecordingId(recording_id),
        start_ms=chapter.original_start_ms,
        title=chapter.title,
        actor=_actor(request),
        now=timezone.now(),
    )
    return Status(201, {"id": outcome.chapter_id}) if outcome.decision.is_permitted else told(outcome.decision)


@router.delete(
    "/recordings/{uuid:recording_id}/chapters", response={202: None, REFUSED: Refusal}, operation_id="resetChapters"
)
def reset_chapters(request: HttpRequest, recording_id: UUID) -> Any:
    """Set them from the titles of the slides again, in place of those of a person."""
    decision = actions.give_chapters_back(RecordingId(recording_id), actor=_actor(request), now=timezone.now())
    return Status(202, None) if decision.is_permitted else told(decision)


@router.put(
    "/recordings/{uuid:recording_id}/chapters/{uuid:chapter_id}",
    response={204: None, REFUSED: Refusal},
    operation_id="changeChapter",
)
def change_chapter(request: HttpRequest, recording_id: UUID, chapter_id: UUID, chapter: ChangedChapter) -> Any:
    """Rename or move a part."""
    decision = actions.change_chapter(
        RecordingId(recording_id),
        chapter_id,
        start_ms=chapter.original_start_ms,
        title=chapter.title,
        was=Place(chapter.was.original_start_ms, chapter.was.title) if chapter.was else None,
        actor=_actor(request),
        now=timezone.now(),
    )
    return _done(decision)


@router.delete(
    "/recordings/{uuid:recording_id}/chapters/{uuid:chapter_id}",
    response={204: None, REFUSED: Refusal},
    operation_id="removeChapter",
)
def remove_chapter(request: HttpRequest, recording_id: UUID, chapter_id: UUID) -> Any:
    """What follows belongs to the part before."""
    who, now = _actor(request), timezone.now()
    return _done(actions.remove_chapter(RecordingId(recording_id), chapter_id, actor=who, now=now))


@router.get(
    "/recordings/{uuid:recording_id}/deck", response={200: Deck | None, REFUSED: Refusal}, operation_id="getDeck"
)
def get_deck(request: HttpRequest, recording_id: UUID) -> Any:
    """The deck, and what came of it; null where there is none."""
    wanted = RecordingId(recording_id)
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.EDIT_MEDIA, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.EDIT_MEDIA, wanted, "getDeck")
    may = actions.may_change(wanted, actor=_actor(request), now=timezone.now())
    deck = reads.find_deck(wanted) if may.is_permitted else None  # of a copy it is its original's (R201)
    if deck is None:
        return Status(200, None)
    problem = filled(deck.problem, deck.problem_values) if deck.problem else ""
    return Deck(
        name=deck.original_name,
        size_bytes=deck.size_bytes,
        pages=len(deck.pages),
        problem=problem,
        refused_name=deck.refused_name,
    )


@router.post("/recordings/{uuid:recording_id}/deck", response={202: None, REFUSED: Refusal}, operation_id="addDeck")
def add_deck(request: HttpRequest, recording_id: UUID, file: File[UploadedFile | None] = None) -> Any:
    """Add the PDF or PPTX that was shown, in place of any other. A job reads it and finds its pages among the slides."""
    wanted = RecordingId(recording_id)
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.EDIT_MEDIA, timezone.now())
    if decision.is_permitted and file is None:
        decision = deny(Code.BAD_REQUEST, "R59", gettext_noop("Send the file as “file” of a form."))
    if decision.is_permitted:
        decision = chapters.attach(wanted, file, actor=_actor(request))
    return Status(202, None) if decision.is_permitted else told(decision)


@router.delete(
    "/recordings/{uuid:recording_id}/deck", response={204: None, REFUSED: Refusal}, operation_id="removeDeck"
)
def remove_deck(request: HttpRequest, recording_id: UUID) -> Any:
    """Take the deck away."""
    who, now = _actor(request), timezone.now()
    return _done(actions.remove_deck(RecordingId(recording_id), actor=who, now=now, store=wiring.object_store()))


def _watched(request: HttpRequest, recording_id: UUID, endpoint: str) -> tuple[RecordingId, Any]:
    """The recording, and a refusal where one may not watch it."""
    wanted = RecordingId(recording_id)
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.VIEW, timezone.now())
    if not decision.is_permitted:
        return wanted, told(decision)
    looks.note(request, facts, Action.VIEW, wanted, endpoint)
    return wanted, None


def _done(decision: Decision) -> Any:
    return Status(204, None) if decision.is_permitted else told(decision)


def _actor(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)
