"""The intake list for programs: what was imported for me, keep it, discard it (R93). How it comes here: an upload with
`origin` and `owner` in Upload-Metadata, which ends as `import` and a login name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from cathedra.actions import ingest as actions
from cathedra.db.reads import ingest as reads
from cathedra.domain.terms import AccountId, Channel, Decision, RecordingId
from cathedra.web import actor, intake
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.declarations import DeclarationIn, DeclarationVerdict, verdict

router = Router(tags=["ingest"])


class Import(Schema):
    """An import that waits for me; it goes to the bin at `until`."""

    id: UUID
    title: str
    folder_id: UUID
    brought_by: str
    original_name: str
    size_bytes: int
    since: datetime
    until: datetime


class KeepIn(Schema):
    """What it is for; needed wherever the acceptable use policy is in force (R84)."""

    declaration: DeclarationIn | None = None


class ImportKept(Schema):
    """It goes on as any recording does. `verdict` is null where no policy is in force."""

    recording_id: UUID
    verdict: DeclarationVerdict | None


@router.get("/intake", response=list[Import], operation_id="listImports")
def list_imports(request: HttpRequest) -> Any:
    """What was imported for me and waits for my decision."""
    return [
        Import(
            id=row.recording_id,
            title=row.title,
            folder_id=row.folder_id,
            brought_by=row.brought_by,
            original_name=row.original_name,
            size_bytes=row.size_bytes,
            since=row.since_at,
            until=intake.until(row),
        )
        for row in reads.list_imports(AccountId(request.user.pk))
    ]


@router.post("/intake/{uuid:import_id}/keep", response={200: ImportKept, REFUSED: Refusal}, operation_id="keepImport")
def keep(request: HttpRequest, import_id: UUID, given: KeepIn) -> Any:
    """Keep an import of mine, and say what it is for."""
    who = actor.from_request(request, channel=Channel.API)
    wish = given.declaration.wish() if given.declaration else None
    found = actions.keep_import(RecordingId(import_id), wish, actor=who, now=timezone.now())
    if isinstance(found, Decision):
        return told(found)
    return ImportKept(recording_id=import_id, verdict=verdict(found.finding) if found.finding else None)


@router.post("/intake/{uuid:import_id}/discard", response={204: None, REFUSED: Refusal}, operation_id="discardImport")
def discard(request: HttpRequest, import_id: UUID) -> Any:
    """Put an import of mine into the bin."""
    who = actor.from_request(request, channel=Channel.API)
    decision = actions.discard_import(RecordingId(import_id), actor=who, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)
