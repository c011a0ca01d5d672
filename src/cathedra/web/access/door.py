"""Who comes to a page of sharing: one decorator each for folders and recordings."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from cathedra import wiring
from cathedra.actions import grants
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action, Calendar
from cathedra.domain.terms import Code, Decision, FolderId, NotFound, RecordingId
from cathedra.web import actor, office, refusals

FolderPage = Callable[[HttpRequest, FolderId], HttpResponse]
RecordingPage = Callable[[HttpRequest, RecordingId], HttpResponse]


def for_folder(*actions: Action) -> Callable[[FolderPage], Callable[[HttpRequest, UUID], HttpResponse]]:
    """The page is for those who may do one of these in the folder; to others there is nothing (R42)."""

    def guard(view: FolderPage) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, folder_id: UUID) -> HttpResponse:
            wanted = FolderId(folder_id)
            try:
                facts, now = reads.folder_facts(actor.account_id(request), wanted), timezone.now()
                decision = _first(access.decide_folder(facts, action, now) for action in actions)
                if not decision.is_permitted:
                    return refusals.page(request, decision)
                office.at_folder(request, facts)
                return noted(view(request, wanted), request, facts, _used(facts, actions, now), wanted)
            except NotFound:
                return refusals.page(request, refusals.missing(request))

        return guarded

    return guard


def for_recording(*actions: Action) -> Callable[[RecordingPage], Callable[[HttpRequest, UUID], HttpResponse]]:
    """The page is for those who may do one of these to the recording; to others there is nothing (R42)."""

    def guard(view: RecordingPage) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, recording_id: UUID) -> HttpResponse:
            wanted = RecordingId(recording_id)
            try:
                facts, now = reads.recording_facts(actor.account_id(request), wanted), timezone.now()
                decision = _first(access.decide(facts, action, now) for action in actions)
                if not decision.is_permitted:
                    return refusals.page(request, access.as_told(decision))
                office.at_recording(request, facts)
                return noted(view(request, wanted), request, facts, _used(facts, actions, now), wanted)
            except NotFound:
                return refusals.page(request, refusals.missing(request))

        return guarded

    return guard


def noted(
    page: HttpResponse, request: HttpRequest, facts: access.FolderFacts, action: Action, target_id: UUID
) -> HttpResponse:
    """The page as it is; that somebody sees details by a grant or by a system role alone is written down before it is
    sent (R148, R223). A page that sends on to another shows nothing."""
    if request.method != "HEAD" and page.status_code != HTTPStatus.FOUND:
        name = request.resolver_match.url_name if request.resolver_match else ""
        who = actor.from_request(request)
        grants.note_look(facts, action, target_id=target_id, page=name or "", actor=who, now=timezone.now())
    return page


def _first(decisions: Iterator[Decision]) -> Decision:
    """The first that permits, else the first refusal."""
    found = tuple(decisions)
    return next((each for each in found if each.is_permitted), found[0])


def _used(facts: access.FolderFacts, actions: tuple[Action, ...], now: datetime) -> Action:
    """The action by which somebody came in."""
    return next(action for action in actions if access.permits(facts, action, now))


def calendar() -> Calendar:
    """The terms of teaching in the site's time zone (R48)."""
    return Calendar(wiring.course_policy(), get_default_timezone())


def is_hidden(decision: Decision) -> bool:
    """Whether the refusal must look as if there were nothing."""
    return decision.code in (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED)
