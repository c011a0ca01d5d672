"""What the calendar and the post do to grants: deliveries make them count, reviews come due, time ends them."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.grants._defer import release
from cathedra.actions.grants._end import close
from cathedra.actions.grants._saying import tell_owner, tell_owners
from cathedra.db.reads import grants as reads
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import GrantId
from cathedra.domain.terms import Actor


@dataclass(frozen=True, slots=True)
class Tended:
    """What the look at grants did; nothing worth a line when all is nought."""

    live: int = 0
    told: int = 0
    disclosed: int = 0
    ended: int = 0

    def __bool__(self) -> bool:
        return bool(self.live or self.told or self.disclosed or self.ended)


def tend_grants(*, actor: Actor, now: datetime) -> Tended:
    """Once a minute, each in its own transaction and idempotent. Rights end by the decision itself, not by this (R149)."""
    disclosed = sum(_disclose(grant_id, actor=actor, now=now) for grant_id in reads.due_for_review(now))
    ended = sum(_end(grant_id, actor=actor, now=now) for grant_id in reads.due_to_end(now))
    told = sum(_tell_new(grant_id, actor=actor, now=now) for grant_id in reads.open_folder_grants(now))
    live = 0
    for delivery in reads.waiting_deliveries():
        if delivery.is_delivered:
            live += _make_live(delivery, actor=actor, now=now)
        elif delivery.is_lost:
            told += _tell_next(delivery, actor=actor, now=now)
    told += sum(_tell_next(delivery, actor=actor, now=now) for delivery in reads.returned_deliveries())
    return Tended(live=live, told=told, disclosed=disclosed, ended=ended)


def _disclose(grant_id: GrantId, *, actor: Actor, now: datetime) -> int:
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        if not grant.facts.is_notice_held or grant.facts.review_at is None or now < grant.facts.review_at:
            return 0  # somebody told, or renewed, a moment ago
        release(grant, actor=actor, now=now)
    return 1


def _end(grant_id: GrantId, *, actor: Actor, now: datetime) -> int:
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        if grant.ended_at is not None or not grant.facts.is_over(now):
            return 0
        ended_at = grant.facts.revoked_at or grant.facts.ends_at
        audit.record(
            actor,
            "grant:end",
            target_kind="grant",
            target_id=grant_id,
            now=now,
            facts={"grant_id": str(grant_id), "ended_at": ended_at.isoformat()},
        )
        close(grant, ended_at=ended_at, actor=actor, now=now)
    return 1


def _tell_new(grant_id: GrantId, *, actor: Actor, now: datetime) -> int:
    """Recordings come into a folder and change hands: whoever owns something of it now is told too."""
    if not _untold(grant_id):
        return 0
    with transaction():
        grant = reads.get_grant(grant_id, lock=True)
        if grant.facts.is_over(now) or grant.facts.is_notice_held:
            return 0
        return len(tell_owners(grant, besides=reads.told_owners(grant_id), actor=actor, now=now))


def _untold(grant_id: GrantId) -> bool:
    return bool({owner.id for owner in reads.owners_of(grant_id)} - reads.told_owners(grant_id))


def _make_live(delivery: reads.Delivery, *, actor: Actor, now: datetime) -> int:
    with transaction():
        if not writes.set_live(delivery.telling_id, now=now):
            return 0
        audit.record(
            actor,
            "grant:deliver_notice",
            target_kind="grant",
            target_id=delivery.grant_id,
            now=now,
            facts={
                "owner_id": str(delivery.owner_id),
                "told": delivery.informed.value,
                "grant_id": str(delivery.grant_id),
            },
        )
    return 1


def _tell_next(delivery: reads.Delivery, *, actor: Actor, now: datetime) -> int:
    """The letter came back: R147's next in line is told instead, and for this owner's recordings the grant counts once
    they were."""
    with transaction():
        grant = reads.get_grant(delivery.grant_id, lock=True)
        owner = next((each for each in reads.owners_of(grant.id) if each.id == delivery.owner_id), None)
        if owner is None or grant.facts.is_over(now):
            return 0
        tell_owner(grant, owner, access.after(delivery.informed), actor=actor, now=now)
    return 1
