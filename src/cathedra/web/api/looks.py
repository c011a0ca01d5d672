"""Who asks for details by a grant or by a system role alone is written down, as on the pages (R148, R223)."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from cathedra.actions import grants
from cathedra.domain.access import Action, FolderFacts
from cathedra.domain.terms import Channel
from cathedra.web import actor


def note(request: HttpRequest, facts: FolderFacts, action: Action, target_id: UUID, endpoint: str) -> None:
    """For endpoints that tell details, once they have decided from `facts` and before they answer."""
    who = actor.from_request(request, channel=Channel.API)
    grants.note_look(facts, action, target_id=target_id, page=endpoint, actor=who, now=timezone.now())
