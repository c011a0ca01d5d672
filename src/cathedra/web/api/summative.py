"""Whether what is handed in to an assignment folder counts for a mark (R129, R227)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra.actions import retention as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Channel, FolderId
from cathedra.web import actor
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}


class Assessed(Schema):
    """Null where nothing is handed in: it is no assignment folder."""

    is_summative: bool | None


class NewAssessed(Schema):
    """Whether it counts for a mark."""

    is_summative: bool


@router.get("/folders/{uuid:folder_id}/summative", response={200: Assessed, **ANSWERS}, operation_id="getSummative")
def get(request: HttpRequest, folder_id: UUID) -> Any:
    """For those who set the folder up."""
    wanted = FolderId(folder_id)
    facts = access_reads.folder_facts(actor.account_id(request), wanted)
    decision = access.decide_folder(facts, Action.EDIT_FOLDER, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.EDIT_FOLDER, wanted, "getSummative")
    return Assessed(is_summative=reads.get_summative(wanted))


@router.put("/folders/{uuid:folder_id}/summative", response={200: Assessed, **ANSWERS}, operation_id="setSummative")
def put(request: HttpRequest, folder_id: UUID, body: NewAssessed) -> Any:
    """Say whether it counts for a mark; what is there already is kept by that too."""
    wanted, by = FolderId(folder_id), actor.from_request(request, channel=Channel.API)
    decision = actions.set_summative(wanted, body.is_summative, actor=by, now=timezone.now())
    return Assessed(is_summative=reads.get_summative(wanted)) if decision.is_permitted else told(decision)
