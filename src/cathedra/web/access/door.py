"""Who comes to a page of sharing: one decorator each for folders and recordings."""

from collections.abc import Callable, Iterator
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from cathedra import wiring
from cathedra.actions.access import Calendar
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action
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
                office.at_folder(request, wanted, facts)
                return view(request, wanted)
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
                office.at_recording(request, wanted, facts)
                return view(request, wanted)
            except NotFound:
                return refusals.page(request, refusals.missing(request))

        return guarded

    return guard


def _first(decisions: Iterator[Decision]) -> Decision:
    """The first that permits, else the first refusal."""
    found = tuple(decisions)
    return next((each for each in found if each.is_permitted), found[0])


def calendar() -> Calendar:
    """The terms of teaching in the site's time zone (R48)."""
    return Calendar(wiring.course_policy(), get_default_timezone())


def is_hidden(decision: Decision) -> bool:
    """Whether the refusal must look as if there were nothing."""
    return decision.code in (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED)
