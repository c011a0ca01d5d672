"""What the form of a declaration begins with: the folder's course, courses to choose from, the last answers (R82, R83)."""

from dataclasses import dataclass
from uuid import UUID

from cathedra.db.models import Account, Course, Folder, FolderAccess, UseDeclaration
from cathedra.db.reads import access as access_reads
from cathedra.db.reads.policy._use import LastDeclaration, last_of, linked_course
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation
from cathedra.domain.policy import LinkedCourse, Place
from cathedra.domain.terms import AccountId, FolderId

_MOST = 500


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """A course that can be named. `is_own`: the person holds a role in a folder of it."""

    id: UUID
    name: str
    is_own: bool


def course_of(folder_id: FolderId) -> UUID | None:
    """The course that a folder belongs to. What a course is called is no secret, so it takes no viewer."""
    return Folder.objects.filter(id=folder_id).values_list("course_id", flat=True).first()


def find_course_name(course_id: UUID) -> str:
    """What people call a course; empty when it is gone. It is no secret, so it takes no viewer."""
    row = Course.objects.filter(id=course_id).first()
    return _name(row) if row else ""


def list_course_choices(viewer: AccountId, folder_id: FolderId | None = None) -> tuple[CourseChoice, ...]:
    """The folder's course and the viewer's own first, then the others of the directory, each list by name."""
    held = FolderAccess.objects.filter(principal_id__in=access_reads.principals_of(viewer)).values("folder_id")
    own = set(Folder.objects.filter(id__in=held, course__isnull=False).values_list("course_id", flat=True))
    if folder_id is not None and (here := course_of(folder_id)) is not None:
        own.add(here)
    mine = Course.objects.filter(id__in=own)
    others = Course.objects.filter(is_visible=True, is_authorised=True).exclude(id__in=own)
    found = [(row, True) for row in mine.order_by("short_name")[:_MOST]]
    found += [(row, False) for row in others.order_by("short_name")[:_MOST]]
    return tuple(CourseChoice(row.id, _name(row), is_own) for row, is_own in found)


def _name(row: Course) -> str:
    return f"{row.short_name}: {row.full_name}"


def find_last_in_folder(viewer: AccountId, folder_id: FolderId) -> LastDeclaration | None:
    """What the viewer declared last in a folder (R83)."""
    rows = UseDeclaration.objects.filter(account_id=viewer, recording__folder_id=folder_id)
    row = rows.order_by("-id").first()
    return last_of(row) if row else None


def place_of(viewer: AccountId, folder_id: FolderId) -> Place:
    """Facts for `policy.prefill`. Who is enrolled and no member of staff counts as a student of the course (R81)."""
    kind = Folder.objects.filter(id=folder_id).values_list("kind", flat=True).first()
    is_student = Account.objects.filter(id=viewer, affiliation__in=(Affiliation.STUDENT, Affiliation.EXTERNAL)).exists()
    last = find_last_in_folder(viewer, folder_id)
    course = course_of(folder_id)
    return Place(
        course=linked_course(course or (last.course_id if last else None)) or LinkedCourse.NONE,
        is_assignment=kind == FolderKind.ASSIGNMENT and course is not None,
        is_enrolled=is_student and access_reads.folder_facts(viewer, folder_id).is_enrolled,
        last=last.declaration if last else None,
    )
