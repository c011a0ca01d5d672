"""Hours: what is recorded, stored and archived against the limits, by whom, and when a limit is reached (R104 to R111)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.db.reads.people import Person
from cathedra.domain import metering
from cathedra.domain.metering import Calendar, Category, Forecast, Gauge, Level
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import Code, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")
_SEEN = timedelta(days=400)
MARKS: dict[Level, tuple[str, str, Any]] = {
    Level.OK: ("ok", "circle-check", gettext_lazy("Within the limit")),
    Level.NOTICE: ("info", "info", gettext_lazy("Three quarters used")),
    Level.WARNING: ("warn", "triangle-alert", gettext_lazy("Nearly used up")),
    Level.CRITICAL: ("warn", "triangle-alert", gettext_lazy("Almost nothing left")),
    Level.OVER: ("bad", "circle-x", gettext_lazy("Over the limit")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One category as the page shows it."""

    category: str
    heading: str
    used: str
    limit: str
    left: str
    percent: int | None
    tone: str
    icon: str
    word: str
    forecast: Forecast | None

    @property
    def per_week(self) -> str:
        """The trend."""
        return metering.hours(round(self.forecast.per_day_s * 7)) if self.forecast else ""

    @property
    def at_end(self) -> str:
        """What the trend leads to at the end of the licence year."""
        return metering.hours(self.forecast.end.likely_s) if self.forecast and self.forecast.end else ""


HEADINGS: dict[Category, Any] = {
    Category.RECORDED: gettext_lazy("Recorded this licence year"),
    Category.STORED: gettext_lazy("Stored now"),
    Category.ARCHIVED: gettext_lazy("Archived"),
}


def shown(gauge: Gauge, *, calendar: Calendar, now: datetime) -> Shown:
    """A gauge with its word and, where its limit may be reached, its forecast to the end of the licence year."""
    tone, icon, word = MARKS[gauge.level]
    return Shown(
        category=gauge.category.value,
        heading=str(HEADINGS[gauge.category]),
        used=metering.hours(gauge.used_s),
        limit="" if gauge.limit_s is None else metering.hours(gauge.limit_s),
        left="" if gauge.left_s is None else metering.hours(gauge.left_s),
        percent=gauge.percent,
        tone="" if gauge.limit_s is None else tone,
        icon=icon,
        word=str(word),
        forecast=None if gauge.category is Category.ARCHIVED else _forecast(gauge, calendar, now),
    )


def _forecast(gauge: Gauge, calendar: Calendar, now: datetime) -> Forecast:
    zone = wiring.configuration().site.timezone
    grown = reads.growth_by_day(gauge.category, since=now - _SEEN, zone=zone)
    last = calendar.year_of(now).ends.astimezone(calendar.zone).date() - timedelta(days=1)
    today = now.astimezone(calendar.zone).date()
    return metering.project(gauge.used_s, grown, today=today, until=last, limit_s=gauge.limit_s)


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
    person: Person = request.staff  # type: ignore[attr-defined]
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
        "gauges": [shown(gauge, calendar=calendar, now=now) for gauge in actions.gauges(now)],
        "departments": [_row(one) for one in reads.hours_by_department(year.label)],
        "months": _months(now.astimezone(calendar.zone).date()),
        "form": form,
        "may_set": may_set,
    }
    return render(request, "staff/hours.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, form: Limits, year: str, now: datetime) -> bool:
    decision = actions.set_limits(
        year, actions.HourLimits(**form.cleaned_data), actor=actor.from_request(request), now=now
    )
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return decision.is_permitted


def _row(one: reads.DepartmentHours) -> dict[str, str]:
    return {
        "name": one.name or "",
        "recorded": metering.hours(one.recorded_s),
        "stored": metering.hours(one.stored_s),
        "archived": metering.hours(one.archived_s),
    }


def _months(today: date) -> list[str]:
    """The last twelve whole months, newest first."""
    found, at = [], today.replace(day=1)
    for _turn in range(12):
        at = (at - timedelta(days=1)).replace(day=1)
        found.append(f"{at:%Y-%m}")
    return found


@require_safe
@for_staff(StaffArea.HOURS)
def statement(request: HttpRequest) -> HttpResponse:
    """A month's account of every department, from the ledger to the second; the same whenever it is asked for."""
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return refusals.page(request, deny(Code.BAD_REQUEST, "R104", noop("Give a month as 2026-11.")))
    calendar = actions.calendar()
    since, until = calendar.month_from(int(asked[1]), int(asked[2]))
    year = calendar.year_of(since).label
    lines = [
        (one.name or "", one.category.value, one.opening_s, one.added_s, one.removed_s)
        for one in reads.statement(since, until, licence_year=year)
    ]
    actions.note_statement(asked[0], actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(metering.statement_csv(asked[0], lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hours-{asked[0]}.csv"'
    return answer
