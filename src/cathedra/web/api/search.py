"""Finding recordings, and places in one of them while somebody types (R211)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import search as reads
from cathedra.domain import access, search
from cathedra.domain.terms import Channel, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["search"])
Number = Annotated[int, Query(ge=1, le=100)]


class Part(Schema):
    """A part of a text; `is_marked` where what was asked stands."""

    text: str
    is_marked: bool


class Hit(Schema):
    """A place in a recording: "speech", "slide", "chapter", "note" or "own_note". `at_ms` is on the timeline that is
    watched, `url` starts there. `image_url` is the slide that was shown then; where there was none, the WebVTT file at
    `storyboard_url`, once it is made, says which small picture on which sheet stands at `at_ms`."""

    kind: str
    at_ms: int
    text: str
    parts: list[Part]
    url: str
    image_url: str | None
    storyboard_url: str | None


class Result(Schema):
    """A recording that was found. `is_away`: it is in the archive, where it can be restored from."""

    id: UUID
    title: str
    parts: list[Part]
    description: list[Part]
    tags: list[str]
    folder_id: UUID
    folder_name: str
    owner_name: str
    state: str
    is_away: bool
    duration_ms: int | None
    recorded_at: datetime
    has_picture: bool
    hits: list[Hit]


class Results(Schema):
    """A page of results, best first. `count` is how many there are, `is_more`: more than were looked at.

    `meant` is what was probably meant; with `is_instead` nothing was found, and the rows are those of `meant`."""

    rows: list[Result]
    count: int
    is_more: bool
    next_page: int | None
    meant: str
    is_instead: bool
    is_too_common: bool


class Places(Schema):
    """Places in one recording, as it goes by in time."""

    hits: list[Hit]


@router.get("/search", response={200: Results, REFUSED: Refusal}, operation_id="search", auth=None)
def find(
    request: HttpRequest,
    q: str = "",
    page: Number = 1,
    folder: UUID | None = None,
    course: UUID | None = None,
    mine: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Any:
    """Recordings that I may see, by words, "phrases", -without; the last word may go on."""
    wish = reads.Wish(FolderId(folder) if folder else None, course, mine, _zoned(since), _zoned(until))
    found = reads.find(actor.account_id(request), search.parse(q), now=timezone.now(), wish=wish, page=page)
    return Results(
        rows=[_result(one) for one in found.results],
        count=found.count,
        is_more=found.is_more,
        next_page=found.next_page,
        meant=found.meant,
        is_instead=found.is_instead,
        is_too_common=found.is_too_common,
    )


@router.get(
    "/recordings/{uuid:recording_id}/search",
    response={200: Places, REFUSED: Refusal},
    operation_id="searchRecording",
    auth=None,  # what is public plays for anybody (R13); the rule asks others to sign in
)
def find_inside(request: HttpRequest, recording_id: UUID, q: str = "") -> Any:
    """Places in a recording that I may watch, for every word that I am typing."""
    viewer, wanted = actor.account_id(request), RecordingId(recording_id)
    now = timezone.now()
    decision = access.decide(access_reads.recording_facts(viewer, wanted), access.Action.VIEW, now)
    if not decision.is_permitted:
        return told(decision)
    grants.note_playback(wanted, actor=actor.from_request(request, channel=Channel.API), now=now)
    hits = reads.find_inside(viewer, wanted, search.parse(q))
    has_picture = library.get_recording(viewer, wanted).has_picture
    return Places(hits=[_hit(recording_id, hit, has_picture=has_picture) for hit in hits])


def _result(found: reads.Result) -> Result:
    row = found.recording
    return Result(
        id=row.id,
        title=row.title,
        parts=_parts(found.title),
        description=_parts(found.description),
        tags=list(found.tags),
        folder_id=row.folder_id,
        folder_name=row.folder_name,
        owner_name=row.owner_name,
        state=row.state,
        is_away=found.is_away,
        duration_ms=row.duration_ms,
        recorded_at=row.recorded_at,
        has_picture=row.has_picture,
        hits=[_hit(row.id, hit, has_picture=row.has_picture and not found.is_away) for hit in found.hits],
    )


def _hit(recording_id: UUID, hit: reads.Hit, *, has_picture: bool) -> Hit:
    """What is away shows no pictures: its bytes would be refused."""
    here = f"/stream/{recording_id}"
    return Hit(
        kind=hit.kind,
        at_ms=hit.at_ms,
        text=hit.text,
        parts=_parts(hit.parts),
        url=f"/recordings/{recording_id}/?t={hit.seconds}",
        image_url=f"{here}/{hit.picture}" if has_picture and hit.picture else None,
        storyboard_url=f"{here}/storyboard.vtt" if has_picture and not hit.picture else None,
    )


def _parts(parts: search.Parts) -> list[Part]:
    return [Part(text=text, is_marked=is_marked) for text, is_marked in parts]


def _zoned(instant: datetime | None) -> datetime | None:
    return timezone.make_aware(instant) if instant is not None and timezone.is_naive(instant) else instant
