"""Connect, block and look at the recorders of rooms, for who looks after them (R158)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from cathedra.actions import recorders as actions
from cathedra.actions.recorders import IssuedCode
from cathedra.db.reads import recorders as reads
from cathedra.domain import ingest
from cathedra.domain.terms import Actor, Channel, Decision
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.recorders._words import BlockWanted, CodeIssued, ConnectionStanding, ErrorLine

router = Router(tags=["recorders"])


@router.post(
    "/recorders/{int:recorder_id}/code", response={201: CodeIssued, REFUSED: Refusal}, operation_id="issueRecorderCode"
)
def issue_code(request: HttpRequest, recorder_id: int) -> Any:
    """A code to connect a recorder with, good for half an hour and once; for who looks after its room."""
    made = actions.issue_code(recorder_id, actor=_person(request), now=timezone.now())
    if not isinstance(made, IssuedCode):
        return told(made)
    return Status(201, CodeIssued(code=made.code, expires_at=made.expires_at))


@router.get(
    "/recorders/{int:recorder_id}/connection",
    response={200: ConnectionStanding, REFUSED: Refusal},
    operation_id="getRecorderConnection",
)
def connection(request: HttpRequest, recorder_id: int) -> Any:
    """How a recorder is connected, when it was last heard of, what it reported."""
    decision = actions.decide_look(recorder_id, actor=_person(request))
    if not decision.is_permitted:
        return told(decision)
    found = reads.find_connection(recorder_id) or reads.NEVER_CONNECTED
    return ConnectionStanding(
        recorder_id=recorder_id,
        state=ingest.seen_state(found.facts, now=timezone.now()),
        is_connected=found.facts.is_connected,
        connected_at=found.connected_at,
        heard_at=found.facts.heard_at,
        free_bytes=found.free_bytes,
        version=found.version,
        errors=[ErrorLine(**row) for row in map(_error, reads.list_errors(recorder_id))],
    )


@router.post(
    "/recorders/{int:recorder_id}/revoke", response={204: None, REFUSED: Refusal}, operation_id="revokeRecorder"
)
def revoke(request: HttpRequest, recorder_id: int) -> Any:
    """Its token is good no more; connect it again with a new code."""
    return _done(actions.revoke_recorder(recorder_id, actor=_person(request), now=timezone.now()))


@router.post("/recorders/{int:recorder_id}/block", response={204: None, REFUSED: Refusal}, operation_id="blockRecorder")
def block(request: HttpRequest, recorder_id: int, wanted: BlockWanted) -> Any:
    """Take nothing from it for now, or let it in again."""
    who = _person(request)
    return _done(actions.block_recorder(recorder_id, is_blocked=wanted.is_blocked, actor=who, now=timezone.now()))


def _person(request: HttpRequest) -> Actor:
    return actor.from_request(request, channel=Channel.API)


def _error(row: reads.ErrorRow) -> dict[str, Any]:
    return {
        "severity": row.severity,
        "type": row.type,
        "code": row.code,
        "text": row.text,
        "at": row.at,
        "heard_at": row.heard_at,
    }


def _done(decision: Decision) -> Any:
    return Status(204, None) if decision.is_permitted else told(decision)
