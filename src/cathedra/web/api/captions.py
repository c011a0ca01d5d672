"""Captions of a recording (R208 to R210). Times are in milliseconds; what editors get is uncut."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from cathedra import wiring
from cathedra.actions import captions as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.domain import access, library
from cathedra.domain.access import Action
from cathedra.domain.library import AnalysisState, CaptionOrigin, CaptionTimes, Cue, Wanted
from cathedra.domain.terms import AccountId, Channel, RecordingId
from cathedra.web import actor, captioning
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["captions"])
_HOUR_MS = 3_600_000
Instant = Annotated[int, Field(ge=0, le=200 * _HOUR_MS)]
Language = Annotated[str, Field(max_length=40)]


class CaptionLine(Schema):
    """Captions in one language. `url` is WebVTT, cut as the recording is; `label` is what people read."""

    language: str
    label: str
    origin: CaptionOrigin
    url: str
    version: int
    changed_at: datetime


class CaptionList(Schema):
    """The languages that I may see. `state` is how far the automatic ones are (null: nobody asked for them)."""

    captions: list[CaptionLine]
    state: AnalysisState | None
    percent: int | None
    problem: str
    can_edit: bool


class EditedCue(Schema):
    """What is shown at once. `doubtful` are places in the text that the engine was not sure of: from letter, to letter.
    `spoken`, where it is asked for: when each word of the text, as spaces part them, begins and ends."""

    start_ms: int
    end_ms: int
    text: str
    doubtful: list[tuple[int, int]]
    spoken: list[tuple[int, int]] = []


class Captions(Schema):
    """The captions of a language, to edit."""

    language: str
    label: str
    origin: CaptionOrigin
    version: int
    cues: list[EditedCue]


class NewCue(Schema):
    """A cue to save. `is_checked`: its words are right, and are not marked as doubtful any more."""

    start_ms: Instant
    end_ms: Instant
    text: str = Field(max_length=library.TEXT_MOST)
    is_checked: bool = False


class NewCaptions(Schema):
    """All cues of a language. `version` is the one that was edited; 0 where there were none."""

    version: int = Field(ge=0)
    cues: list[NewCue] = Field(max_length=library.CUES_MOST)


class CaptionFile(Schema):
    """The text of a WebVTT or SRT file; with `replaces`, those that are there go. `times`: which its times are, those that
    viewers see or those of the uncut recording; where parts are cut it has to be said."""

    text: str = Field(max_length=library.FILE_MOST)
    file_name: str = Field("", max_length=200)
    replaces: bool = False
    times: CaptionTimes | None = None


class Rewording(Schema):
    """Find and replace."""

    version: int
    find: str = Field(max_length=200)
    instead: str = Field(max_length=200)
    keeps_case: bool = False
    whole_words: bool = False


class SavedCaptions(Schema):
    """The version that there is now, and how many places were replaced."""

    version: int
    count: int = 0


class AskedAgain(Schema):
    """`is_confirmed`: captions that a person made may be replaced (R210)."""

    is_confirmed: bool = False


@router.get(
    "/recordings/{uuid:recording_id}/captions",
    response={200: CaptionList, REFUSED: Refusal},
    operation_id="listCaptions",
    auth=None,  # as the player: what is public has its captions for anybody
)
def list_captions(request: HttpRequest, recording_id: UUID) -> Any:
    """Which languages there are."""
    wanted = RecordingId(recording_id)
    facts, now = access_reads.recording_facts(actor.account_id(request), wanted), timezone.now()
    view, edit = access.decide(facts, Action.VIEW, now), access.decide(facts, Action.EDIT_MEDIA, now)
    if not view.is_permitted and not edit.is_permitted:
        return told(view)
    looks.note(request, facts, Action.VIEW if view.is_permitted else Action.EDIT_MEDIA, recording_id, "listCaptions")
    seen = captioning.seen(wanted, can_edit=edit.is_permitted)
    may = actions.may_change(wanted, actor=_actor(request), now=now)  # of a copy, the original's (R201)
    return CaptionList(
        captions=[
            CaptionLine(
                language=line.row.language, label=line.label, origin=line.row.origin, url=line.url,
                version=line.row.version, changed_at=line.row.changed_at,
            )
            for line in seen.lines
        ],
        state=seen.state, percent=seen.percent, problem=seen.problem, can_edit=edit.is_permitted and may.is_permitted,
    )  # fmt: skip


@router.get(
    "/recordings/{uuid:recording_id}/captions/{str:language}",
    response={200: Captions, REFUSED: Refusal},
    operation_id="getCaptions",
)
def get_captions(request: HttpRequest, recording_id: UUID, language: Language, spoken: bool = False) -> Any:
    """All cues of a language, for who may change them; `spoken`: with the time of each word, to cut by."""
    wanted, tidy = RecordingId(recording_id), library.clean_language(language)
    facts = access_reads.recording_facts(AccountId(request.user.pk), wanted)
    decision = access.decide(facts, Action.EDIT_MEDIA, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    may = actions.may_change(wanted, actor=_actor(request), now=timezone.now())
    if not may.is_permitted:
        return told(may)
    looks.note(request, facts, Action.EDIT_MEDIA, recording_id, "getCaptions")
    track = reads.get_track(reads.media_of(wanted), tidy)
    cues = [_edited(cue, is_timed=spoken) for cue in track.cues]
    label = captioning.label(track.language, track.origin)
    return Captions(language=tidy, label=label, origin=track.origin, version=track.version, cues=cues)


def _edited(cue: Cue, *, is_timed: bool) -> EditedCue:
    spans = library.spoken_spans(cue) if is_timed else ()
    return EditedCue(
        start_ms=cue.start_ms, end_ms=cue.end_ms, text=cue.text, doubtful=list(library.doubtful(cue)),
        spoken=[(span.start_ms, span.end_ms) for span in spans],
    )  # fmt: skip


@router.put(
    "/recordings/{uuid:recording_id}/captions/{str:language}",
    response={200: SavedCaptions, REFUSED: Refusal},
    operation_id="saveCaptions",
)
def save_captions(request: HttpRequest, recording_id: UUID, language: Language, new: NewCaptions) -> Any:
    """Replace all cues of a language; CONFLICT when somebody else changed them since `version`."""
    cues = [actions.SavedCue(Cue(one.start_ms, one.end_ms, one.text), one.is_checked) for one in new.cues]
    return _told(
        actions.save_captions(
            RecordingId(recording_id),
            language,
            cues=cues,
            version=new.version,
            actor=_actor(request),
            now=timezone.now(),
        )
    )


@router.put(
    "/recordings/{uuid:recording_id}/captions/{str:language}/file",
    response={200: SavedCaptions, REFUSED: Refusal},
    operation_id="uploadCaptions",
)
def upload_captions(request: HttpRequest, recording_id: UUID, language: Language, file: CaptionFile) -> Any:
    """A WebVTT or SRT file becomes the captions of a language. A refusal says which line is wrong."""
    return _told(
        actions.upload_captions(
            RecordingId(recording_id),
            language,
            data=file.text.encode(),
            name=file.file_name,
            replaces=file.replaces,
            times=file.times,
            actor=_actor(request),
            now=timezone.now(),
        )
    )


@router.post(
    "/recordings/{uuid:recording_id}/captions/{str:language}/replace",
    response={200: SavedCaptions, REFUSED: Refusal},
    operation_id="rewordCaptions",
)
def reword_captions(request: HttpRequest, recording_id: UUID, language: Language, wish: Rewording) -> Any:
    """Find and replace in all cues of a language."""
    return _told(
        actions.reword_captions(
            RecordingId(recording_id),
            language,
            wanted=Wanted(wish.find, is_case_kept=wish.keeps_case, is_whole_word=wish.whole_words),
            instead=wish.instead,
            version=wish.version,
            actor=_actor(request),
            now=timezone.now(),
        )
    )


@router.delete(
    "/recordings/{uuid:recording_id}/captions/{str:language}",
    response={204: None, REFUSED: Refusal},
    operation_id="deleteCaptions",
)
def delete_captions(
    request: HttpRequest, recording_id: UUID, language: Language, version: Annotated[int, Query(ge=0)] = 0
) -> Any:
    """Delete a language. It cannot be brought back: download it before, if it may be wanted."""
    decision = actions.delete_captions(
        RecordingId(recording_id), language, version=version, actor=_actor(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post(
    "/recordings/{uuid:recording_id}/captions", response={202: None, REFUSED: Refusal}, operation_id="askForCaptions"
)
def ask_for_captions(request: HttpRequest, recording_id: UUID, again: AskedAgain) -> Any:
    """Have the speech engine listen (again)."""
    decision = actions.ask_again(
        RecordingId(recording_id),
        is_confirmed=again.is_confirmed,
        has_engine=wiring.has_speech_engine(),
        actor=_actor(request),
        now=timezone.now(),
    )
    return Status(202, None) if decision.is_permitted else told(decision)


def _told(saved: actions.Saving) -> Any:
    if not saved.decision.is_permitted:
        return told(saved.decision)
    return SavedCaptions(version=saved.version, count=saved.count)


def _actor(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)
