"""Standing declarations: given and withdrawn for a course, and used when a capture by schedule leaves processing (R83)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from cathedra.actions.policy._declare import DeclareWish, Judged, judge_upload
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import policy as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.policy import Finding, LinkedCourse, StandFacts, UsePolicy, Verdict, WrongDeclaration
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny
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


def judge_schedule(
    wish: DeclareWish | None, folder_id: FolderId, instants: Collection[datetime]
) -> Judged | Decision | None:
    """R84 for what is scheduled into a folder at these instants: nothing is saved without a declaration. None where none
    is needed: what stands for the folder's course speaks for every one of them (R83), or no version of the policy was
    ever activated."""
    version = policy_in_force()
    if wish is not None or version is None:
        return judge_upload(wish, None)
    course = reads.find_course_of(folder_id)
    standing = find_standing_for(folder_id, instants)
    if standing is not None:
        return None
    if course is None or reads.find_standing(course.id, course.academic_year) is None:
        return deny(
            Code.BAD_REQUEST,
            "R84",
            _("Say what this recording is for before it is scheduled: answer the questions, or send `declaration`."),
        )
    return deny(
        Code.BAD_REQUEST,
        "R83",
        _(
            "What is declared in advance for {course} does not speak for all of these: it holds for {year} alone, and for "
            "what the policy permits. Answer the questions, or send `declaration`."
        ),
        course=course.name,
        year=course.academic_year,
    )


def find_standing_for(folder_id: FolderId, instants: Collection[datetime]) -> reads.StandingRow | None:
    """What stands for everything that is captured by schedule in a folder at these instants, under the policy that holds
    (R83); None where nothing does."""
    version, course = policy_in_force(), reads.find_course_of(folder_id)
    if version is None or course is None or not instants:
        return None
    finding = _finding(version, course.kind)
    if finding is None or finding.verdict is not Verdict.PERMITTED:
        return None
    if any(_year_of(one) != course.academic_year for one in instants):
        return None
    return reads.find_standing(course.id, course.academic_year)


def _year_of(instant: datetime) -> str:
    return policy.academic_year_ending(retention_reads.calendar().year_end_after(instant).day)


def declare_scheduled(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """In the transaction that makes a recording ready, before it is asked whether the policy holds it (R87): a capture by
    schedule of which nothing was declared gets what stands for the course of its folder, under the policy that holds now
    (R16). False where nothing stands, or it would not be permitted: then it is held undeclared."""
    found, version = reads.find_scheduled(recording_id), policy_in_force()
    if found is None or version is None or reads.find_use_verdict(recording_id, now) is not None:
        return False
    year = _year_of(found.captured_at)
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
