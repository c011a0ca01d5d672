"""The audit trail: the whole of it for those who read it, and to everybody what concerns them (R224, R225, R227)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from cathedra import wiring
from cathedra.actions import audit as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audit as reads
from cathedra.db.reads import people
from cathedra.db.reads.keyset import Page
from cathedra.domain import access, audit
from cathedra.domain.audit import ExportFormat, Wish
from cathedra.domain.people import StaffArea, decide_enter
from cathedra.domain.terms import AccountId, Channel, Decision, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.staff.audit import actions_meant, stream

router = Router(tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=100)]
Text = Annotated[str, Query(max_length=500)]


class AuditLine(Schema):
    """Something that was done. Names are those of now; they are empty where I may not know them."""

    number: int
    time: datetime
    actor: str
    actor_id: UUID | None
    on_behalf_of: str
    on_behalf_of_id: UUID | None
    action: str
    what: str
    target_kind: str
    target: str
    target_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    facts: dict[str, Any]
    channel: str
    address: str
    correlation_id: str
    previous_hash: str
    hash: str


class AuditLines(Schema):
    """Some events, newest first, and `after` for the next ones; empty at the end. In what concerns me, addresses,
    requests and hashes are empty."""

    rows: list[AuditLine]
    after: str


class AuditQuery(Schema):
    """Which events. `action` is one as `recording:edit`, or a topic as `sign_in`."""

    person: Text = ""
    thing: Text = ""
    action: Text = ""
    since: date | None = None
    until: date | None = None

    def wish(self) -> Wish:
        """The same as the page's filter."""
        zone = ZoneInfo(wiring.configuration().site.timezone)
        return Wish(
            people=reads.find_people(self.person) if self.person.strip() else None,
            things=reads.find_things(self.thing) if self.thing.strip() else None,
            actions=actions_meant(self.action),
            since=audit.day_start(self.since, zone),
            until=audit.day_after(self.until, zone),
        )


def _page(page: Page[reads.Event]) -> dict[str, Any]:
    return {"rows": [_line(event) for event in page.rows], "after": page.after}


def _line(event: reads.Event) -> AuditLine:
    return AuditLine(
        number=event.id,
        time=event.at,
        actor=event.actor_name,
        actor_id=event.actor_id,
        on_behalf_of=event.name_of(event.on_behalf_of_id),
        on_behalf_of_id=event.on_behalf_of_id,
        action=event.action,
        what=audit.phrase(event.action).label,
        target_kind=event.target_kind,
        target=event.target_name,
        target_id=event.target_id,
        before=event.before,
        after=event.after,
        reason=event.reason,
        facts=event.facts,
        channel=event.channel,
        address=event.address,
        correlation_id=event.correlation_id,
        previous_hash=event.previous_hash,
        hash=event.hash,
    )


def _decide_all(request: HttpRequest) -> Decision:
    return decide_enter(people.get_person(AccountId(request.user.pk)).system_roles, StaffArea.AUDIT)


@router.get("/audit", response={200: AuditLines, REFUSED: Refusal}, operation_id="listAudit")
def list_audit(request: HttpRequest, wanted: Query[AuditQuery], after: str = "", limit: Limit = 50) -> Any:
    """The whole trail, for those who read it. Who asks for a person or a thing is on it themself."""
    decision = _decide_all(request)
    if not decision.is_permitted:
        return told(decision)
    wish = wanted.wish()
    if not after and (wish.people is not None or wish.things is not None):
        actions.note_search(wish, actor=actor.from_request(request, channel=Channel.API), now=timezone.now())
    return _page(reads.list_events(wish, after=after, limit=limit))


@router.get("/audit/export", response={200: str, REFUSED: Refusal}, operation_id="exportAudit")
def export_audit(request: HttpRequest, wanted: Query[AuditQuery], format: ExportFormat = ExportFormat.CSV) -> Any:
    """All events that fit, oldest first, as CSV or JSON Lines. That somebody took them is on the trail."""
    decision = _decide_all(request)
    if not decision.is_permitted:
        return told(decision)
    return stream(request, wanted.wish(), format, actor.from_request(request, channel=Channel.API))


@router.get(
    "/recordings/{uuid:recording_id}/history",
    response={200: AuditLines, REFUSED: Refusal},
    operation_id="listRecordingHistory",
)
def recording_history(request: HttpRequest, recording_id: UUID, after: str = "", limit: Limit = 50) -> Any:
    """What was done to a recording of mine, or of a folder where I am a Creator."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    facts = access_reads.recording_facts(viewer, wanted)
    decision = access.decide(facts, access.Action.READ_AUDIT, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, access.Action.READ_AUDIT, recording_id, "listRecordingHistory")
    return _page(reads.list_of_recording(viewer, wanted, after=after, limit=limit))


@router.get(
    "/folders/{uuid:folder_id}/history", response={200: AuditLines, REFUSED: Refusal}, operation_id="listFolderHistory"
)
def folder_history(request: HttpRequest, folder_id: UUID, after: str = "", limit: Limit = 50) -> Any:
    """What was done to a folder where I am a Creator, and to its recordings."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    facts = access_reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, access.Action.READ_AUDIT, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, access.Action.READ_AUDIT, folder_id, "listFolderHistory")
    return _page(reads.list_of_folder(viewer, wanted, after=after, limit=limit))


@router.get("/me/history", response=AuditLines, operation_id="listMyHistory")
def my_history(request: HttpRequest, after: str = "", limit: Limit = 50) -> Any:
    """What happened to my own account."""
    return _page(reads.list_of_account(AccountId(request.user.pk), after=after, limit=limit))


@router.get("/me/approvals", response=AuditLines, operation_id="listMyApprovals")
def my_approvals(request: HttpRequest, after: str = "", limit: Limit = 50) -> Any:
    """What I approved and returned as a Publisher."""
    return _page(reads.list_approvals(AccountId(request.user.pk), now=timezone.now(), after=after, limit=limit))
