"""Folders and recordings."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from cathedra.actions import library as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as reads
from cathedra.db.reads.keyset import Page
from cathedra.domain import access
from cathedra.domain.terms import AccountId, Channel, FolderId, RecordingId
from cathedra.web import actor, archived, tombstones
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["library"])
MOST = 100
Limit = Annotated[int, Query(ge=1, le=MOST)]


class FolderLine(Schema):
    """A folder in a list."""

    id: UUID
    name: str
    kind: str
    course: str
    department: str
    newest_at: datetime | None


class Folders(Schema):
    """Some folders, and `after` for the next ones; empty at the end."""

    rows: list[FolderLine]
    after: str


class Folder(Schema):
    """A folder and what may be done in it."""

    id: UUID
    name: str
    kind: str
    course: str
    department: str
    may_create_recording: bool
    may_create_folder: bool
    folders: list[FolderLine]


class RecordingLine(Schema):
    """A recording in a list."""

    id: UUID
    title: str
    folder_id: UUID
    folder_name: str
    owner_name: str
    state: str
    duration_ms: int | None
    recorded_at: datetime
    has_picture: bool


class Recordings(Schema):
    """Some recordings, and `after` for the next ones; empty at the end."""

    rows: list[RecordingLine]
    after: str


class Recording(Schema):
    """A recording with its facts."""

    id: UUID
    title: str
    description: str
    tags: list[str]
    folder_id: UUID
    folder_name: str
    owner_name: str
    state: str
    duration_ms: int | None
    recorded_at: datetime
    version: int


class NewDetails(Schema):
    """What a recording is called; what is left out stays. With `version`, only while nobody else changed it."""

    title: str | None = Field(None, max_length=1000)
    description: str | None = Field(None, max_length=20_000)
    tags: list[Annotated[str, Field(max_length=1000)]] | None = Field(None, max_length=100)
    version: int | None = None


class NewOwner(Schema):
    """Who is to own a recording: a Creator of its folder; the service team may name anybody."""

    account_id: UUID


class NewFolder(Schema):
    """A folder to make inside another."""

    name: str = Field(max_length=1000)


class MadeFolder(Schema):
    """What was made."""

    id: UUID


@router.get("/folders", response=Folders, operation_id="listFolders")
def list_folders(request: HttpRequest, q: str = "", after: str = "", limit: Limit = 50) -> Any:
    """Where my way begins; with `q`, every folder I can see whose name or course holds it."""
    return reads.list_folders(
        AccountId(request.user.pk), search=q.replace("\0", ""), after=after, limit=limit, now=timezone.now()
    )


@router.get("/folders/{uuid:folder_id}", response={200: Folder, REFUSED: Refusal}, operation_id="getFolder")
def get_folder(request: HttpRequest, folder_id: UUID) -> Any:
    """A folder, its subfolders, and what I may do in it."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    facts, now = access_reads.folder_facts(viewer, wanted), timezone.now()
    decision = access.decide_folder(facts, access.Action.SEE_FOLDER, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, access.Action.SEE_FOLDER, folder_id, "getFolder")
    found = reads.get_folder(viewer, wanted)
    return Folder(
        id=found.id,
        name=found.name,
        kind=found.kind,
        course=found.course,
        department=found.department,
        may_create_recording=access.permits(facts, access.Action.CREATE_RECORDING, now),
        may_create_folder=access.permits(facts, access.Action.CREATE_FOLDER, now),
        folders=[FolderLine.from_orm(row) for row in reads.list_subfolders(viewer, wanted, now=now)],
    )


@router.post(
    "/folders/{uuid:folder_id}/folders", response={201: MadeFolder, REFUSED: Refusal}, operation_id="makeFolder"
)
def make_folder(request: HttpRequest, folder_id: UUID, new: NewFolder) -> Any:
    """A folder inside this one; the same people see it."""
    outcome = actions.make_subfolder(FolderId(folder_id), name=new.name, actor=_actor(request), now=timezone.now())
    return told(outcome.decision) if outcome.folder_id is None else Status(201, {"id": outcome.folder_id})


@router.get(
    "/folders/{uuid:folder_id}/recordings",
    response={200: Recordings, REFUSED: Refusal},
    operation_id="listRecordings",
)
def list_recordings(
    request: HttpRequest,
    folder_id: UUID,
    sort: reads.RecordingOrder = reads.RecordingOrder.NEWEST,
    q: str = "",
    after: str = "",
    limit: Limit = 30,
) -> Any:
    """What I am shown of a folder."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    now = timezone.now()
    facts = access_reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, access.Action.SEE_FOLDER, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, access.Action.SEE_FOLDER, folder_id, "listRecordings")
    return reads.list_recordings(
        viewer, wanted, order=sort, wanted=reads.Filter(q.replace("\0", "")), after=after, limit=limit, now=now
    )


@router.get("/recordings/newest", response=Recordings, operation_id="listNewest")
def list_newest(request: HttpRequest) -> Any:
    """The newest published recordings that I may see."""
    return Page(reads.list_newest(AccountId(request.user.pk), limit=20, now=timezone.now()))


@router.get("/recordings/{uuid:recording_id}", response={200: Recording, REFUSED: Refusal}, operation_id="getRecording")
def get_recording(request: HttpRequest, recording_id: UUID) -> Any:
    """A recording that I may play or follow."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    facts = access_reads.recording_facts(viewer, wanted)
    now = timezone.now()
    decision = access.decide(facts, access.Action.VIEW, now)
    if not decision.is_permitted and not access.decide(facts, access.Action.SEE_PROGRESS, now).is_permitted:
        return told(archived.dated(wanted, tombstones.gone(wanted, decision), now))
    if decision.is_permitted:
        looks.note(request, facts, access.Action.VIEW, recording_id, "getRecording")
    return reads.get_recording(viewer, wanted)


@router.patch(
    "/recordings/{uuid:recording_id}", response={200: Recording, REFUSED: Refusal}, operation_id="editRecording"
)
def edit_recording(request: HttpRequest, recording_id: UUID, details: NewDetails) -> Any:
    """Change what a recording is called."""
    wanted = RecordingId(recording_id)
    decision = actions.edit_recording(
        wanted,
        title=details.title,
        description=details.description,
        tags=details.tags,
        version=details.version,
        actor=_actor(request),
        now=timezone.now(),
    )
    if not decision.is_permitted:
        return told(decision)
    return reads.get_recording(AccountId(request.user.pk), wanted)


@router.put("/recordings/{uuid:recording_id}/owner", response={204: None, REFUSED: Refusal}, operation_id="changeOwner")
def change_owner(request: HttpRequest, recording_id: UUID, new: NewOwner) -> Any:
    """Make somebody else the owner (R219). Both sides are told; place, address and who sees it stay."""
    decision = actions.change_owner(
        RecordingId(recording_id), AccountId(new.account_id), actor=_actor(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)


def _actor(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)
