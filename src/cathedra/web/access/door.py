"""Who comes to a page of sharing: one decorator each for folders and recordings."""

from collections.abc import Callable
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
from cathedra.web import actor, refusals

FolderPage = Callable[[HttpRequest, FolderId], HttpResponse]
RecordingPage = Callable[[HttpRequest, RecordingId], HttpResponse]


def for_folder(action: Action) -> Callable[[FolderPage], Callable[[HttpRequest, UUID], HttpResponse]]:
    """The page is for those who may do this in the folder; to others there is nothing (R42)."""

    def guard(view: FolderPage) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, folder_id: UUID) -> HttpResponse:
            wanted = FolderId(folder_id)
            try:
                facts = reads.folder_facts(actor.account_id(request), wanted)
                decision = access.decide_folder(facts, action, timezone.now())
                return view(request, wanted) if decision.is_permitted else refusals.page(request, decision)
            except NotFound:
                return refusals.page(request, refusals.missing(request))

        return guarded

    return guard


def for_recording(action: Action) -> Callable[[RecordingPage], Callable[[HttpRequest, UUID], HttpResponse]]:
    """The page is for those who may do this to the recording; to others there is nothing (R42)."""

    def guard(view: RecordingPage) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, recording_id: UUID) -> HttpResponse:
            wanted = RecordingId(recording_id)
            try:
                facts = reads.recording_facts(actor.account_id(request), wanted)
                decision = access.as_told(access.decide(facts, action, timezone.now()))
                return view(request, wanted) if decision.is_permitted else refusals.page(request, decision)
            except NotFound:
                return refusals.page(request, refusals.missing(request))

        return guarded

    return guard


def calendar() -> Calendar:
    """The terms of teaching in the site's time zone (R48)."""
    return Calendar(wiring.course_policy(), get_default_timezone())


def is_hidden(decision: Decision) -> bool:
    """Whether the refusal must look as if there were nothing."""
    return decision.code in (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED)
