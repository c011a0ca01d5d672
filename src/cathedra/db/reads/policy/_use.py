"""The versions of the acceptable use policy, and what was declared under them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cathedra.db.models import Course, UseDeclaration, UsePolicyVersion
from cathedra.db.reads.people import get_person
from cathedra.domain.policy import (
    ActivateFacts,
    Answer,
    Declaration,
    LinkedCourse,
    Relevance,
    Requirement,
    Verdict,
)
from cathedra.domain.terms import AccountId, RecordingId

_KEEPER = "service_admin"


@dataclass(frozen=True, slots=True)
class UseVersion:
    """A version that was activated, with its very text."""

    version: int
    title: str
    text: str
    text_hash: str
    why: str
    activated_at: datetime
    activated_by: str


@dataclass(frozen=True, slots=True)
class LastDeclaration:
    """What was declared of a recording last, and what it came to."""

    declaration: Declaration
    course_id: UUID | None
    note: str
    verdict: Verdict
    by: tuple[str, ...]
    version: int
    account_id: AccountId
    at: datetime
    is_standing: bool = False  # by the standing declaration of its course (R83)


def find_active_use_policy() -> UseVersion | None:
    """The version that holds. Everybody who declares is told its questions, so it takes no viewer."""
    return next(iter(list_use_policies(most=1)), None)


def list_use_policies(*, most: int = 100) -> tuple[UseVersion, ...]:
    """Activated versions, the newest first. What holds or held is no secret, so it takes no viewer."""
    rows = UsePolicyVersion.objects.select_related("activated_by").order_by("-version")[:most]
    return tuple(
        UseVersion(
            version=row.version,
            title=row.title,
            text=row.text,
            text_hash=row.text_hash,
            why=row.why,
            activated_at=row.activated_at,
            activated_by=row.activated_by.full_name if row.activated_by else "",
        )
        for row in rows
    )


def activate_facts(viewer: AccountId | None, *, is_operator: bool) -> ActivateFacts:
    """Facts for `policy.decide_activation`."""
    newest = UsePolicyVersion.objects.order_by("-version").values_list("version", flat=True).first()
    roles = get_person(viewer).system_roles if viewer else ()
    return ActivateFacts(is_operator=is_operator, is_service_admin=_KEEPER in roles, active_version=newest)


def linked_course(course_id: UUID | None) -> LinkedCourse | None:
    """What kind of course this is, as declarations say it; None when there is no such course."""
    if course_id is None:
        return LinkedCourse.NONE
    kind = Course.objects.filter(id=course_id).values_list("kind", flat=True).first()
    return LinkedCourse(kind) if kind else None


def find_last_declaration(recording_id: RecordingId) -> LastDeclaration | None:
    """What was declared of a recording last. For an action, which has asked whether the actor may: takes no viewer."""
    row = UseDeclaration.objects.filter(recording_id=recording_id).order_by("-id").first()
    return last_of(row) if row else None


def last_of(row: UseDeclaration) -> LastDeclaration:
    """A declaration as a value."""
    return LastDeclaration(
        declaration=declaration_of(row),
        course_id=row.course_id,
        note=row.note,
        verdict=Verdict(row.verdict),
        by=tuple(row.by),
        version=row.policy_id,
        account_id=AccountId(row.account_id),
        at=row.at,
        is_standing=row.standing_id is not None,
    )


def declaration_of(row: Any) -> Declaration:
    """What a row of any statement says that was declared."""
    given = zip(Requirement, (row.q1, row.q2, row.q3), strict=True)
    return Declaration(
        answers={requirement: Answer(answer) for requirement, answer in given},
        category=row.category,
        course=LinkedCourse(row.course_kind),
        relevance=Relevance(row.relevance),
    )
