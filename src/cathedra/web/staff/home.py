"""The staff area's start page: what needs whoever came in."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cathedra.db.reads.people import Person
from cathedra.domain.people import StaffArea
from cathedra.web.staff import cases, grants, holds, roles, runs
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

# Each room that has something for staff to do adds its question here.
Asked = Callable[[Person, datetime], Sequence[Need]]
QUESTIONS: tuple[Asked, ...] = (roles.needs, grants.needs, cases.needs, holds.needs, runs.needs)


@require_safe
@for_staff(StaffArea.START)
def start(request: HttpRequest) -> HttpResponse:
    """What needs me, late things first, and where everything is."""
    person: Person = request.staff  # type: ignore[attr-defined]  # the door hangs it there
    now = timezone.now()
    needs = [need for asked in QUESTIONS for need in asked(person, now)]
    return render(request, "staff/start.html", {"needs": sorted(needs, key=lambda need: not need.is_late)})
