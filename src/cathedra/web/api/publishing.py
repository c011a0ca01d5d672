"""Approval, moving and copying for programs: the same decisions as the pages (R227)."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from cathedra.actions import audit
from cathedra.actions import publishing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as reads
from cathedra.domain import access
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.publishing import REASON_LIMIT
from cathedra.domain.terms import AccountId, Actor, Channel, Code, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.access.door import calendar
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["publishing"])
ROWS = 50


class Approval(Schema):
    """How a recording stands, and the last step of its approval (R74). `changed`: by this very request. `verdict` and
    `category`, in the queue: what the acceptable use policy makes of it, where somebody has declared what it is for."""

    recording_id: UUID
    title: str
    folder_id: UUID
    publication: str
    step: str | None
    decided_at: datetime | None
    decided_by: str
    reason: str
    submitted_at: datetime | None
    submitted_by: str
    changed: bool = False
    verdict: str | None = None
    category: str = ""


class Queue(Schema):
    """What waits for the caller, oldest first."""

    rows: list[Approval]
    after: str


class Seen(Schema):
    """The state that somebody decided upon; if it is another one by now, nothing is done and the answer is 409."""

    seen: Literal["", "waiting", "rejected", "published"] = ""


class Return(Seen):
    """Why a recording is returned (R67)."""

    reason: str = Field(max_length=REASON_LIMIT * 2)


class Several(Schema):
    """Recordings to approve, or to reject, all for the one `reason` (R67)."""

    recordings: list[UUID] = Field(min_length=1, max_length=100)
    decision: Literal["approve", "reject"] = "approve"
    reason: str = Field(default="", max_length=REASON_LIMIT * 2)


class FolderSwitch(Schema):
    """Whether recordings of a folder are approved first; `approve_existing` keeps what is published (R69)."""

    is_on: bool
    approve_existing: bool = False


class FolderApproval(Schema):
    """How a folder stands, and what a switch would change or has changed."""

    is_on: bool
    is_from_above: bool
    has_publisher: bool
    may_switch: bool
    may_approve_existing: bool
    published: int
    waiting: int
    rejected: int


class Journey(Schema):
    """Where a recording is brought; with `is_preview` nothing is done."""

    folder_id: UUID
    is_preview: bool = False


class CopyJourney(Journey):
    """The same for a copy: one that plays the original, or one of its own."""

    kind: Literal["reference", "full"] = "reference"
    title: str = Field(default="", max_length=NAME_LIMIT)


class Arrival(Schema):
    """What it does, or did, to the publication, and which recording is there then."""

    recording_id: UUID | None
    publication_before: str
    publication_after: str


def _approval(found: reads.Submission, use: policy_reads.Use | None = None, *, is_changed: bool = False) -> Approval:
    return Approval(
        recording_id=found.id,
        title=found.title,
        folder_id=found.folder_id,
        publication=found.publication,
        step=found.step,
        decided_at=found.decided_at,
        decided_by=found.decided_by,
        reason=found.reason,
        submitted_at=found.submitted_at,
        submitted_by=found.submitted_by_name,
        changed=is_changed,
        verdict=use.verdict if use else None,
        category=use.category if use else "",
    )


def _answer(result: actions.ApprovalResult) -> Any:
    if not result.decision.is_permitted or result.standing is None:
        return told(result.decision)
    return _approval(result.standing, is_changed=result.is_changed)


def _who(request: HttpRequest) -> Actor:
    return actor.from_request(request, channel=Channel.API)


@router.get("/approvals", response={200: Queue, REFUSED: Refusal}, operation_id="listApprovals")
def queue(request: HttpRequest, after: str = "") -> Any:
    """What waits for my approval."""
    now = timezone.now()
    page = reads.list_queue(AccountId(request.user.pk), now=now, after=after, limit=ROWS)
    stood_in = [row.id for row in page.rows if not row.may_watch]  # by a system role alone (R68, R223)
    audit.note_list(stood_in, page="listApprovals", actor=_who(request), now=now)
    uses = policy_reads.uses_of([row.id for row in page.rows], now)
    return Queue(rows=[_approval(row.submission, uses.get(row.id)) for row in page.rows], after=page.after)


@router.post("/approvals", response={200: list[Approval], REFUSED: Refusal}, operation_id="decideSeveral")
def decide_several(request: HttpRequest, given: Several) -> Any:
    """Approve or return several that wait; what somebody else decided meanwhile is left alone and told as it stands."""
    wanted = [RecordingId(one) for one in given.recordings]
    if given.decision == "reject":
        results = actions.reject_all(wanted, reason=given.reason, actor=_who(request), now=timezone.now())
    else:
        results = actions.approve_all(wanted, actor=_who(request), now=timezone.now())
    refused = next((one.decision for one in results if one.decision.code is Code.BAD_REQUEST), None)  # R67
    if refused is not None:
        return told(refused)
    return [_approval(one.standing, is_changed=one.is_changed) for one in results if one.standing is not None]


@router.get(
    "/recordings/{uuid:recording_id}/approval", response={200: Approval, REFUSED: Refusal}, operation_id="getApproval"
)
def get(request: HttpRequest, recording_id: UUID) -> Any:
    """How it stands, for those who may follow it or decide about it."""
    wanted, now = RecordingId(recording_id), timezone.now()
    facts = access_reads.recording_facts(AccountId(request.user.pk), wanted)
    decision = access.decide(facts, access.Action.SEE_PROGRESS, now)
    if not decision.is_permitted and not access.decide(facts, access.Action.APPROVE, now).is_permitted:
        return told(decision)
    opened = access.Action.SEE_PROGRESS if decision.is_permitted else access.Action.APPROVE
    looks.note(request, facts, opened, recording_id, "getApproval")
    return _approval(reads.get_approval(AccountId(request.user.pk), wanted))


@router.post(
    "/recordings/{uuid:recording_id}/approve", response={200: Approval, REFUSED: Refusal}, operation_id="approve"
)
def approve(request: HttpRequest, recording_id: UUID, given: Seen) -> Any:
    """A Publisher's yes."""
    return _answer(
        actions.approve_recording(RecordingId(recording_id), actor=_who(request), now=timezone.now(), seen=given.seen)
    )


