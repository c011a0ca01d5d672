"""Who watches a recording, how far and what of it (R215, R216)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra.db.reads import access as reads
from cathedra.db.reads import viewing as viewing_reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId, RecordingId
from cathedra.web import actor
from cathedra.web import viewing as page
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["statistics"])


class SegmentOut(Schema):
    """A part of what is shown; null is kept back, for it would tell of too few people."""

    start_ms: int
    end_ms: int
    plays: float | None
    viewers: int | None


class ViewerOut(Schema):
    """How far one viewer has come."""

    account_id: UUID
    name: str
    login_name: str
    percent: int
    views: int
    delivered_ms: int
    position_ms: int
    last_at: datetime


class ViewsOut(Schema):
    """`is_hidden`: too few have watched for figures without names. `viewer_lines` is null where names are not shown; then the
    figures change only when five people more have watched, and people are counted in steps of five."""

    is_hidden: bool
    views: int | None
    viewers: int | None
    anonymous_views: int | None
    delivered_ms: int | None
    average_percent: float | None
    last_at: datetime | None
    segments: list[SegmentOut]
    viewer_lines: list[ViewerOut] | None


class LineOut(Schema):
    """A recording of a folder; its figures are null where so few watched that they could tell who."""

    recording_id: UUID
    title: str
    folder: str
    duration_ms: int | None
    views: int | None
    viewers: int | None
    delivered_ms: int | None
    last_at: datetime | None


class LinesOut(Schema):
    """The newest recordings first."""

    rows: list[LineOut]
    after: str


@router.get(
    "/folders/{uuid:folder_id}/views", response={200: LinesOut, REFUSED: Refusal}, operation_id="getFolderViews"
)
def folder_views(request: HttpRequest, folder_id: UUID, after: str = "") -> Any:
    """Figures of every recording in a folder and below whose statistics I may see (R23)."""
    wanted, viewer, now = FolderId(folder_id), actor.account_id(request), timezone.now()
    facts = reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, Action.SEE_STATISTICS, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SEE_STATISTICS, wanted, "getFolderViews")
    found = viewing_reads.list_in_folder(viewer, wanted, now=now, after=after)
    return LinesOut(rows=[LineOut(**asdict(one)) for one in found.rows], after=found.after)


@router.get(
    "/recordings/{uuid:recording_id}/views", response={200: ViewsOut, REFUSED: Refusal}, operation_id="getViews"
)
def views(request: HttpRequest, recording_id: UUID) -> Any:
    """Figures of a recording; for Creators of the course also of each viewer."""
    wanted = RecordingId(recording_id)
    facts = reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.SEE_STATISTICS, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SEE_STATISTICS, wanted, "getViews")
    found = page.viewing(wanted, facts)
    figures = found.statistics
    names = ("is_hidden", "views", "viewers", "anonymous_views", "delivered_ms", "average_percent", "last_at")
    return ViewsOut(
        **{name: getattr(figures, name) for name in names},
        segments=[
            SegmentOut(start_ms=one.start_ms, end_ms=one.end_ms, plays=one.plays, viewers=one.viewers)
            for one in figures.segments
        ],
        viewer_lines=None
        if found.viewers is None
        else [
            ViewerOut(
                account_id=one.account_id,
                name=one.name,
                login_name=one.login_name,
                percent=one.percent,
                views=one.views,
                delivered_ms=one.delivered_ms,
                position_ms=one.position_ms,
                last_at=one.last_at,
            )
            for one in found.viewers
        ],
    )
