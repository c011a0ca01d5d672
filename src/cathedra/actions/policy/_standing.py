"""Standing declarations: given and withdrawn for a course, asked when something is scheduled, and used when a capture by
schedule leaves processing (R83)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.actions.policy._declare import DeclareWish, Judged, judge_upload
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import policy as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.reads.policy import StandingRow
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.policy import (
    Finding,
    FolderStanding,
    LinkedCourse,
    StandFacts,
    UsePolicy,
    Verdict,
    WrongDeclaration,
)
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def give_standing_declaration(course_id: UUID, *, is_confirmed: bool, actor: Actor, now: datetime) -> Decision:
    """A scheduler of the course, or who runs the service, answers for its captures in the academic year it is of."""
    if actor.account_id is None:
        return policy.decide_withdraw(may=False, is_withdrawn=False)
    with transaction():
        writes.hold_standing(course_id)
        version = policy_in_force()
        if version is None:
            return policy.no_version()
        course = reads.find_standing_course(actor.account_id, course_id)
        if course is None:
            return policy.decide_withdraw(may=False, is_withdrawn=False)
        is_given = reads.find_standing(course_id, course.academic_year) is not None
        finding = _finding(version, course.kind)
        if finding is None:
            return deny(
                Code.CONFLICT, "R83", _("The policy in force knows no lectures, so nothing is declared in advance.")
            )
        decision = policy.decide_give(StandFacts(may=True, is_confirmed=is_confirmed, is_given=is_given), finding)
        if decision.is_permitted:
            standing_id = writes.add_standing(
                course_id, course.academic_year, version=version.version, by=actor.account_id, now=now
            )
            _record(actor, "standing:give", standing_id, course_id, course.academic_year, now, policy=version.name)
    return decision


def withdraw_standing_declaration(standing_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Captures that become ready from now on are not declared by it. Raises StandingNotFound."""
    with transaction():
        row = reads.get_standing(standing_id, lock=True)
        viewer = actor.account_id
        may = viewer is not None and reads.find_standing_course(viewer, row.course_id) is not None
        decision = policy.decide_withdraw(may=may, is_withdrawn=row.withdrawn_at is not None)
        if decision.is_permitted and viewer is not None:
            writes.withdraw_standing(standing_id, by=viewer, now=now)
            _record(actor, "standing:withdraw", standing_id, row.course_id, row.academic_year, now)
    return decision


def _record(
    actor: Actor, action: str, standing_id: UUID, course_id: UUID, academic_year: str, now: datetime, **more: object
) -> None:
    told = {"course_id": str(course_id), "academic_year": academic_year, **more}
    audit.record(actor, action, target_kind="standing", target_id=standing_id, now=now, facts=told)


@dataclass(frozen=True, slots=True)
class Stands:
    """Whether what is scheduled in a folder needs no declaration of its own, or why it does (R84); and whose standing
    declaration it is, for which course. `row` is None where nothing stands, and where no policy was ever activated, so
    that nothing has to be declared."""

    decision: Decision
    row: StandingRow | None = None


def standing_for_folder(folder_id: FolderId, on: Iterable[datetime]) -> Stands:
    """R83: does something stand for what is recorded by schedule in this folder at each of these times? Changes nothing.
    Whoever calls has asked whether the person may schedule there."""
    version = policy_in_force()
    if version is None:
        return Stands(permit())
    course = reads.find_course_of(folder_id)
    if course is None:
        return Stands(policy.decide_standing(None, ()))
    row, finding = reads.find_standing(course.id, course.academic_year), _finding(version, course.kind)
    found = FolderStanding(
        course.name,
        course.academic_year,
        stands=row is not None,
        was_withdrawn=row is None and reads.was_withdrawn(course.id, course.academic_year),
        is_permitted=finding is not None and finding.verdict is Verdict.PERMITTED,
    )
    return Stands(policy.decide_standing(found, _years(on)), row)


def judge_schedule(wish: DeclareWish | None, folder_id: FolderId, on: Iterable[datetime]) -> Judged | Decision | None:
    """R84: nothing is scheduled without a declaration. None: none is needed, because somebody answers in advance for
    every one of these times (R83), or because no version of the policy was ever activated here. What is declared beside
    it wins."""
    if wish is not None:
        return judge_upload(wish, None)
    decision = standing_for_folder(folder_id, on).decision
    return None if decision.is_permitted else decision


def _years(on: Iterable[datetime]) -> set[str]:
    calendar = retention_reads.calendar()
    return {policy.academic_year_ending(calendar.year_end_after(one).day) for one in on}


def declare_scheduled(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """In the transaction that makes a recording ready, before it is asked whether the policy holds it (R87): a capture by
    schedule of which nothing was declared gets what stands for the course of its folder, under the policy that holds now
    (R16). False where nothing stands, or it would not be permitted: then it is held undeclared."""
    found, version = reads.find_scheduled(recording_id), policy_in_force()
    if found is None or version is None or reads.find_use_verdict(recording_id, now) is not None:
        return False
    (year,) = _years([found.captured_at])
    standing = reads.find_standing(found.course_id, year) if year == found.academic_year else None
    finding = _finding(version, found.kind)
    if standing is None or finding is None or finding.verdict is not Verdict.PERMITTED:
        return False
    writes.add_declaration(
        recording_id,
        policy.standing_words(found.kind),
        finding,
        version=version.version,
        course_id=found.course_id,
        note="",
        by=standing.given_by,
        standing_id=standing.id,
        now=now,
    )
    told = {
        "standing_id": str(standing.id),
        "category": policy.LECTURE,
        "verdict": finding.verdict,
        "policy": version.name,
    }
    audit.record(
        actor, "recording:declare_standing", target_kind="recording", target_id=recording_id, now=now, facts=told
    )
    return True


def _finding(version: UsePolicy, kind: LinkedCourse) -> Finding | None:
    """None where the policy does not know the kind of content."""
    try:
        return policy.evaluate(version, policy.standing_words(kind))
    except WrongDeclaration:
        return None
