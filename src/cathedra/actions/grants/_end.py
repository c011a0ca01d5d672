"""How grants end: by time, by a service administrator, because their holder is staff no more (R143, R149)."""

from datetime import datetime

from cathedra.actions.grants._defer import release
from cathedra.actions.grants._may import is_service_admin
from cathedra.actions.grants._saying import tell_of_end
from cathedra.db.reads import grants as reads
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import GrantId
from cathedra.domain.terms import AccountId, Actor, Decision


def revoke_grant(grant_id: GrantId, *, reason: str = "", actor: Actor, now: datetime) -> Decision:
    """End a grant from the next question on; its owner is told how it was used. Raises GrantNotFound."""
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        decision = access.decide_revoke(grant.facts, is_service_admin=is_service_admin(actor), now=now)
        if decision.is_permitted:
            _revoke(grant, reason=" ".join(reason.split())[:2000], actor=actor, now=now)
    return decision


def end_grants_of(account_id: AccountId, *, reason: str, actor: Actor, now: datetime) -> int:
    """R143: end everything that somebody holds who stopped being staff or whose account was closed. Returns how many.

    For verbs of people, inside their transaction: it ends with the change or not at all.
    """
    held = reads.grants_held_by(account_id)
    for grant_id in held:
        _revoke(reads.get_grant(grant_id, lock=True), reason=reason, actor=actor, now=now)
    return len(held)


def _revoke(grant: reads.GrantRow, *, reason: str, actor: Actor, now: datetime) -> None:
    if not writes.set_revoked(grant.id, by=actor.account_id, reason=reason, now=now):
        return
    audit.record(
        actor,
        "grant:revoke",
        target_kind="grant",
        target_id=grant.id,
        now=now,
        facts={"grant_id": str(grant.id), "grantee": str(grant.grantee_id)},
        reason=reason,
    )
    close(grant, ended_at=now, actor=actor, now=now)


def close(grant: reads.GrantRow, *, ended_at: datetime, actor: Actor, now: datetime) -> bool:
    """Deal with the end once: the owner gets a summary of use, unless they are not told of the grant yet (R149, R147).
    Inside the caller's transaction. False when it was done before."""
    if not writes.set_ended(grant.id, now=now):
        return False
    if not grant.facts.is_notice_held:
        tell_of_end(grant, ended_at=ended_at, now=now)
    elif not grant.facts.deferred_reason:  # nobody ever wrote down why not, and nothing was seen: nothing is held back
        release(reads.get_grant(grant.id), actor=actor, now=now)
    return True
