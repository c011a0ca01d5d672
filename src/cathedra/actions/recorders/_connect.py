"""Connect a recorder: a code for half an hour, which it gives for a token once; take that back, block it, let it in again
(R158, R14)."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from cathedra.db.reads import people as people_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import recorders as reads
from cathedra.db.writes import audit
from cathedra.db.writes import recorders as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.people import SystemRole
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import AccountId, Actor, Channel, Decision, Device, permit

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another one
_CODE_LETTERS, _GROUP = 16, 4
_RUNS_IT = frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN})
VERSION_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """Told once, to whoever asked: the row keeps its digest."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ConnectedRecorder:
    """Told once, to the recorder: the row keeps the digest of its token."""

    token: str
    device: Device


def issue_code(recorder_id: int, *, actor: Actor, now: datetime) -> IssuedCode | Decision:
    """Make the code by which a recorder is connected, in place of any other; who makes it answers for it (R14). What it
    is connected by goes on until the code is used. Raises RecorderNotFound."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS))
    expires_at = now + ingest.CODE_LASTS
    with transaction():
        decision = _decide(recorder_id, actor)
        if not decision.is_permitted:
            return decision
        writes.set_code(recorder_id, _digest(code), expires_at=expires_at, by=actor.account_id)
        told = {"expires_at": expires_at.isoformat()}
        audit.record(
            actor, "recorder:issue_code", target_kind="recorder", target_id=str(recorder_id), now=now, facts=told
        )
    groups = [code[at : at + _GROUP] for at in range(0, _CODE_LETTERS, _GROUP)]
    return IssuedCode("-".join(groups), expires_at)


def connect_recorder(code: str, *, version: str, actor: Actor, now: datetime) -> ConnectedRecorder | Decision:
    """A recorder gives a code for its token: once, of two at the same moment one. An older token of it is good no more."""
    digest, token = _digest(_plain(code)), secrets.token_urlsafe(32)
    with transaction():
        found = reads.find_code(digest, lock=True)
        decision = ingest.decide_connect(_facts(found), now=now)
        if found is None or not decision.is_permitted:
            return decision
        shown = version.replace("\0", "")[:VERSION_CHARACTERS]
        if not writes.use_code(digest, token_digest=_digest(token), version=shown, now=now):
            return ingest.decide_connect(None, now=now)
        itself = replace(actor, account_id=None, channel=Channel.RECORDER, device=found.device)
        audit.record(
            itself,
            "recorder:connect",
            target_kind="recorder",
            target_id=str(found.device.recorder_id),
            now=now,
            on_behalf_of=found.configured_by,
        )
    return ConnectedRecorder(token, found.device)


def find_by_token(token: str) -> reads.Connected | None:
    """Whose token a recorder shows; None for any that is not good now. For the doors."""
    return reads.find_connected(_digest(token)) if token else None


def revoke_recorder(recorder_id: int, *, actor: Actor, now: datetime) -> Decision:
    """Its token and its code are good no more; it is connected again by a new code. Raises RecorderNotFound."""
    with transaction():
        decision = _decide(recorder_id, actor, may_be_retired=True)
        if decision.is_permitted and writes.revoke(recorder_id):
            audit.record(actor, "recorder:revoke", target_kind="recorder", target_id=str(recorder_id), now=now)
    return decision


def block_recorder(recorder_id: int, *, is_blocked: bool, actor: Actor, now: datetime) -> Decision:
    """Nothing is taken from it and nothing told to it until it is let in again, with the token that it has (R158). Raises
    RecorderNotFound."""
    with transaction():
        decision = _decide(recorder_id, actor, may_be_retired=True)
        if decision.is_permitted and writes.set_blocked(recorder_id, now if is_blocked else None):
            verb = "recorder:block" if is_blocked else "recorder:unblock"
            audit.record(actor, verb, target_kind="recorder", target_id=str(recorder_id), now=now)
    return decision


def decide_look(recorder_id: int, *, actor: Actor) -> Decision:
    """May somebody see how it is connected and what it reported? Whoever may connect it. Raises RecorderNotFound."""
    return _decide(recorder_id, actor, may_be_retired=True, lock=False)


def _decide(recorder_id: int, actor: Actor, *, may_be_retired: bool = False, lock: bool = True) -> Decision:
    found = reads.get_configured(recorder_id, actor.account_id, lock=lock)
    runs_it = actor.account_id is not None and not _RUNS_IT.isdisjoint(people_reads.system_roles(actor.account_id))
    decision = ingest.decide_configure(may=found.looks_after or runs_it, is_retired=found.is_retired)
    return permit() if may_be_retired and (found.looks_after or runs_it) else decision


def _facts(found: reads.FoundCode | None) -> ingest.CodeFacts | None:
    if found is None:
        return None
    return replace(found.facts, configurer_stands=found.facts.configurer_stands and _has_accepted(found.configured_by))


def _has_accepted(account_id: AccountId | None) -> bool:
    """R14: whoever configures a recorder has accepted the terms. Asked when it is connected; later terms stop no lecture."""
    return account_id is not None and TermsDocument.EULA not in policy_reads.unaccepted(account_id)


def _plain(code: str) -> str:
    """As it was made, however it is typed."""
    return "".join(letter for letter in code.upper() if letter in _LETTERS)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
