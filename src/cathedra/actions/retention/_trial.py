"""A rule tried on a library that is too large to wait for: asked for at a page, done by a job (R127, R132)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from cathedra.actions.retention import _plan
from cathedra.db.reads import people
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.people import StaffArea, decide_enter
from cathedra.domain.retention import Facts, Rule
from cathedra.domain.terms import Actor, Decision, permit

_LOST = timedelta(hours=1)  # nobody works on it any more, and it may be asked for again
_KEPT = timedelta(days=30)


def ask_trial(rule: Rule | None, *, actor: Actor, now: datetime) -> Decision:
    """What a rule, or with None what is set here, would do over the next years: a job looks. One that is on its way for
    the same rule goes on (R53)."""
    roles = people.system_roles(actor.account_id) if actor.account_id else ()
    decision = decide_enter(roles, StaffArea.RETENTION)
    if not decision.is_permitted:
        return decision
    with transaction():
        last = reads.find_trial(rule)
        if last is not None and last.ended_at is None and now - last.asked_at < _LOST:
            return permit()
        writes.forget_trials(before=now - _KEPT)
        trial_id = writes.add_trial(rule, recordings=reads.count_recordings(), by=actor.account_id, now=now)
        jobs.enqueue([Job(JobKind.TRY_RETENTION, {"trial_id": str(trial_id)}, lock="retention-trial")])
        facts = {"profile": rule.profile.value if rule else "", "days": rule.days if rule else 0}
        audit.record(actor, "run:try", target_kind="run", target_id=trial_id, now=now, facts=facts)
    return decision


def make_trial(trial_id: UUID, *, now: datetime) -> bool:
    """The job. Nothing of the library is changed, and memory stays flat; killed, it begins again. False when there is
    nothing left to do."""
    try:
        row = reads.get_trial(trial_id)
    except reads.TrialNotFound:
        return False
    if row.ended_at is not None:
        return False
    every = _followed(trial_id, now)
    rule = _plan.with_folders(row.rule or reads.rule())
    tallies = retention.simulate(every, rule, calendar=reads.calendar(), now=now)
    with transaction():
        return writes.end_trial(trial_id, tallies, now=now)


def _followed(trial_id: UUID, now: datetime) -> Iterator[Facts]:
    looked_at = 0
    for page in _plan.each_page(now):
        yield from page
        looked_at += len(page)
        with transaction():
            writes.set_looked_at(trial_id, looked_at)


def abandon_trial(trial_id: UUID, *, now: datetime) -> bool:
    """It could not be done: whoever looks is told so."""
    with transaction():
        return writes.end_trial(trial_id, None, now=now)
