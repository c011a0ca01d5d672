"""Standing declarations: for which courses somebody may answer, which there are, which one speaks for a capture (R83)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Course, Folder, Recording, StandingDeclaration, SystemRoleScope
from cathedra.db.reads.people import get_person
from cathedra.domain.library import Origin
from cathedra.domain.people import SystemRole
from cathedra.domain.policy import LinkedCourse
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId


class StandingNotFound(NotFound):
    """No standing declaration has this id."""


@dataclass(frozen=True, slots=True)
class StandingCourse:
    """A course that may be answered for, in the academic year that it is of."""

    id: UUID
    name: str
    kind: LinkedCourse
    academic_year: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A standing declaration."""

    id: UUID
    course_id: UUID
    course: str
    academic_year: str
    policy_version: int
    given_by: AccountId
    given_by_name: str
    given_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by_name: str


@dataclass(frozen=True, slots=True)
class ScheduledFacts:
    """A capture by schedule, and the course of the folder that it lies in."""

    course_id: UUID
    kind: LinkedCourse
    academic_year: str
    captured_at: datetime


def list_standing_courses(viewer: AccountId) -> tuple[StandingCourse, ...]:
    """The courses that the viewer may answer for, by name: every one, for who runs the service; those of the folders
    that a scheduler is appointed to, and of those below."""
    rows = Course.objects.order_by("short_name", "full_name", "id")
    if SystemRole.SERVICE_ADMIN not in get_person(viewer).system_roles:
        rows = rows.filter(id__in=_scheduled_courses(viewer))
    return tuple(_course(row) for row in rows)


def find_standing_course(viewer: AccountId, course_id: UUID) -> StandingCourse | None:
    """One of them; None when the viewer may not answer for it, or there is none."""
    return next((one for one in list_standing_courses(viewer) if one.id == course_id), None)


def _scheduled_courses(viewer: AccountId) -> set[UUID]:
    scopes = SystemRoleScope.objects.filter(holder__account_id=viewer, holder__role=SystemRole.SCHEDULER)
    above = set(scopes.values_list("folder_id", flat=True))
    linked = Folder.objects.filter(course__isnull=False, recycled_in=None) if above else Folder.objects.none()
    return {
        course_id
        for course_id, path in linked.values_list("course_id", "path")
        if any(UUID(part) in above for part in str(path).split("."))
    }


def list_standing(viewer: AccountId, *, most: int = 500) -> tuple[StandingRow, ...]:
    """Those of the courses that the viewer may answer for: what holds first, by course; then what was withdrawn."""
    courses = [one.id for one in list_standing_courses(viewer)]
    rows = StandingDeclaration.objects.select_related("course", "given_by", "withdrawn_by").filter(course__in=courses)
    holds = rows.filter(withdrawn_at=None).order_by("course__short_name", "-academic_year")[:most]
    ended = rows.exclude(withdrawn_at=None).order_by("-withdrawn_at")[:most]
    return tuple(_row(row) for row in (*holds, *ended))


def get_standing(standing_id: UUID, *, lock: bool = False) -> StandingRow:
    """One, for an action that asks whether the person may. Raises StandingNotFound."""
    rows = StandingDeclaration.objects.select_related("course", "given_by", "withdrawn_by")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(id=standing_id).first()
    if row is None:
        raise StandingNotFound(str(standing_id))
    return _row(row)


def find_standing(course_id: UUID, academic_year: str) -> StandingRow | None:
    """What holds for a course and an academic year. For actions: takes no viewer."""
    rows = StandingDeclaration.objects.select_related("course", "given_by", "withdrawn_by")
    row = rows.filter(course_id=course_id, academic_year=academic_year, withdrawn_at=None).first()
    return _row(row) if row else None


def find_course_of(folder_id: FolderId) -> StandingCourse | None:
    """The course that a folder is linked to. For actions: takes no viewer."""
    row = Course.objects.filter(id__in=Folder.objects.filter(id=folder_id).values("course_id")).first()
    return _course(row) if row else None


def was_withdrawn(course_id: UUID, academic_year: str) -> bool:
    """Whether something stood for that year and was taken back."""
    rows = StandingDeclaration.objects.filter(course_id=course_id, academic_year=academic_year)
    return rows.exclude(withdrawn_at=None).exists()


def find_scheduled(recording_id: RecordingId) -> ScheduledFacts | None:
    """Facts of a capture by schedule in a folder that is linked to a course; None for anything else. For actions."""
    rows = Recording.objects.select_related("folder__course")
    row = rows.filter(id=recording_id, origin=Origin.SCHEDULED, folder__course__isnull=False).first()
    course = row.folder.course if row else None
    if row is None or course is None:
        return None
    return ScheduledFacts(course.id, LinkedCourse(course.kind), course.academic_year, row.captured_at or row.created_at)


def _course(row: Course) -> StandingCourse:
    return StandingCourse(row.id, f"{row.short_name}: {row.full_name}", LinkedCourse(row.kind), row.academic_year)


def _row(row: StandingDeclaration) -> StandingRow:
    return StandingRow(
        id=row.id,
        course_id=row.course_id,
        course=f"{row.course.short_name}: {row.course.full_name}",
        academic_year=row.academic_year,
        policy_version=row.policy_version,
        given_by=AccountId(row.given_by_id),
        given_by_name=row.given_by.full_name,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by_name=row.withdrawn_by.full_name if row.withdrawn_by else "",
    )
