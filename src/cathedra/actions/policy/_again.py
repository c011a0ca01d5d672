"""A chosen set of recordings is looked at again (R16): cases open, and every verdict stays until it is decided anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.policy import _cases
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people
from cathedra.db.reads import policy as reads
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.people import SystemRole
from cathedra.domain.policy import CaseCause, SetFacts
from cathedra.domain.terms import Actor, Decision, RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """What became of the set: cases that were opened; recordings that have an open one already; those that are not
    there, or not to be looked at."""

    opened: int = 0
    waiting: int = 0
    left_out: int = 0


def look_again(
    recording_ids: Collection[RecordingId], *, why: str, actor: Actor, now: datetime
) -> LookedAgain | Decision:
    """The service chooses recordings of which somebody decides anew, under the policy that holds now. Repeated, nothing
    opens twice."""
    chosen = sorted(set(recording_ids))
    with transaction():
        roles = people.get_person(actor.account_id).system_roles if actor.account_id else ()
        facts = SetFacts(is_service_admin=SystemRole.SERVICE_ADMIN in roles, count=len(chosen), why=why)
        decision = policy.decide_looking_again(facts)
        if not decision.is_permitted:
            return decision
        if policy_in_force() is None:
            return policy.no_version()
        found = [_open(recording_id, why.replace("\0", "").strip(), actor, now) for recording_id in chosen]
    return LookedAgain(found.count("opened"), found.count("waiting"), found.count("left out"))


def _open(recording_id: RecordingId, why: str, actor: Actor, now: datetime) -> str:
    try:
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    except RecordingNotFound:
        return "left out"
    if facts.is_in_intake or facts.media.keeping not in ("ONLINE", "ARCHIVED", "RESTORING"):
        return "left out"
    if reads.find_case(recording_id) is not None:
        return "waiting"
    _cases.open_case(recording_id, CaseCause.AGAIN, why=why, actor=actor, now=now)
    return "opened"
