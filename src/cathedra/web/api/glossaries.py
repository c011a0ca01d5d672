"""What a folder says of captions: the words of its course (R209), whether automatic ones are shown (R208)."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import captions as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import AccountId, Channel, FolderId
from cathedra.web import actor
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["captions"])


class CourseGlossary(Schema):
    """Words and names that the speech engine is told to expect."""

    course: str
    words: list[str]


class NewGlossary(Schema):
    """All of them."""

    words: list[Annotated[str, Field(max_length=200)]] = Field(max_length=1000)


class FolderCaptions(Schema):
    """Whether viewers are shown automatic captions; null: as the folder above, or the site."""

    shows_automatic: bool | None


@router.get(
    "/folders/{uuid:folder_id}/glossary", response={200: CourseGlossary, REFUSED: Refusal}, operation_id="getGlossary"
)
def get_glossary(request: HttpRequest, folder_id: UUID) -> Any:
    """The words of the folder's course, for who may change them."""
    facts = access_reads.folder_facts(AccountId(request.user.pk), FolderId(folder_id))
    decision = access.decide_folder(facts, Action.EDIT_FOLDER, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.EDIT_FOLDER, folder_id, "getGlossary")
    found = reads.course_words(FolderId(folder_id))
    return CourseGlossary(course=found.course, words=list(found.words))


@router.put(
    "/folders/{uuid:folder_id}/glossary", response={200: CourseGlossary, REFUSED: Refusal}, operation_id="saveGlossary"
)
def save_glossary(request: HttpRequest, folder_id: UUID, new: NewGlossary) -> Any:
    """Replace the words of the folder's course; they count from the next time that the engine listens."""
    wanted = FolderId(folder_id)
    decision = actions.save_glossary(
        wanted, words=new.words, actor=actor.from_request(request, channel=Channel.API), now=timezone.now()
    )
    if not decision.is_permitted:
        return told(decision)
    found = reads.course_words(wanted)
    return CourseGlossary(course=found.course, words=list(found.words))


@router.put(
    "/folders/{uuid:folder_id}/captions", response={204: None, REFUSED: Refusal}, operation_id="setFolderCaptions"
)
def set_folder_captions(request: HttpRequest, folder_id: UUID, wish: FolderCaptions) -> Any:
    """Say whether viewers are shown automatic captions; they are made and found all the same."""
    decision = actions.set_folder_captions(
        FolderId(folder_id),
        wish.shows_automatic,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)
