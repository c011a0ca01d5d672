"""The list of cuts of a recording, for its editors: read it, replace it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from cathedra.actions import editing as actions
from cathedra.db.reads import content as reads
from cathedra.db.reads import playback as playback_reads
from cathedra.db.reads import slides
from cathedra.domain.encoding import StreamRole
from cathedra.domain.library import Layout, Look, Span
from cathedra.domain.terms import Channel, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.playback import PlayerStream, playlists

router = Router(tags=["editing"])
_LONGEST_MS = 7 * 24 * 3600 * 1000


class Cut(Schema):
    """What is left out, in milliseconds of the unedited recording."""

    start_ms: int = Field(ge=0, le=_LONGEST_MS)
    end_ms: int = Field(ge=0, le=_LONGEST_MS)


class EditLook(Schema):
    """From an instant on, how two pictures are shown."""

    start_ms: int = Field(ge=0, le=_LONGEST_MS)
    layout: Layout


class EditVersion(Schema):
    """A version of the list. Any of them can be saved again."""

    version: int
    cuts: list[Cut]
    looks: list[EditLook]
    made_by: str
    made_at: datetime
    is_shown: bool
    problem: str


class EditChapter(Schema):
    """A chapter, where it begins in the unedited recording: of what is cut as well."""

    id: UUID
    start_ms: int
    title: str


class Editing(Schema):
    """Everything the editor works on: the unedited recording, its chapters, and every version of its cuts, the latest
    first. `shown_version` is what viewers have: 0 is the recording as it was received."""

    title: str
    duration_ms: int
    streams: list[PlayerStream]
    storyboard_url: str | None
    waveform_url: str
    frame_rate: float | None
    version: int
    shown_version: int
    versions: list[EditVersion]
    chapters: list[EditChapter]
    is_reference: bool
    copies: int


class NewEdit(Schema):
    """The whole list, made from `version`."""

    version: int = Field(ge=0)
    cuts: list[Cut] = Field(max_length=1000)
    looks: list[EditLook] = Field(default=[], max_length=1000)


@router.get("/recordings/{uuid:recording_id}/edits", response={200: Editing, REFUSED: Refusal}, operation_id="getEdits")
def edits(request: HttpRequest, recording_id: UUID) -> Any:
    """For those who may edit it, and of a copy by reference what it repeats."""
    wanted = RecordingId(recording_id)
    decision = actions.may_edit(wanted, actor=actor.from_request(request, channel=Channel.API), now=timezone.now())
    return _editing(request, wanted) if decision.is_permitted else told(decision)


@router.put(
    "/recordings/{uuid:recording_id}/edits", response={200: Editing, REFUSED: Refusal}, operation_id="saveEdits"
)
def save(request: HttpRequest, recording_id: UUID, wish: NewEdit) -> Any:
    """The next version. Nothing of the recording itself is changed, and every version can be gone back to."""
    wanted = RecordingId(recording_id)
    saved = actions.save_edit(
        wanted,
        cuts=[Span(cut.start_ms, cut.end_ms) for cut in wish.cuts],
        looks=[Look(look.start_ms, look.layout) for look in wish.looks],
        version=wish.version,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return _editing(request, wanted) if saved.decision.is_permitted else told(saved.decision)


def _editing(request: HttpRequest, wanted: RecordingId) -> Editing:
    page = playback_reads.player_page(actor.account_id(request), wanted)
    found, rows = reads.editing_facts(wanted), reads.list_edits(wanted)
    shown = next((row.version for row in rows if row.shown_at), 0)
    here = f"/whole/{found.id}/"
    has_picture = any(stream.role is not StreamRole.AUDIO for stream in page.streams)
    return Editing(
        title=page.title,
        duration_ms=found.duration_ms,
        streams=playlists(page.streams, here),
        storyboard_url=f"{here}storyboard.vtt" if has_picture else None,
        waveform_url=f"{here}waveform.json",
        frame_rate=found.frame_rate,
        version=found.latest,
        shown_version=shown,
        versions=[_version(row, shown) for row in rows],
        chapters=[
            EditChapter(id=row.id, start_ms=row.start_ms, title=row.title) for row in slides.list_chapters(wanted)
        ],
        is_reference=found.is_reference,
        copies=found.copies,
    )


def _version(row: reads.EditRow, shown: int) -> EditVersion:
    return EditVersion(
        version=row.version,
        cuts=[Cut(start_ms=cut.start_ms, end_ms=cut.end_ms) for cut in row.edits.cuts],
        looks=[EditLook(start_ms=look.start_ms, layout=look.layout) for look in row.edits.looks],
        made_by=row.made_by,
        made_at=row.made_at,
        is_shown=row.version == shown and row.is_made,  # what is not made yet, viewers wait for
        problem=_(row.problem) if row.problem else "",
    )
