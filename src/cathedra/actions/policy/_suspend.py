"""Whoever runs the service suspends somebody's Creator rights in personal folders, or gives them back (R91). The product
never does so by itself."""

from datetime import datetime
from uuid import UUID

from cathedra.actions.policy import _tell
from cathedra.actions.policy._decide import facts_of
from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.terms import Actor, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def suspend_creator(case_id: UUID, reason: str, *, actor: Actor, now: datetime) -> Decision:
    """Of the owner of the recording of a case; they are told. Raises CaseNotFound."""
    said = reason.replace("\0", "").strip()
    with transaction():
        case = reads.get_case(case_id, lock=True)
        facts = facts_of(case, actor)
        if facts is None or actor.account_id is None:
            return _nothing()
        is_suspended = reads.find_suspension(case.owner_id) is not None
        breaches = reads.breaches_of(case.owner_id, now)
        decision = policy.decide_suspension(facts, breaches, said, now, is_suspended=is_suspended)
        if decision.is_permitted and writes.suspend_creator(case.owner_id, reason=said, by=actor.account_id, now=now):
            _record(case, "account:suspend_creator", actor, now, reason=said)
            _tell.suspended(case.owner_id, said, now=now)
    return decision


def end_suspension(case_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """They are Creators of their personal folders again, and are told. Raises CaseNotFound."""
    with transaction():
        case = reads.get_case(case_id, lock=True)
        facts = facts_of(case, actor)
        if facts is None or actor.account_id is None:
            return _nothing()
        is_suspended = reads.find_suspension(case.owner_id) is not None
        decision = policy.decide_end_of_suspension(facts, is_suspended=is_suspended)
        if not decision.is_permitted:
            return decision
        if writes.end_suspension(case.owner_id, by=actor.account_id, now=now):
            _record(case, "account:end_suspension", actor, now)
            _tell.suspension_ended(case.owner_id, now=now)
    return permit()


def _record(case: reads.CaseRow, action: str, actor: Actor, now: datetime, *, reason: str = "") -> None:
    told = {"case_id": str(case.id)}
    audit.record(actor, action, target_kind="account", target_id=case.owner_id, now=now, reason=reason, facts=told)


def _nothing() -> Decision:
    return deny(Code.NO_PERMISSION, "R91", _("There is nothing here, or you may not see it."))
