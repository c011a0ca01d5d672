"""Retention: the calendar, the plans of the runs, exemptions, the simulator (R115 to R132)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cathedra import wiring
from cathedra.actions import audit as audit_actions
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.domain import retention
from cathedra.domain.people import StaffArea
from cathedra.domain.retention import Exempt, Profile, Rule, RunKind
from cathedra.domain.terms import NotFound
from cathedra.web import actor, refusals, words
from cathedra.web.staff import runs
from cathedra.web.staff.door import for_staff

_FROM = {
    Exempt.ARCHIVE: gettext_lazy("Not archived"),
    Exempt.DELETION: gettext_lazy("Not deleted"),
    Exempt.BOTH: gettext_lazy("Neither archived nor deleted"),
}
_AS_SET = "as_set"
_PROFILES = {
    Profile.CALENDAR: gettext_lazy("By the calendar: everything made before the day"),
    Profile.AGE: gettext_lazy("By age: made so many days before"),
    Profile.LAST_VIEW: gettext_lazy("By views: not watched for so many days"),
    Profile.NONE: gettext_lazy("Never by itself"),
}
_WITH_DAYS = (Profile.AGE, Profile.LAST_VIEW)


class Simulation(forms.Form):
    """A rule to try."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        choices=[
            (_AS_SET, gettext_lazy("As it is set now, with the rules of single folders")),
            *((profile.value, word) for profile, word in _PROFILES.items()),
        ],
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days, for age and views"), min_value=1, max_value=10_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Days are asked for where the rule counts them."""
        given = super().clean() or {}
        if given.get("profile") in _WITH_DAYS and not given.get("days"):
            self.add_error("days", _("Say after how many days."))
        return given


@require_safe
@for_staff(StaffArea.RETENTION)
def index(request: HttpRequest) -> HttpResponse:
    """All of it; with a rule in the address, what that would do over three years."""
    return _page(request, Simulation(request.GET) if "profile" in request.GET else Simulation())


def _page(request: HttpRequest, form: Simulation) -> HttpResponse:
    now = timezone.now()
    calendar = reads.calendar()
    pleas = {"waiting": reads.list_waiting(), "live": reads.list_live(now=now), "declined": reads.list_declined()}
    seen = [row.recording_id for rows in pleas.values() for row in rows if row.recording_id]
    audit_actions.note_list(seen, page="staff_retention", actor=actor.from_request(request), now=now)
    tried = _tried(_rule(form.cleaned_data), now) if form.is_bound and form.is_valid() else {}
    context = tried | {
        "nexts": [{"name": runs.KINDS[kind], "run": calendar.next_run(kind, now)} for kind in RunKind],
        "runs": runs.summaries(),
        **{name: [_plea(row) for row in rows] for name, rows in pleas.items()},
        "form": form,
        "may_decide": runs.may_decide(request),
        "folder_rules": _folder_rules(),
    }
    return render(request, "staff/retention.html", context, status=422 if form.errors else 200)


def _plea(row: reads.ExemptionRow) -> dict[str, Any]:
    return {"row": row, "what": _FROM[row.what], "kind": retention.EXEMPTION_REASONS[row.reason_kind]}


def _rule(given: dict[str, Any]) -> Rule | None:
    """What was given; None where that is what is set here."""
    if given["profile"] == _AS_SET:
        return None
    profile = Profile(given["profile"])
    return Rule(profile, (given["days"] or 0) if profile in _WITH_DAYS else 0)


def _is_large() -> bool:
    most = wiring.configuration().retention.simulate_at_once
    return reads.count_recordings(most=most + 1) > most


def _tried(rule: Rule | None, now: datetime) -> dict[str, Any]:
    """What a rule would do: looked at now, or in a large library what a job found or has found so far."""
    if _is_large():
        return {"trial": _trial(row) if (row := reads.find_trial(rule)) else None, "is_large": True}
    return {"tallies": [_tally(one) for one in actions.simulate(rule or reads.rule(), now=now)]}


def _trial(row: reads.TrialRow) -> dict[str, Any]:
    tallies = [
        {
            "name": runs.KINDS[one.kind],
            "day": one.day,
            "recordings": one.recordings,
            "people": one.people,
            "hours": words.hours(one.seconds),
        }
        for one in row.tallies or ()
    ]
    return {"row": row, "tallies": tallies, "is_moving": row.ended_at is None}


@require_POST
@for_staff(StaffArea.RETENTION)
def try_rule(request: HttpRequest) -> HttpResponse:
    """Try a rule: the page says what it would do, and in a large library how far the job is that looks."""
    form = Simulation(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if _is_large():
        who = actor.from_request(request)
        decision = actions.ask_trial(_rule(form.cleaned_data), actor=who, now=timezone.now())
        if not decision.is_permitted:
            return refusals.page(request, decision)
    asked = {"profile": form.cleaned_data["profile"], "days": form.cleaned_data["days"] or ""}
    return redirect(f"{reverse('staff_retention')}?{urlencode(asked)}#simulator")


@require_safe
@never_cache
@for_staff(StaffArea.RETENTION)
def trial(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """The live part of the page, asked for again while a job looks."""
    try:
        row = reads.get_trial(trial_id)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    return render(request, "staff/_retention_trial.html", {"trial": _trial(row)})


def _folder_rules() -> list[dict[str, Any]]:
    rules = reads.rule().folders
    names = reads.folder_names(list(rules))
    return [
        {"name": names.get(one, str(one)), "word": _PROFILES[rule.profile], "days": rule.days}
        for one, rule in rules.items()
    ]


def _tally(one: retention.Tally) -> dict[str, Any]:
    return {
        "name": runs.KINDS[one.run.kind],
        "day": one.run.day,
        "recordings": one.recordings,
        "people": len(one.owners),
        "hours": words.hours(one.seconds),
    }


@require_POST
@for_staff(StaffArea.RETENTION)
def decide(request: HttpRequest, plea_id: UUID) -> HttpResponse:
    """Yes, no, or taken back."""
    who, now, verb = actor.from_request(request), timezone.now(), request.POST.get("verb", "")
    try:
        if verb == "end":
            decision = actions.end_exemption(plea_id, actor=who, now=now)
        else:
            answer = request.POST.get("answer", "")
            decision = actions.decide_exemption(plea_id, is_granted=verb == "yes", answer=answer, actor=who, now=now)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    return runs.told(
        request, decision, _("It is decided, and whoever asked was told.") if verb != "end" else _("It is taken back.")
    )
