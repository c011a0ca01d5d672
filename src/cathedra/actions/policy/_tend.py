"""What the calendar does to cases: reminders, the warning, the bin, exemptions that end (R86, R89, R90, N15, N16, N19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from cathedra.actions import retention as retention_actions
from cathedra.actions.policy import _by_hand, _cases, _tell
from cathedra.actions.policy._decide import tell_if_repeated
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.library import Keeping
from cathedra.domain.policy import CaseState, UsePolicy
from cathedra.domain.terms import Actor, RecordingId

_REMINDED_WITHIN = timedelta(days=37)  # 30 after the last reminder of N16


@dataclass(frozen=True, slots=True)
class TendedCases:
    """What the look at cases did; nothing worth a line when all is nought."""

    reminded: int = 0
    warned: int = 0
    removed: int = 0
    lapsed: int = 0
    ended: int = 0
    taken_down: int = 0

    def __bool__(self) -> bool:
        return bool(self.reminded or self.warned or self.removed or self.lapsed or self.ended or self.taken_down)


def tend_cases(*, actor: Actor, now: datetime, page: int = 500) -> TendedCases:
    """Every hour, each in its own transaction and idempotent: killed at any line, the next run goes on."""
    taken_down = _by_hand.tend_takedowns(actor=actor, now=now)
    version = policy_in_force()
    if version is None:
        return TendedCases(taken_down=taken_down)
    reminded = sum(_remind(case, version, actor=actor, now=now) for case in reads.due_reminders())
    _remind_undeclared(now, page)
    warned = sum(_warn(case_id, version, now) for case_id in reads.due_warnings(now + _by_hand.SOON))
    removed = sum(remove_refused(case_id, actor=actor, now=now) for case_id in reads.due_removals(now))
    lapsed = sum(_cases.lapse(recording_id, actor=actor, now=now) for recording_id in reads.lapsed_exemptions(now))
    ended = sum(_cases.end_purged(case_id, actor=actor, now=now) for case_id in reads.cases_of_purged())
    return TendedCases(reminded, warned, removed, lapsed, ended, taken_down)


def _remind(case: reads.CaseRow, version: UsePolicy, *, actor: Actor, now: datetime) -> int:
    if not policy.is_overdue(localtime(case.opened_at), localtime(now), days=version.referral_days):
        return 0
    with transaction():
        again = reads.get_case(case.id, lock=True)
        if again.standing.state is not CaseState.OPEN:
            return 0  # decided a moment ago
        writes.move_case(case.id, sources=[CaseState.OPEN], to=CaseState.OPEN, reminded_at=now)
        _tell.overdue(again, version, now=now)
    return 1


def _remind_undeclared(now: datetime, page: int) -> None:
    """N16 after three and seven days, of however many; a notice of an event is sent once, whatever repeats this. A look
    that came a month late is no reminder any more."""
    after: RecordingId | None = None
    while some := reads.due_undeclared(now - _REMINDED_WITHIN, now, after=after, limit=page):
        for held in some:
            days = policy.undeclared_reminder(held.since, now)
            if days is not None:
                with transaction():
                    _tell.undeclared(
                        held.recording_id,
                        held.title,
                        held.folder_name,
                        held.owner_id,
                        event=f"{held.since.isoformat()}:{days}",
                        now=now,
                    )
        after = some[-1].recording_id


def _warn(case_id: UUID, version: UsePolicy, now: datetime) -> int:
    """N19, seven days before; where the look came late, the days of grace last until those are over."""
    with transaction():
        case = reads.get_case(case_id, lock=True)
        until = case.standing.grace_until
        if case.standing.state is not CaseState.REFUSED or until is None or case.warned_at is not None:
            return 0
        until = policy.removed_at(until, now, grace_days=version.grace_days)
        changes = {"warned_at": now, "grace_until": until}
        writes.move_case(case_id, sources=[CaseState.REFUSED], to=CaseState.REFUSED, **changes)
        _tell.removal_soon(reads.get_case(case_id), now=now)
    return 1


def remove_refused(case_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """T29: the days of grace are over and nobody has appealed: to the bin, from where only the service takes it out
    (T35) and where it is purged like everything that lies there. What its owner has put there meanwhile stays there on
    the same terms. Not while something else holds it (R126), nor on its way back from the archive. False when there is
    nothing to do now."""
    with transaction():
        case = reads.get_case(case_id, lock=True)
        if not _is_due(case, now) or reads.has_other_hold(case.recording_id):
            return False
        facts = access_reads.recording_facts(None, case.recording_id)
        if facts.media.keeping == Keeping.RESTORING:
            return False
        writes.move_case(case_id, sources=[CaseState.REFUSED], to=CaseState.CLOSED, closed_at=now)
        told = {"case_id": str(case_id)}
        audit.record(
            actor, "recording:remove_refused", target_kind="recording", target_id=case.recording_id, now=now, facts=told
        )
        is_moved = retention_actions.recycle_by_decision(case.recording_id, reason=case.reason, actor=actor, now=now)
        tell_if_repeated(reads.get_case(case_id), now=now)  # now that nobody has appealed it is confirmed
        if is_moved:
            _tell.removed(case, now=now)
    return is_moved


def _is_due(case: reads.CaseRow, now: datetime) -> bool:
    until, verdict = case.standing.grace_until, case.standing.verdict
    if case.standing.state is not CaseState.REFUSED or until is None or verdict is None:
        return False
    return policy.is_removal_due(verdict, until, now, is_appeal_open=False)
