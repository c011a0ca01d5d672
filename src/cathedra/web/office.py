"""Administrators at the pages of a thing that is not theirs: they are shown what it is and what they may do, never what
is in it, and each look is on the audit trail (R26, R223). `request.is_by_office` tells the page's frame; `page` is the
name of what the API told."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cathedra.actions import audit
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Channel, FolderId, RecordingId
from cathedra.web import actor


def at_folder(request: HttpRequest, folder_id: FolderId, facts: access.FolderFacts, *, page: str = "") -> bool:
    """Is whoever comes here by the office alone? Then this look at the folder is noted."""
    return _enter(request, audit.Seen.FOLDER, folder_id, facts, page)


def at_recording(
    request: HttpRequest, recording_id: RecordingId, facts: access.RecordingFacts, *, page: str = ""
) -> bool:
    """Is whoever comes here by the office alone? Then this look at the recording is noted."""
    return _enter(request, audit.Seen.RECORDING, recording_id, facts, page)


def home_of(request: HttpRequest, recording_id: RecordingId) -> str:
    """The address of a recording's page for whoever asks: its own, or what staff see of it."""
    name = "staff_recording" if getattr(request, "is_by_office", False) else "recording"
    return reverse(name, kwargs={"recording_id": recording_id})


def home_of_folder(request: HttpRequest, folder_id: FolderId) -> str:
    """The address of a folder's page for whoever asks: its own, or that of its sharing."""
    name = "folder_access" if getattr(request, "is_by_office", False) else "folder"
    return reverse(name, kwargs={"folder_id": folder_id})


def _enter(
    request: HttpRequest, kind: audit.Seen, target_id: FolderId | RecordingId, facts: access.FolderFacts, page: str
) -> bool:
    now = timezone.now()
    is_by_office = access.is_by_office(facts, now)
    request.is_by_office = is_by_office  # type: ignore[attr-defined]
    request.may_share_by_office = is_by_office and access.permits(facts, Action.SHARE, now)  # type: ignore[attr-defined]
    if is_by_office and request.method == "GET":
        match = request.resolver_match
        by = actor.from_request(request, channel=Channel.API if page else Channel.WEB)
        shown = page or (match.url_name if match else "") or ""
        audit.note_look(kind, target_id=target_id, page=shown, actor=by, now=now)
    return is_by_office
