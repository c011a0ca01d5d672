"""Verbs of the acceptable use policy as rules: activate a version, try one on the whole library."""

from datetime import datetime

from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.policy import DryRun, UsePolicy
from cathedra.domain.terms import Actor, Channel, Decision


def activate_use_policy(version: UsePolicy, *, text: str, why: str, actor: Actor, now: datetime) -> Decision:
    """Make a version hold from the commit on; `text` is its file, word by word. Of two at once, one is refused.

    What was declared before keeps the verdict it had: nothing is judged again silently."""
    report = policy.check(version)
    with transaction():
        writes.hold_activation()
        is_operator = actor.channel is Channel.CLI and actor.is_anonymous
        facts = reads.activate_facts(actor.account_id, is_operator=is_operator)
        decision = policy.decide_activation(facts, version, report, why=why)
        if decision.is_permitted:
            writes.add_use_policy(version, text=text, why=why.strip(), by=actor.account_id, now=now)
            told = {"version": version.version, "text_hash": policy.text_hash(text)}
            audit.record(
                actor, "policy:activate", target_kind="policy", target_id=version.name, now=now, reason=why, facts=told
            )
    return decision


def dry_run_use_policy(version: UsePolicy) -> DryRun:
    """What this version would make of everything that is kept and declared. Changes nothing, and holds no lock."""
    return policy.dry_run(version, reads.iterate_declared())
