"""Cases come about: a declaration leaves something open, somebody reports, an exemption ends (R86, R88, R89)."""

from datetime import datetime
from uuid import UUID

from cathedra.actions.policy import _holds, _tell
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, policy
from cathedra.domain.policy import AfterDeclaring, CaseCause, CaseState, Finding, UseHold, UsePolicy, Verdict
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, RecordingNotFound, deny, permit
from cathedra.domain.terms import gettext_noop as _

_OPEN = frozenset(CaseState) - {CaseState.CLOSED}
_CORRECTED = "The owner has corrected the declaration; please look again."


def follow_declaration(
    recording_id: RecordingId, version: UsePolicy, finding: Finding, *, actor: Actor, now: datetime
) -> None:
    """In the transaction that keeps a declaration: the case it opens, opens again or settles, and what it lets go."""
    case = reads.find_case(recording_id)
    is_refused = UseHold.NOT_PERMITTED in reads.use_holds(recording_id)
    match policy.after_declaring(case.standing if case else None, finding.verdict, is_held_as_refused=is_refused):
        case AfterDeclaring.OPEN_CASE:
            case_id = open_case(recording_id, CaseCause.REFERRED, actor=actor, now=now)
            _tell.referred(case_id, recording_id, version, finding, now=now)
            if not is_refused:
                _hold_as_referred(recording_id, actor=actor, now=now)
        case AfterDeclaring.LET_GO:
            _holds.let_go(recording_id, actor=actor, now=now)
        case AfterDeclaring.REFER if case is not None:
            _refer(case, version, finding, actor=actor, now=now)
        case AfterDeclaring.SETTLE if case is not None:
            _settle(case, actor=actor, now=now)
        case AfterDeclaring.REOPEN_CASE if case is not None:
            _reopen(case, version, actor=actor, now=now)
        case _:
            pass


def open_case(recording_id: RecordingId, cause: CaseCause, *, why: str = "", actor: Actor, now: datetime) -> UUID:
    """In the caller's transaction, which holds the recording's row and found no open case."""
    case_id = writes.add_case(recording_id, cause, why=why, by=actor.account_id, now=now)
    told = {"case_id": str(case_id), "cause": cause} | ({"why": why} if why else {})
    audit.record(actor, "recording:refer", target_kind="recording", target_id=recording_id, now=now, facts=told)
    return case_id


def _hold_as_referred(recording_id: RecordingId, *, actor: Actor, now: datetime) -> None:
    """What has left processing is held at once (R86); what comes in is held at its end (R87)."""
    if publishing_reads.submission(recording_id).is_ready:
        _holds.hold(recording_id, UseHold.REFERRED, actor=actor, now=now)


def _refer(case: reads.CaseRow, version: UsePolicy, finding: Finding, *, actor: Actor, now: datetime) -> None:
    """R86, where a case is open that others began: it is held, both sides hear of it once, and of what the desk chose the
    two working days begin now."""
    if UseHold.REFERRED in reads.use_holds(case.recording_id):
        return
    if case.standing.cause is CaseCause.AGAIN:
        writes.move_case(case.id, sources=[CaseState.OPEN], to=CaseState.OPEN, opened_at=now)
    told = {"case_id": str(case.id), "cause": CaseCause.REFERRED}
    audit.record(actor, "recording:refer", target_kind="recording", target_id=case.recording_id, now=now, facts=told)
    _tell.referred(case.id, case.recording_id, version, finding, now=now)
    _hold_as_referred(case.recording_id, actor=actor, now=now)


def _settle(case: reads.CaseRow, *, actor: Actor, now: datetime) -> None:
    """The owner has answered what was open, and nothing is: the case needs nobody any more."""
    changes = {"verdict": None, "closed_at": now, "proposed_by_id": None}
    if writes.move_case(case.id, sources=[CaseState.OPEN], to=CaseState.CLOSED, **changes):
        told = {"case_id": str(case.id)}
        audit.record(
            actor, "recording:settle_case", target_kind="recording", target_id=case.recording_id, now=now, facts=told
        )
        _holds.let_go(case.recording_id, actor=actor, now=now)


def end_purged(case_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """What the case was about is destroyed, so there is nothing left to decide. False when it is closed already."""
    with transaction():
        case = reads.get_case(case_id, lock=True)
        is_ended = writes.move_case(case_id, sources=list(_OPEN), to=CaseState.CLOSED, closed_at=now)
        if is_ended:
            told = {"case_id": str(case_id)}
            audit.record(
                actor, "recording:end_case", target_kind="recording", target_id=case.recording_id, now=now, facts=told
            )
    return is_ended


def _reopen(case: reads.CaseRow, version: UsePolicy, *, actor: Actor, now: datetime) -> None:
    """R90: a corrected declaration is looked at again; it stays held as it is, and nothing is removed meanwhile."""
    changes = {"opened_at": now, "reminded_at": None, "warned_at": None}
    if writes.move_case(case.id, sources=[CaseState.REFUSED], to=CaseState.OPEN, **changes):
        told = {"case_id": str(case.id), "cause": "corrected"}
        audit.record(
            actor, "recording:refer", target_kind="recording", target_id=case.recording_id, now=now, facts=told
        )
        event = f"case:{case.id}:{now.isoformat()}"
        _tell.asked(case.id, case.recording_id, version, why=_CORRECTED, event=event, now=now)


def report_use(recording_id: RecordingId, text: str, *, actor: Actor, now: datetime) -> Decision:
    """R88: somebody who can view a recording says that it is outside the policy. Nothing is hidden by that; the service
    is asked, and the owner is never told who it was."""
    with transaction():
        try:
            facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        except RecordingNotFound:
            return access.no_permission()
        said = text.replace("\0", "").strip()
        decision = policy.decide_report(access.decide(facts, access.Action.VIEW, now), said)
        version = policy_in_force()
        if not decision.is_permitted:
            return decision
        if actor.account_id is None:
            return deny(Code.SIGN_IN, "R88", _("Sign in to report a recording."))
        if version is None:
            return policy.no_version()
        case = reads.find_case(recording_id)
        case_id = case.id if case else writes.add_case(recording_id, CaseCause.REPORTED, by=None, now=now)
        if writes.add_report(case_id, reporter=actor.account_id, text=said, now=now):
            told = {"case_id": str(case_id)}
            audit.record(
                actor, "recording:report", target_kind="recording", target_id=recording_id, now=now, facts=told
            )
            _tell.asked(case_id, recording_id, version, why=said, event=f"report:{case_id}:{actor.account_id}", now=now)
    return permit()


def lapse(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """R89: its exemption has ended, so somebody decides anew, and it is held meanwhile. False when somebody asks
    already."""
    with transaction():
        access_reads.recording_facts(None, recording_id, lock=True)
        version = policy_in_force()
        is_lapsed = reads.find_use_verdict(recording_id, now) is Verdict.REFERRED
        if version is None or not is_lapsed or reads.find_case(recording_id) is not None:
            return False
        case_id = open_case(recording_id, CaseCause.LAPSED, actor=actor, now=now)
        why = "Its exemption has ended."
        _tell.asked(case_id, recording_id, version, why=why, event=f"case:{case_id}", now=now)
        _hold_as_referred(recording_id, actor=actor, now=now)
    return True
