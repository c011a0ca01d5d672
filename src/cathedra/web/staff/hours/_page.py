"""The page of hours, and the limits that whoever runs the service sets (R106 to R111)."""

from datetime import date, datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.db.reads.people import Person
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.web import actor, refusals
from cathedra.web.hours import department_row
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.hours._gauges import shown
from cathedra.web.staff.hours._reports import reports


class Limits(forms.Form):
    """The limits of a licence year, in whole hours; empty is none."""

    recorded = forms.IntegerField(label=gettext_lazy("Hours recorded"), min_value=0, required=False)
    stored = forms.IntegerField(label=gettext_lazy("Hours stored"), min_value=0, required=False)
    archived = forms.IntegerField(
        label=gettext_lazy("Hours archived"),
        min_value=0,
        required=False,
        help_text=gettext_lazy("Only where archived hours are licensed."),
    )


def _form(request: HttpRequest, year: str) -> Limits:
    if request.method == "POST":
        return Limits(request.POST)
    limits = actions.limits_of(year)
    given = {"recorded": limits.recorded_s, "stored": limits.stored_s, "archived": limits.archived_s}
    return Limits(initial={name: None if value is None else value // 3600 for name, value in given.items()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.HOURS)
def hours(request: HttpRequest) -> HttpResponse:
    """The whole of it; on POST whoever runs the service sets the limits of this licence year."""
    person: Person = request.staff  # type: ignore[attr-defined]  # the door hangs it there
    now, calendar = timezone.now(), actions.calendar()
    year = calendar.year_of(now)
    may_set = SystemRole.SERVICE_ADMIN in person.system_roles
    form = _form(request, year.label)
    if request.method == "POST":
        if not may_set:
            return refusals.page(request, refusals.missing(request))
        if form.is_valid() and _set(request, form, year.label, now):
            messages.success(request, _("The limits are set."))
            return redirect("staff_hours")
    context = {
        "year": year.label,
        "ends": year.ends - timedelta(seconds=1),
        "gauges": [shown(each) for each in actions.series(now, resting=wiring.course_policy().vacations())],
        "departments": [department_row(one) for one in reads.hours_by_department(year.label)],
        "months": _months(now.astimezone(calendar.zone).date()),
        "form": form,
        "may_set": may_set,
        **reports(now),
    }
    return render(request, "staff/hours.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, form: Limits, year: str, now: datetime) -> bool:
    decision = actions.set_limits(
        year, actions.HourLimits(**form.cleaned_data), actor=actor.from_request(request), now=now
    )
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return decision.is_permitted


def _months(today: date) -> list[str]:
    """The last twelve whole months, newest first."""
    found, at = [], today.replace(day=1)
    for _turn in range(12):
        at = (at - timedelta(days=1)).replace(day=1)
        found.append(f"{at:%Y-%m}")
    return found
