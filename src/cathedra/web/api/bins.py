"""Bins for programs: one's own, emptying it, everybody's for the service (R109, R135, R137, R227)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from cathedra.actions import audit as audit_actions
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import bins as pages
from cathedra.web.api import folder_bin
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal

router = Router(tags=["retention"])


class Binned(Schema):
    """A line of the bin; `until`: it goes then, unless `is_kept`: a hold keeps it there (R130); `frees_seconds`: stored time that goes with it."""

    recording_id: UUID
    title: str
    folder_id: UUID
    owner: str
    duration_ms: int | None
    recycled_at: datetime
    until: datetime
    is_kept: bool = False
    frees_seconds: int = 0


class Bin(Schema):
    """The newest first; folders on the first page."""

    rows: list[Binned]
    folders: list[folder_bin.BinnedFolder] = []
    after: str


class EmptyOf(Schema):
    """What of my bin goes: recordings that I saw there. What comes there later stays."""

    recording_ids: list[UUID] = Field(max_length=500)


class Emptied(Schema):
    """What went for good, the stored seconds that this frees, and how many stay because something keeps them."""

    recordings: int
    seconds: int
    kept: int


def _line(row: reads.BinRow) -> Binned:
    return Binned(
        recording_id=row.id,
        title=row.title,
        folder_id=row.folder_id,
        owner=row.owner_name,
        duration_ms=row.duration_ms,
        recycled_at=row.recycled_at,
        until=pages.line(row)["until"],
        is_kept=row.is_kept,
        frees_seconds=row.freed_seconds,
    )


@router.get("/bin", response={200: Bin, REFUSED: Refusal}, operation_id="listBin")
def bin_rows(request: HttpRequest, after: str = "") -> Any:
    """What I can have back."""
    viewer = AccountId(request.user.pk)
    page = reads.list_bin(viewer, after=after)
    folders = [] if after else folder_bin.list_of(viewer)
    return Bin(rows=[_line(row) for row in page.rows], folders=folders, after=page.after)


@router.post("/bin/empty", response={200: Emptied, REFUSED: Refusal}, operation_id="emptyBin")
def empty(request: HttpRequest, body: EmptyOf) -> Any:
    """Delete for good these of what I own of my bin, up to 500 at a time (R109). It cannot be undone."""
    shown = [RecordingId(one) for one in body.recording_ids]
    found = actions.empty_bin(shown, actor=by(request), now=timezone.now())
    return Emptied(recordings=found.recordings, seconds=found.seconds, kept=len(found.kept))


@router.get("/staff/bins", response={200: Bin, REFUSED: Refusal}, operation_id="listBins")
@for_staff(StaffArea.BINS)
def bins(request: HttpRequest, after: str = "") -> Any:
    """What everybody has deleted, the newest first; `purgeRecording` with a reason deletes it for good (R137)."""
    page = reads.list_bins(AccountId(request.user.pk), after=after)
    seen = [row.id for row in page.rows]
    audit_actions.note_list(seen, page="listBins", actor=by(request), now=timezone.now())
    return Bin(rows=[_line(row) for row in page.rows], after=page.after)
