"""Exceptions from the limits of hours: who asked, who has one, give, end (R108)."""

from datetime import datetime, time, timedelta
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
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import Code
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff


class Giving(forms.Form):
    """To whom, why, until when."""

    login_name = forms.CharField(label=gettext_lazy("Sign-in name"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        help_text=gettext_lazy("They read it, and it is on the audit trail."),
    )
    until = forms.DateField(
        label=gettext_lazy("To the end of"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.HOURS)
def exceptions(request: HttpRequest) -> HttpResponse:
    """What waits and what is in force; on POST whoever runs the service gives one."""
    person: Person = request.staff  # type: ignore[attr-defined]  # the door hangs it there
    may_set, now = SystemRole.SERVICE_ADMIN in person.system_roles, timezone.now()
    form = Giving(request.POST) if request.method == "POST" else Giving(initial=_begun(request, now))
    if request.method == "POST":
        if not may_set:
            return refusals.page(request, refusals.missing(request))
        if form.is_valid() and _give(request, form, now):
            messages.success(request, _("The exception is given, and they were told."))
            return redirect("staff_limit_exceptions")
    rows = reads.list_exceptions(now)
    context = {
        "waiting": [one for one in rows if one.until is None],
        "live": [one for one in rows if one.until is not None],
        "form": form,
        "may_set": may_set,
    }
    return render(request, "staff/limit_exceptions.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(StaffArea.HOURS)
def end_exception(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    """The limits count for them again; or no, where it was asked for."""
    decision = actions.end_exception(exception_id, actor=actor.from_request(request), now=timezone.now())
    if decision.is_permitted:
        messages.success(request, _("Done, and they were told."))
    elif decision.code is Code.CONFLICT:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    else:
        return refusals.page(request, decision)
    return redirect("staff_limit_exceptions")


def _begun(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The form as a question of somebody fills it: two weeks, and what they said."""
    until = timezone.localtime(now).date() + timedelta(days=14)
    asked = request.GET.get("for", "")
    reason = next((one.reason for one in reads.list_exceptions(now) if one.login_name == asked), "") if asked else ""
    return {"login_name": asked, "reason": reason, "until": until}


def _give(request: HttpRequest, form: Giving, now: datetime) -> bool:
    said = form.cleaned_data
    until = datetime.combine(said["until"] + timedelta(days=1), time(), timezone.get_default_timezone())
    decision = actions.give_exception(
        said["login_name"], said["reason"], until=until, actor=actor.from_request(request), now=now
    )
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return decision.is_permitted
