"""Standing declarations: who answers for what is recorded by schedule for which course; give one, withdraw it (R83)."""

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

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain import access
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import Requirement
from cathedra.domain.terms import AccountId
from cathedra.web import actor, refusals
from cathedra.web.access.door import is_hidden
from cathedra.web.staff.door import for_staff


class Standing(forms.Form):
    """For which course, and that the requirements are met."""

    course = forms.ChoiceField(label=gettext_lazy("Course"))
    confirms = forms.BooleanField(
        label=gettext_lazy(
            "I answer for this: all lectures captured by schedule for this course meet these requirements."
        ),
        required=False,
    )

    def __init__(self, courses: tuple[reads.StandingCourse, ...], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["course"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", _("Choose")), *((str(one.id), f"{one.name} ({one.academic_year})") for one in courses)]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.STANDING)
def standing(request: HttpRequest) -> HttpResponse:
    """What holds and what was withdrawn; on POST somebody answers for a course."""
    viewer = AccountId(request.user.pk)
    courses, version = reads.list_standing_courses(viewer), actions.policy_in_force()
    form = Standing(courses, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decision = actions.give_standing_declaration(
            UUID(form.cleaned_data["course"]),
            is_confirmed=form.cleaned_data["confirms"],
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if decision.is_permitted:
            messages.success(request, _("Captures of this course are declared from now on."))
            return redirect("staff_standing")
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    rows = reads.list_standing(viewer)
    context = {
        "holding": [row for row in rows if row.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.withdrawn_at is not None],
        "courses": courses,
        "version": version,
        "questions": [version.questions[one] for one in Requirement] if version else [],
        "form": form,
    }
    return render(request, "staff/standing.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(StaffArea.STANDING)
def withdraw(request: HttpRequest, standing_id: UUID) -> HttpResponse:
    """Nobody answers for it any more."""
    try:
        decision = actions.withdraw_standing_declaration(
            standing_id, actor=actor.from_request(request), now=timezone.now()
        )
    except reads.StandingNotFound:
        decision = access.no_permission()
    if is_hidden(decision):
        return refusals.page(request, refusals.missing(request))
    if decision.is_permitted:
        messages.success(request, _("It is withdrawn. What was declared by it before stays declared."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("staff_standing")
