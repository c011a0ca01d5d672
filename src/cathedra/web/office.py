"""Administrators at the pages of a thing that is not theirs: they are shown what it is and what they may do, never what
is in it (R26); `noted` of the doors puts each look on the audit trail. `request.is_by_office` tells the page's frame."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId, RecordingId


def at_folder(request: HttpRequest, facts: access.FolderFacts) -> bool:
    """Is whoever comes to this folder here by the office alone?"""
    return _enter(request, facts)


def at_recording(request: HttpRequest, facts: access.RecordingFacts) -> bool:
    """Is whoever comes to this recording here by the office alone?"""
    return _enter(request, facts)


def home_of(request: HttpRequest, recording_id: RecordingId) -> str:
    """The address of a recording's page for whoever asks: its own, or what staff see of it."""
    name = "staff_recording" if getattr(request, "is_by_office", False) else "recording"
    return reverse(name, kwargs={"recording_id": recording_id})


def home_of_folder(request: HttpRequest, folder_id: FolderId) -> str:
    """The address of a folder's page for whoever asks: its own, or that of its sharing."""
    name = "folder_access" if getattr(request, "is_by_office", False) else "folder"
    return reverse(name, kwargs={"folder_id": folder_id})


def _enter(request: HttpRequest, facts: access.FolderFacts) -> bool:
    now = timezone.now()
    is_by_office = access.is_met_by_office(facts, now)
    request.is_by_office = is_by_office  # type: ignore[attr-defined]  # the door hangs it there
    request.may_share_by_office = is_by_office and access.permits(facts, Action.SHARE, now)  # type: ignore[attr-defined]  # the door hangs it there
    return is_by_office
