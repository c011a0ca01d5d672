"""Deleting folders whole, and having them back, for programs (R138, R140)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as reads
from cathedra.domain import retention
from cathedra.domain.terms import AccountId, Channel, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}


class CopyPlace(Schema):
    """A folder with copies that stop playing too (R140)."""

    folder: str
    count: int


class BinnedFolder(Schema):
    """A folder in the bin with everything that went with it (R138)."""

    unit_id: UUID
    folder_id: UUID
    name: str
    recordings: int
    seconds: int
    recycled_at: datetime


class InTheWay(Schema):
    """A recording because of which a folder stays."""

    recording_id: UUID
    title: str
    why: str


class FolderDeletion(Schema):
    """What deleting a folder takes along, and what stands in its way."""

    may: bool
    code: str
    folders: int
    recordings: int
    seconds: int
    obstacles: list[InTheWay]
    copies: list[CopyPlace]


class Unit(Schema):
    """Under which id a folder can be had back whole."""

    unit_id: UUID


def places(recording_ids: Sequence[RecordingId], *, but_not_in: FolderId | None = None) -> list[CopyPlace]:
    """In which folders copies play these."""
    found = publishing_reads.list_copies(recording_ids, but_not_in=but_not_in)
    return [CopyPlace(folder=one.folder_name, count=one.count) for one in found]


def list_of(viewer: AccountId) -> list[BinnedFolder]:
    """The folders in somebody's bin."""
    since = timezone.now() - timedelta(days=wiring.configuration().bin.days)
    return [
        BinnedFolder(
            unit_id=one.id,
            folder_id=one.folder_id,
            name=one.name,
            recordings=one.recordings,
            seconds=one.seconds,
            recycled_at=one.recycled_at,
        )
        for one in reads.list_binned_folders(viewer, since=since)
    ]


@router.get(
    "/folders/{uuid:folder_id}/deletion",
    response={200: FolderDeletion, **ANSWERS},
    operation_id="previewFolderDeletion",
)
def preview_folder(request: HttpRequest, folder_id: UUID) -> Any:
    """What would go, what stands in the way, which copies elsewhere stop playing (R138, R140). Changes nothing."""
    wanted, now = FolderId(folder_id), timezone.now()
    shown = actions.preview_recycle_folder(wanted, actor=actor.from_request(request, channel=Channel.API), now=now)
    if not shown.folders:
        return told(shown.decision)
    obstacles = [
        InTheWay(recording_id=one.recording_id, title=one.title, why=one.why.value)
        for one in shown.obstacles[: retention.MOST_LISTED]
    ]
    return FolderDeletion(
        may=shown.decision.is_permitted,
        code=shown.decision.code.value,
        folders=shown.folders,
        recordings=shown.recordings,
        seconds=shown.seconds,
        obstacles=obstacles,
        copies=places(shown.recording_ids, but_not_in=wanted),
    )


@router.post("/folders/{uuid:folder_id}/recycle", response={200: Unit, **ANSWERS}, operation_id="recycleFolder")
def recycle_folder(request: HttpRequest, folder_id: UUID) -> Any:
    """Into the bin with everything below it, as one unit (R138)."""
    who = actor.from_request(request, channel=Channel.API)
    done = actions.recycle_folder(FolderId(folder_id), actor=who, now=timezone.now())
    return Unit(unit_id=done.unit_id) if done.unit_id else told(done.decision)


@router.post("/bin/folders/{uuid:unit_id}/take-back", response={200: Unit, **ANSWERS}, operation_id="takeBackFolder")
def take_back_folder(request: HttpRequest, unit_id: UUID) -> Any:
    """Out of the bin, whole."""
    who = actor.from_request(request, channel=Channel.API)
    decision = actions.take_back_folder(unit_id, actor=who, now=timezone.now())
    return Unit(unit_id=unit_id) if decision.is_permitted else told(decision)
