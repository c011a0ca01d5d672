"""When the owner is not told at once: the second person's reason, its renewal, and telling after all (R147)."""

from datetime import datetime

from cathedra.actions.grants._may import is_service_admin
from cathedra.actions.grants._saying import tell_of_end, tell_owners
from cathedra.db.reads import grants as reads
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import DeferGround, GrantId, GrantPolicy, Second
from cathedra.domain.terms import Actor, Decision


def defer_notice(
    grant_id: GrantId,
    *,
    ground: str,
    reason: str,
    review_at: datetime,
    policy: GrantPolicy,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Write down why the owner must not be told before the review, or renew that with a fresh reason; `ground` says which
    of the two that R147 knows it is. It is what makes the grant count. Raises GrantNotFound."""
    told = " ".join(reason.split())
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        who = Second(
            is_service_admin=is_service_admin(actor),
            is_giver=actor.account_id == grant.giver_id,
            is_grantee=actor.account_id == grant.grantee_id,
        )
        decision = access.decide_defer(
            grant.facts, who, ground=ground, reason=told, review_at=review_at, policy=policy, now=now
        )
        if actor.account_id is None or not decision.is_permitted:
            return decision
        writes.set_deferred(
            grant_id, ground=DeferGround(ground), reason=told, by=actor.account_id, review_at=review_at, now=now
        )
        audit.record(
            actor,
            "grant:defer_notice",
            target_kind="grant",
            target_id=grant_id,
            now=now,
            before={"review_at": grant.facts.review_at.isoformat()} if grant.facts.review_at else None,
            after={"review_at": review_at.isoformat(), "ground": ground},
            facts={"policy": policy.name, "grant_id": str(grant_id)},
            reason=told,
        )
    return decision


def tell_now(grant_id: GrantId, *, actor: Actor, now: datetime) -> Decision:
    """Tell the owner of a grant whose notice was held back. Raises GrantNotFound."""
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        decision = access.decide_tell_now(grant.facts, is_service_admin=is_service_admin(actor))
        if decision.is_permitted:
            release(grant, actor=actor, now=now)
    return decision


def release(grant: reads.GrantRow, *, actor: Actor, now: datetime) -> None:
    """Tell of a grant after all, and of its end when it has ended. Inside the caller's transaction."""
    if not writes.release_notice(grant.id):
        return
    tell_owners(grant, besides=reads.told_owners(grant.id), actor=actor, now=now)
    if grant.ended_at is not None:
        tell_of_end(grant, ended_at=grant.facts.revoked_at or grant.facts.ends_at, now=now)
