"""The desk decides, a second person consents, the owner appeals (R89 to R92)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cathedra.actions.policy import _holds, _tell
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people
from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.people import SystemRole
from cathedra.domain.policy import (
    WAITING,
    Advice,
    AppealFacts,
    CaseState,
    Requirement,
    Review,
    ReviewFacts,
    UseHold,
    UsePolicy,
    Verdict,
)
from cathedra.domain.terms import AccountId, Actor, Code, Decision, RecordingId, RecordingNotFound, deny, permit
from cathedra.domain.terms import gettext_noop as _

_SOMEBODY = AccountId(UUID(int=0))  # stands for whoever consents later, while an exemption is only proposed
_STAYS = _("It may stay.")
_STAYS_REFUSED = _("It does not fit the acceptable-use policy.")


@dataclass(frozen=True, slots=True)
class ReviewWish:
    """What a reviewer decides. An exemption is a proposal until a second service administrator consents."""

    verdict: Verdict
    reason: str
    failed: frozenset[Requirement] = frozenset()
    stays_visible: bool = False
    exempt_until: datetime | None = None


def decide_case(case_id: UUID, wish: ReviewWish, *, actor: Actor, now: datetime) -> Decision:
    """A service administrator who is not the owner decides (R89); an appeal goes to another one, once (R92). Of two at
    once, one is told that it is decided. Raises CaseNotFound."""
    with transaction():
        case = _load(case_id)
        facts = facts_of(case, actor)
        if facts is None:
            return _nothing()
        version = policy_in_force()
        if version is None:
            return policy.no_version()
        is_exemption = wish.verdict is Verdict.EXEMPT
        seconded = replace(facts, seconded_by=_SOMEBODY) if is_exemption else facts
        review = Review(wish.verdict, wish.reason, wish.exempt_until)
        for decision in (
            policy.decide_review(seconded, review, now),
            policy.decide_turn(case.standing),
            policy.decide_failed(wish.verdict, wish.failed),
        ):
            if not decision.is_permitted:
                return decision
        if is_exemption:
            return _propose(case, wish, actor=actor, now=now)
        return _apply(case, wish, version, by=facts.reviewer, actor=actor, now=now)


def consent_to_exemption(case_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """The second service administrator agrees to what the first proposed (R89). Raises CaseNotFound."""
    with transaction():
        case = _load(case_id)
        facts = facts_of(case, actor)
        if facts is None or not facts.is_service_admin:
            return _nothing()
        decision = policy.decide_consent(proposer=case.proposed_by, consents=facts.reviewer)
        if not decision.is_permitted or case.proposed_by is None:
            return decision
        proposal = _about(case, case.proposed_by, seconded_by=facts.reviewer)
        review = Review(Verdict.EXEMPT, case.proposed_why, case.proposed_until)
        for decision in (policy.decide_review(proposal, review, now), policy.decide_turn(case.standing)):
            if not decision.is_permitted:
                return decision
        if facts.reviewer == case.owner_id:
            return deny(Code.CONFLICT, "R89", _("This recording is yours, so somebody else has to decide."))
        wish = ReviewWish(Verdict.EXEMPT, case.proposed_why, exempt_until=case.proposed_until)
        version = policy_in_force()
        if version is None:
            return policy.no_version()
        by, seconder = case.proposed_by, facts.reviewer
        return _apply(case, wish, version, by=by, consented_by=seconder, actor=actor, now=now)


def _load(case_id: UUID) -> reads.CaseRow:
    """Held, with its recording; and before that the folder, as who deletes it does: what is let go is offered there."""
    access_reads.keep_folder_of(reads.get_case(case_id).recording_id)
    return reads.get_case(case_id, lock=True)


def _nothing() -> Decision:
    return deny(Code.NO_PERMISSION, "R89", _("There is nothing here, or you may not see it."))


def facts_of(case: reads.CaseRow, actor: Actor) -> ReviewFacts | None:
    """Who decides about what; None for nobody."""
    return _about(case, actor.account_id) if actor.account_id else None


def _about(case: reads.CaseRow, reviewer: AccountId, *, seconded_by: AccountId | None = None) -> ReviewFacts:
    return ReviewFacts(
        reviewer=reviewer,
        is_service_admin=SystemRole.SERVICE_ADMIN in people.get_person(reviewer).system_roles,
        owner=case.owner_id,
        first_reviewer=case.decided_by,
        is_appealed=case.standing.state is CaseState.APPEALED,
        is_appeal_decided=case.standing.is_appeal_decided,
        seconded_by=seconded_by,
    )


def _propose(case: reads.CaseRow, wish: ReviewWish, *, actor: Actor, now: datetime) -> Decision:
    changes = {
        "proposed_by_id": actor.account_id,
        "proposed_until": wish.exempt_until,
        "proposed_why": wish.reason.strip(),
    }
    writes.move_case(case.id, sources=[case.standing.state], to=case.standing.state, **changes)
    told = {"case_id": str(case.id), "until": wish.exempt_until.isoformat() if wish.exempt_until else ""}
    audit.record(
        actor,
        "recording:propose_exemption",
        target_kind="recording",
        target_id=case.recording_id,
        now=now,
        reason=wish.reason,
        facts=told,
    )
    return permit()


def _apply(
    case: reads.CaseRow,
    wish: ReviewWish,
    version: UsePolicy,
    *,
    by: AccountId,
    consented_by: AccountId | None = None,
    actor: Actor,
    now: datetime,
) -> Decision:
    is_refused = wish.verdict is Verdict.NOT_PERMITTED
    is_appeal = case.standing.state is CaseState.APPEALED
    to = CaseState.REFUSED if is_refused else CaseState.CLOSED
    if not writes.move_case(case.id, sources=WAITING, to=to, **_changes(case, wish, version, by=by, now=now)):
        return policy.decide_turn(case.standing)
    _keep(case, wish, version, by=by, consented_by=consented_by, now=now)
    told = {"case_id": str(case.id), "verdict": wish.verdict, "failed": sorted(wish.failed), "appeal": is_appeal}
    audit.record(
        actor,
        "recording:decide_use",
        target_kind="recording",
        target_id=case.recording_id,
        now=now,
        reason=wish.reason,
        facts=told | {"policy": version.name},
    )
    _carry_out(reads.get_case(case.id), wish, version, actor=actor, now=now)
    if is_appeal:
        tell_if_repeated(reads.get_case(case.id), now=now)
        _tell.appeal_answered(reads.get_case(case.id), _STAYS_REFUSED if is_refused else _STAYS, now=now)
    return permit()


def _changes(
    case: reads.CaseRow, wish: ReviewWish, version: UsePolicy, *, by: AccountId, now: datetime
) -> dict[str, object]:
    """How the case stands once this is decided."""
    is_refused = wish.verdict is Verdict.NOT_PERMITTED
    is_appeal = case.standing.state is CaseState.APPEALED
    changes: dict[str, object] = {
        "verdict": wish.verdict,
        "reason": wish.reason.strip(),
        "failed": sorted(wish.failed) if is_refused else [],
        "decided_by_id": by,
        "decided_at": now,
        "owner_id": case.owner_id,
        "is_appeal_decided": case.standing.is_appeal_decided or is_appeal,
        "exempt_until": wish.exempt_until if wish.verdict is Verdict.EXEMPT else None,
        "proposed_by_id": None,
        "warned_at": None,
    }
    if not is_refused:
        return changes | {"closed_at": now}
    until = policy.grace_after(case.standing.grace_until, policy.grace_until(version, now), now)
    return changes | {"grace_until": until, "is_visible": wish.stays_visible}


def _keep(
    case: reads.CaseRow,
    wish: ReviewWish,
    version: UsePolicy,
    *,
    by: AccountId,
    consented_by: AccountId | None,
    now: datetime,
) -> None:
    """The decision as a row of its own, which nobody changes (R8), with the version it was made under (R16)."""
    is_refused = wish.verdict is Verdict.NOT_PERMITTED
    writes.add_decision(
        case.id,
        case.recording_id,
        version=version.version,
        by=by,
        consented_by=consented_by,
        now=now,
        verdict=wish.verdict,
        failed=sorted(wish.failed) if is_refused else [],
        reason=wish.reason.strip(),
        is_appeal=case.standing.state is CaseState.APPEALED,
        is_visible=is_refused and wish.stays_visible,
        exempt_until=wish.exempt_until if wish.verdict is Verdict.EXEMPT else None,
    )


def _carry_out(case: reads.CaseRow, wish: ReviewWish, version: UsePolicy, *, actor: Actor, now: datetime) -> None:
    """What a decision does to the recording and whom it is told."""
    until = case.standing.grace_until
    if wish.verdict is not Verdict.NOT_PERMITTED or until is None:
        told = [case.opened_by] if case.opened_by else []
        _holds.let_go(case.recording_id, told=told, actor=actor, now=now)
        return
    if wish.stays_visible:
        _holds.let_go(case.recording_id, is_told=False, actor=actor, now=now)
    else:
        _holds.hold(case.recording_id, UseHold.NOT_PERMITTED, actor=actor, now=now)
    _tell.refused(case, wish.failed, version, until=until, now=now)


def tell_if_repeated(case: reads.CaseRow, *, now: datetime) -> None:
    """In the transaction that confirms a refusal: the second in twelve months is told to the department (R91)."""
    if case.confirmed_at != now:
        return
    breaches = reads.breaches_of(case.owner_id, now)
    if Advice.TELL_DEPARTMENT in policy.advise(breaches, now):
        _tell.repeated(case, count=len(breaches), now=now)


def appeal_use(recording_id: RecordingId, text: str, *, actor: Actor, now: datetime) -> Decision:
    """The owner asks once for another look, in the days of grace; nothing is removed until it is decided (R90, R92)."""
    with transaction():
        try:
            about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        except RecordingNotFound:
            return _nothing()
        if not about.is_owner:
            return _nothing()
        found = reads.find_case(recording_id)
        if found is None:
            return deny(Code.CONFLICT, "R90", _("There is no refusal to appeal against."))
        case = reads.get_case(found.id, lock=True)
        facts = AppealFacts(
            is_owner=about.is_owner,
            verdict=case.standing.verdict or Verdict.REFERRED,
            has_appealed=case.appealed_at is not None,
            grace_until=case.standing.grace_until or now,
        )
        said = text.replace("\0", "").strip()
        for decision in (policy.decide_appeal(facts, now), policy.decide_appeal_text(said)):
            if not decision.is_permitted:
                return decision
        changes = {"appeal": said, "appealed_at": now}
        if not writes.move_case(case.id, sources=[CaseState.REFUSED], to=CaseState.APPEALED, **changes):
            return deny(
                Code.CONFLICT, "R92", _("This is being looked at already, so there is nothing to appeal against.")
            )
        told = {"case_id": str(case.id)}
        audit.record(
            actor,
            "recording:appeal",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            reason=said,
            facts=told,
        )
        version = policy_in_force()
        if version is not None:
            _tell.asked(case.id, recording_id, version, why=said, event=f"appeal:{case.id}", now=now)
    return permit()
