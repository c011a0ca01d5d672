"""Save a recording anew without what is cut, for programs: the same decisions as the page (R103, R227)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from cathedra.actions import saving as actions
from cathedra.db.reads import access as access_reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Channel, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["editing"])


class Saving(Schema):
    """What saving it anew would change. `is_permitted`: the caller may, now, from this `version` of the cuts. Seconds stored
    are those of the original before and of the new recording; the original's count until it is deleted for good. What was
    recorded is neither added to nor taken from. `running` is the new one that is being made."""

    is_permitted: bool
    version: int
    stored_s: int
    stored_anew_s: int
    recorded_s: int
    running: UUID | None
    problem: str


class SavingWish(Schema):
    """From which version of the cuts: the one that was looked at."""

    version: int = Field(ge=0)


class SavedAnew(Schema):
    """The new recording, which is being made."""

    recording_id: UUID


@router.get(
    "/recordings/{uuid:recording_id}/save-anew", response={200: Saving, REFUSED: Refusal}, operation_id="getSaving"
)
def preview(request: HttpRequest, recording_id: UUID) -> Any:
    """For those who may edit it."""
    wanted, now = RecordingId(recording_id), timezone.now()
    decision = access.decide(access_reads.recording_facts(actor.account_id(request), wanted), Action.EDIT_MEDIA, now)
    if not decision.is_permitted:
        return told(decision)
    found = actions.preview_saving(wanted, actor=actor.from_request(request, channel=Channel.API), now=now)
    return Saving(
        is_permitted=found.decision.is_permitted,
        version=found.version,
        stored_s=found.before_s,
        stored_anew_s=found.after_s,
        recorded_s=found.recorded_s,
        running=found.running,
        problem=_(found.problem) if found.problem else "",
    )


@router.post(
    "/recordings/{uuid:recording_id}/save-anew", response={202: SavedAnew, REFUSED: Refusal}, operation_id="saveAnew"
)
def save(request: HttpRequest, recording_id: UUID, wish: SavingWish) -> Any:
    """A new recording of what is kept; when it plays, the original goes to the bin. Asked again meanwhile, it is the same
    one."""
    who = actor.from_request(request, channel=Channel.API)
    asked = actions.save_anew(RecordingId(recording_id), version=wish.version, actor=who, now=timezone.now())
    if asked.recording_id is None:
        return told(asked.decision)
    return Status(202, SavedAnew(recording_id=asked.recording_id))
