"""The audio description of a recording (R212)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from cathedra import wiring
from cathedra.actions import audio_description as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Channel, Code, RecordingId, deny, gettext_noop
from cathedra.web import actor, audio_description
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.page_tags import filled

router = Router(tags=["audio description"])


class AudioDescription(Schema):
    """The file, and what came of it. Viewers can choose it when it `is_ready`; `percent` is how far its preparation is;
    `problem` says why it cannot be used."""

    name: str
    language: str
    size_bytes: int
    added_at: datetime
    is_ready: bool
    percent: int | None
    problem: str


@router.get(
    "/recordings/{uuid:recording_id}/audio-description",
    response={200: AudioDescription | None, REFUSED: Refusal},
    operation_id="getAudioDescription",
)
def get_description(request: HttpRequest, recording_id: UUID) -> Any:
    """The audio description, for whoever may edit the recording; null where there is none."""
    wanted = RecordingId(recording_id)
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.EDIT_MEDIA, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.EDIT_MEDIA, wanted, "getAudioDescription")
    may = actions.may_change(wanted, actor=_actor(request), now=timezone.now())
    described = reads.find(wanted) if may.is_permitted else None  # of a copy it is its original's (R201)
    if described is None:
        return Status(200, None)
    return AudioDescription(
        name=described.original_name,
        language=described.language,
        size_bytes=described.size_bytes,
        added_at=described.added_at,
        is_ready=described.is_made,
        percent=described.percent,
        problem=filled(described.problem, described.problem_values) if described.problem else "",
    )


@router.post(
    "/recordings/{uuid:recording_id}/audio-description",
    response={202: None, REFUSED: Refusal},
    operation_id="addAudioDescription",
)
def add_description(
    request: HttpRequest, recording_id: UUID, file: File[UploadedFile | None] = None, language: Form[str] = ""
) -> Any:
    """Add a sound that is heard instead of the recording's own and also says what is shown, in place of any other: a full
    mix, as long as the recording before anything is cut. A job prepares it. `language` is BCP 47."""
    wanted = RecordingId(recording_id)
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.EDIT_MEDIA, timezone.now())
    if decision.is_permitted and file is None:
        decision = deny(Code.BAD_REQUEST, "R59", gettext_noop("Send the file as “file” of a form."))
    if decision.is_permitted:
        decision = audio_description.attach(wanted, file, language, actor=_actor(request))
    return Status(202, None) if decision.is_permitted else told(decision)


@router.delete(
    "/recordings/{uuid:recording_id}/audio-description",
    response={204: None, REFUSED: Refusal},
    operation_id="removeAudioDescription",
)
def remove_description(request: HttpRequest, recording_id: UUID) -> Any:
    """Take it away: viewers hear the recording's own sound."""
    decision = actions.remove_description(
        RecordingId(recording_id), actor=_actor(request), now=timezone.now(), store=wiring.object_store()
    )
    return Status(204, None) if decision.is_permitted else told(decision)


def _actor(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)
