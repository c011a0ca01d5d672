"""Run inside the product's configuration and database, after `_seed.py`: its folder becomes a course's own, with an
assignment folder in it. Prints the assignment folder."""

import sys
from datetime import UTC, datetime

from cathedra import wiring

wiring.start_database()

from cathedra.db.models import Folder  # noqa: E402
from cathedra.db.writes import library  # noqa: E402
from cathedra.domain.library import CourseKind, FolderKind  # noqa: E402

folder = sys.argv[1]
course = library.add_course(
    "bench", short_name="BENCH", full_name="Course of the bench", kind=CourseKind.AWARD,
    department_id=library.add_department("Department of the bench"), academic_year="2026-27",
)  # fmt: skip
Folder.objects.filter(id=folder).update(course_id=course)
print(library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=folder, now=datetime.now(UTC)))
