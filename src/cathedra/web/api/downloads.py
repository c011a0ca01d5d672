"""Originals to download, and who may (R204)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.db.reads import playback
from cathedra.domain import access
from cathedra.domain.access import Action, Downloads
from cathedra.domain.terms import AccountId, Channel, Decision, FolderId, RecordingId
from cathedra.web import actor, downloads
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["downloads"])


class DownloadableFile(Schema):
    """A file as it was uploaded. `picture` is what it shows beside the recording's other file; `url` answers GET, HEAD
    and ranges once `is_ready`."""

    id: UUID
    picture: str
    file_name: str
    size_bytes: int
    is_ready: bool
    url: str


class FolderDownloads(Schema):
    """Who may download from a folder: its own policy (null: as the folder above, or the site's), and what counts."""

    policy: Downloads | None
    counts: Downloads


class NewFolderDownloads(Schema):
    """The folder's own policy; null is as the folder above, or the site's."""

    policy: Downloads | None


class RecordingDownloads(Schema):
    """A recording's own policy, stricter than its folder's (null: as its folder), and what counts."""

    policy: Downloads | None
    counts: Downloads


class NewRecordingDownloads(Schema):
    """`creators`, `nobody`, or null: as its folder."""

    policy: Downloads | None


@router.get(
    "/recordings/{uuid:recording_id}/downloads",
    response={200: list[DownloadableFile], REFUSED: Refusal},
    operation_id="listDownloads",
    auth=None,  # a public recording may let anybody (R38 row 15); the rule asks others to sign in
)
def list_files(request: HttpRequest, recording_id: UUID) -> Any:
    """What may be downloaded of a recording. To fetch a file is recorded."""
    wanted = RecordingId(recording_id)
    facts = reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.DOWNLOAD, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.DOWNLOAD, wanted, "listDownloads")
    return [
        DownloadableFile(
            id=file.id,
            picture=file.picture,
            file_name=downloads.name_of(file),
            size_bytes=file.size_bytes,
            is_ready=file.is_kept,
            url=reverse("download", args=[wanted, file.id]),
        )
        for file in _files(wanted, facts)
    ]


def _files(wanted: RecordingId, facts: access.RecordingFacts) -> tuple[playback.Original, ...]:
    """The edited one first; what was uploaded for who may have it."""
    edited = playback.find_edited(wanted)
    whole = playback.list_originals(wanted) if access.may_have_whole(facts, timezone.now()) else ()
    return (*((edited,) if edited else ()), *whole)


@router.get(
    "/folders/{uuid:folder_id}/downloads",
    response={200: FolderDownloads, REFUSED: Refusal},
    operation_id="getFolderDownloads",
)
def get_folder(request: HttpRequest, folder_id: UUID) -> Any:
    """Who may download from a folder, for those who set it up."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    facts = reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, Action.EDIT_FOLDER, timezone.now())
    if decision.is_permitted:
        looks.note(request, facts, Action.EDIT_FOLDER, wanted, "getFolderDownloads")
    return _folder(viewer, wanted, decision)


@router.put(
    "/folders/{uuid:folder_id}/downloads",
    response={200: FolderDownloads, REFUSED: Refusal},
    operation_id="setFolderDownloads",
)
def set_folder(request: HttpRequest, folder_id: UUID, new: NewFolderDownloads) -> Any:
    """Say who may download from a folder."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    by = actor.from_request(request, channel=Channel.API)
    decision = actions.set_folder_downloads(wanted, new.policy, actor=by, now=timezone.now())
    return _folder(viewer, wanted, decision)


@router.get(
    "/recordings/{uuid:recording_id}/download-policy",
    response={200: RecordingDownloads, REFUSED: Refusal},
    operation_id="getRecordingDownloads",
)
def get_recording(request: HttpRequest, recording_id: UUID) -> Any:
    """Whether a recording is stricter than its folder, for those who may say so."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    facts = reads.recording_facts(viewer, wanted)
    decision = access.decide_own_downloads(facts, None, timezone.now())
    if decision.is_permitted:
        looks.note(request, facts, Action.SHARE, wanted, "getRecordingDownloads")
    return _recording(viewer, wanted, decision)


@router.put(
    "/recordings/{uuid:recording_id}/download-policy",
    response={200: RecordingDownloads, REFUSED: Refusal},
    operation_id="setRecordingDownloads",
)
def set_recording(request: HttpRequest, recording_id: UUID, new: NewRecordingDownloads) -> Any:
    """Let fewer people download a recording than its folder does."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    by = actor.from_request(request, channel=Channel.API)
    decision = actions.set_recording_downloads(wanted, new.policy, actor=by, now=timezone.now())
    return _recording(viewer, wanted, decision)


def _folder(viewer: AccountId, folder_id: FolderId, decision: Decision) -> Any:
    if not decision.is_permitted:
        return told(decision)
    found = reads.folder_sharing(viewer, folder_id)
    return FolderDownloads(policy=found.own_downloads, counts=found.downloads)


def _recording(viewer: AccountId, recording_id: RecordingId, decision: Decision) -> Any:
    if not decision.is_permitted:
        return told(access.as_told(decision))
    counts = reads.recording_facts(viewer, recording_id).downloads
    return RecordingDownloads(policy=reads.recording_sharing(recording_id).downloads, counts=counts)