@router.post(
    "/recordings/{uuid:recording_id}/reject", response={200: Approval, REFUSED: Refusal}, operation_id="reject"
)
def reject(request: HttpRequest, recording_id: UUID, given: Return) -> Any:
    """A Publisher's no, with the reason."""
    return _answer(
        actions.reject_recording(
            RecordingId(recording_id),
            reason=given.reason,
            actor=_who(request),
            now=timezone.now(),
            seen=given.seen,
        )
    )


@router.post(
    "/recordings/{uuid:recording_id}/withdraw", response={200: Approval, REFUSED: Refusal}, operation_id="withdraw"
)
def withdraw(request: HttpRequest, recording_id: UUID) -> Any:
    """Its Creator takes it back."""
    return _answer(actions.withdraw_recording(RecordingId(recording_id), actor=_who(request), now=timezone.now()))


@router.post(
    "/recordings/{uuid:recording_id}/resubmit", response={200: Approval, REFUSED: Refusal}, operation_id="resubmit"
)
def resubmit(request: HttpRequest, recording_id: UUID) -> Any:
    """Its Creator hands it in again."""
    return _answer(actions.resubmit_recording(RecordingId(recording_id), actor=_who(request), now=timezone.now()))


@router.get(
    "/folders/{uuid:folder_id}/approval",
    response={200: FolderApproval, REFUSED: Refusal},
    operation_id="getFolderApproval",
)
def folder(request: HttpRequest, folder_id: UUID) -> Any:
    """How a folder stands and what a switch would change, for those who may set it."""
    preview = actions.preview_switch(FolderId(folder_id), actor=_who(request), now=timezone.now())
    if preview.standing is None:
        return told(preview.may_switch)
    standing = preview.standing
    if request.method == "GET":  # a switch that was carried out is on the trail by itself
        facts = access_reads.folder_facts(AccountId(request.user.pk), FolderId(folder_id))
        looks.note(request, facts, access.Action.SET_AVAILABILITY, folder_id, "getFolderApproval")
    return FolderApproval(
        is_on=standing.is_on,
        is_from_above=standing.is_from_above,
        has_publisher=preview.has_publisher,
        may_switch=preview.may_switch.is_permitted,
        may_approve_existing=preview.may_approve_existing,
        published=standing.published,
        waiting=standing.waiting,
        rejected=standing.rejected,
    )


@router.put(
    "/folders/{uuid:folder_id}/approval",
    response={200: FolderApproval, REFUSED: Refusal},
    operation_id="setFolderApproval",
)
def switch(request: HttpRequest, folder_id: UUID, given: FolderSwitch) -> Any:
    """Switch approval on or off."""
    result = actions.switch_approval(
        FolderId(folder_id),
        is_on=given.is_on,
        approve_existing=given.approve_existing,
        actor=_who(request),
        now=timezone.now(),
    )
    return folder(request, folder_id) if result.decision.is_permitted else told(result.decision)


@router.post("/recordings/{uuid:recording_id}/move", response={200: Arrival, REFUSED: Refusal}, operation_id="move")
def move(request: HttpRequest, recording_id: UUID, given: Journey) -> Any:
    """To another folder; the address stays (R57)."""
    wanted, target, now = RecordingId(recording_id), FolderId(given.folder_id), timezone.now()
    preview = actions.preview_move(wanted, target, actor=_who(request), now=now)
    decision = preview.decision
    if decision.is_permitted and not given.is_preview:
        decision = actions.move_recording(wanted, target, calendar=calendar(), actor=_who(request), now=now)
    return _arrival(preview, wanted) if decision.is_permitted else told(decision)


@router.post("/recordings/{uuid:recording_id}/copies", response={200: Arrival, REFUSED: Refusal}, operation_id="copy")
def copy(request: HttpRequest, recording_id: UUID, given: CopyJourney) -> Any:
    """Into another folder too."""
    wanted, target, now = RecordingId(recording_id), FolderId(given.folder_id), timezone.now()
    preview = actions.preview_copy(wanted, target, actor=_who(request), now=now)
    if given.is_preview or not preview.decision.is_permitted:
        return _arrival(preview, None) if preview.decision.is_permitted else told(preview.decision)
    outcome = actions.copy_recording(
        wanted, target, is_full=given.kind == "full", title=given.title.strip(), actor=_who(request), now=now
    )
    return _arrival(preview, outcome.recording_id) if outcome.decision.is_permitted else told(outcome.decision)


def _arrival(preview: actions.Preview, recording_id: RecordingId | None) -> Arrival:
    return Arrival(
        recording_id=recording_id,
        publication_before=preview.publication_before,
        publication_after=preview.publication_after,
    )
