"""Hours set aside for departments and folders: what is used of them, set, take back (R110)."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.db.reads.people import Person
from cathedra.domain import metering
from cathedra.domain.metering import Category, Gauge
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import Code
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff

_FOLDER = re.compile(r"folders/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


class SettingAside(forms.Form):
    """For whom, how much, and whether it may refuse."""

    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    folder = forms.CharField(
        label=gettext_lazy("Or the address of a folder"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("As the browser shows it. It counts with all folders below it."),
    )
    recorded = forms.IntegerField(label=gettext_lazy("Hours recorded a licence year"), min_value=0, required=False)
    stored = forms.IntegerField(label=gettext_lazy("Hours stored"), min_value=0, required=False)
    is_enforced = forms.BooleanField(
        label=gettext_lazy("Refuse new uploads once it is used up"),
        required=False,
        help_text=gettext_lazy("Without this it is advice: told of at 75, 90 and 100 %, and nothing is refused."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", "—"), *((str(key), name) for key, name in reads.list_departments())]

    def clean_department(self) -> UUID | None:
        """The department that was chosen."""
        return UUID(self.cleaned_data["department"]) if self.cleaned_data["department"] else None

    def clean_folder(self) -> UUID | None:
        """The folder that the address names."""
        given = self.cleaned_data["folder"].strip()
        found = _FOLDER.search(given)
        if given and found is None:
            raise forms.ValidationError(_("This is not the address of a folder."))
        return UUID(found[1]) if found else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.HOURS)
def allocations(request: HttpRequest) -> HttpResponse:
    """What is set aside; on POST whoever runs the service sets hours aside."""
    person: Person = request.staff  # type: ignore[attr-defined]  # the door hangs it there
    may_set, now = SystemRole.SERVICE_ADMIN in person.system_roles, timezone.now()
    form = SettingAside(request.POST or None)
    if request.method == "POST":
        if not may_set:
            return refusals.page(request, refusals.missing(request))
        if form.is_valid() and _set(request, form, now):
            messages.success(request, _("The hours are set aside."))
            return redirect("staff_allocations")
    year = actions.calendar().year_of(now).label
    rows = reads.list_allocations(year)
    context = {
        "year": year,
        "rows": [_row(one) for one in rows],
        "overcommitted": _overcommitted(rows, actions.gauges(now)),
        "form": form,
        "may_set": may_set,
    }
    return render(request, "staff/allocations.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(StaffArea.HOURS)
def take_back(request: HttpRequest, allocation_id: UUID) -> HttpResponse:
    """Set nothing aside any more."""
    decision = actions.remove_allocation(allocation_id, actor=actor.from_request(request), now=timezone.now())
    if decision.is_permitted:
        messages.success(request, _("Nothing is set aside there any more."))
    elif decision.code is Code.CONFLICT:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    else:
        return refusals.page(request, decision)
    return redirect("staff_allocations")


def _set(request: HttpRequest, form: SettingAside, now: datetime) -> bool:
    fields = form.cleaned_data
    decision = actions.set_allocation(
        department_id=fields["department"],
        folder_id=fields["folder"],
        recorded=fields["recorded"],
        stored=fields["stored"],
        is_enforced=fields["is_enforced"],
        actor=actor.from_request(request),
        now=now,
    )
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return decision.is_permitted


def _row(one: reads.SetAside) -> dict[str, Any]:
    pairs = (
        (_("recorded"), Category.RECORDED, one.used_recorded_s, one.recorded_s),
        (_("stored"), Category.STORED, one.used_stored_s, one.stored_s),
    )
    return {
        "id": one.id,
        "name": one.name,
        "is_folder": one.folder_id is not None,
        "is_enforced": one.is_enforced,
        "uses": [
            _use(one.name, word, Gauge(category, used, limit))
            for word, category, used, limit in pairs
            if limit is not None
        ],
    }


def _use(name: str, word: str, gauge: Gauge) -> dict[str, Any]:
    step = metering.allocation_step(gauge.used_s, gauge.limit_s or 0)
    return {
        "word": word,
        "label": f"{name}: {word}",
        "used": metering.hours(gauge.used_s),
        "limit": metering.hours(gauge.limit_s or 0),
        "percent": gauge.percent,
        "mark": words.SET_ASIDE[step],
    }


def _overcommitted(rows: list[reads.SetAside], gauges: tuple[Gauge, ...]) -> list[dict[str, str]]:
    """Where more is promised than the licence has (R110)."""
    limits = {gauge.category: gauge.limit_s for gauge in gauges}
    given = {
        Category.RECORDED: (_("recorded"), [one.recorded_s for one in rows]),
        Category.STORED: (_("stored"), [one.stored_s for one in rows]),
    }
    found = []
    for category, (word, amounts) in given.items():
        more = metering.overcommitted_s(amounts, limits[category])
        if more:
            found.append({"word": word, "hours": metering.hours(more), "limit": metering.hours(limits[category] or 0)})
    return found
