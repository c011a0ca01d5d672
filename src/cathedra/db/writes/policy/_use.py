"""Put away activated versions of the acceptable use policy, and what was declared under them. Rows are only added (R8)."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from cathedra.db.models import UseCase, UseDecision, UseDeclaration, UsePolicyVersion
from cathedra.domain.policy import CaseState, Declaration, Finding, Requirement, UsePolicy, text_hash
from cathedra.domain.terms import AccountId, RecordingId


def hold_activation() -> None:
    """Until the transaction ends, only this one may activate a version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cathedra activate use policy'))")


def add_use_policy(policy: UsePolicy, *, text: str, why: str, by: AccountId | None, now: datetime) -> None:
    """Activate a version: from its commit on, declarations are judged by it; older ones keep their verdict."""
    UsePolicyVersion.objects.create(
        version=policy.version,
        title=policy.title,
        text=text,
        text_hash=text_hash(text),
        why=why,
        activated_at=now,
        activated_by_id=by,
    )


def carry_use(source: RecordingId, target: RecordingId) -> None:
    """A copy, and what is saved anew, is for what its original is for, until somebody declares or decides otherwise (R16,
    R87): the last declaration and the last decision of a reviewer, with the instants at which they were made, so that of
    the two the same one counts, and an exemption ends when that of the original does (R89)."""
    declared = UseDeclaration.objects.filter(recording_id=source).order_by("-id").first()
    if declared is not None:
        declared.pk, declared.recording_id = None, target
        declared.save(force_insert=True)
    closed = UseCase.objects.filter(recording_id=source, state=CaseState.CLOSED, decided_at__isnull=False)
    decided = closed.order_by("-decided_at").first()
    if decided is None:
        return
    decision = UseDecision.objects.filter(case_id=decided.id).order_by("-id").first()
    decided.id, decided.recording_id = uuid4(), target
    decided.save(force_insert=True)
    if decision is not None:
        decision.pk, decision.recording_id, decision.case_id, decision.corrects_id = None, target, decided.id, None
        decision.save(force_insert=True)


def add_declaration(
    recording_id: RecordingId,
    declaration: Declaration,
    finding: Finding,
    *,
    version: int,
    course_id: UUID | None,
    note: str,
    by: AccountId,
    standing_id: UUID | None = None,
    now: datetime,
) -> None:
    """Keep what somebody declared, and what the policy made of it (R77)."""
    q1, q2, q3 = (declaration.answers[requirement] for requirement in Requirement)
    UseDeclaration.objects.create(
        recording_id=recording_id,
        account_id=by,
        policy_id=version,
        q1=q1,
        q2=q2,
        q3=q3,
        category=declaration.category,
        course_id=course_id,
        course_kind=declaration.course,
        relevance=declaration.relevance,
        note=note,
        verdict=finding.verdict,
        by=list(finding.by),
        at=now,
        standing_id=standing_id,
    )
