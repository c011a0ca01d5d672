"""Hours of one's own and of a folder: what counts, and what would free how many (R108, R109, R111)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cathedra.actions import metering as actions
from cathedra.db.reads import library
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import Part
from cathedra.domain import metering
from cathedra.domain.access import Action
from cathedra.domain.metering import Holdings, Intake, Kept, Saving, Since
from cathedra.domain.terms import AccountId, FolderId
from cathedra.web import actor, refusals, words
from cathedra.web.access.door import for_folder

_LISTED = 10


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What is kept for whoever asks, and the largest of it, with the hours that each would free."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    since = Since.at(now)
    year = actions.calendar().year_of(now)
    context = {
        "year": year.label,
        "recorded": words.hours(reads.recorded_by(viewer, year.label)),
        **kept(reads.list_kept_of(viewer, since), now),
        "bin": _items(viewer, Part.BIN, since),
        "unwatched": _items(viewer, Part.UNWATCHED, since),
        "largest": _items(viewer, Part.LARGEST, since),
        "refusal": refusal(viewer, now),
        "exception": reads.exception_of(viewer, now),
        "departments": _departments(viewer, year.label),
    }
    return render(request, "hours/own.html", context)


@require_POST
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an exception from the limits (R108)."""
    by = actor.from_request(request)
    decision = actions.ask_exception(request.POST.get("reason", ""), actor=by, now=timezone.now())
    if decision.is_permitted:
        messages.success(request, _("The service team was asked. You are told what they say."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("own_hours")


def _departments(viewer: AccountId, year: str) -> list[dict[str, str]]:
    """The hours of the departments whose contact somebody is, each with the way to what it is made of."""
    return [
        {**department_row(one), "address": reverse("department_breakdown", args=[one.department_id])}
        for one in reads.hours_of_departments(viewer, year)
    ]


def department_row(one: reads.DepartmentHours) -> dict[str, str]:
    """A department's hours as pages list them; without a name it is what belongs to none."""
    return {
        "name": one.name or "",
        "recorded": words.hours(one.recorded_s),
        "stored": words.hours(one.stored_s),
        "archived": words.hours(one.archived_s),
    }


@require_safe
@for_folder(Action.SEE_METERS)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """The sums of a folder and of those below it that are seen by the same people; nothing of single recordings."""
    now = timezone.now()
    year = actions.calendar().year_of(now)
    context = {
        "folder": library.get_folder(actor.account_id(request), folder_id),
        "year": year.label,
        "recorded": words.hours(reads.recorded_in(folder_id, year.label)),
        **kept(reads.list_kept_in(folder_id, Since.at(now)), now),
    }
    return render(request, "hours/folder.html", context)


def kept(every: list[Kept], now: datetime) -> dict[str, Any]:
    """Sums of what is kept, by use, and what would save most of it, for a page."""
    held: Holdings = metering.holdings(every, now=now)
    return {
        "stored": words.hours(held.stored_s),
        "archived": words.hours(held.archived_s),
        "binned": words.hours(held.binned_s),
        "uses": [(words.OF_USE[use], words.hours(held.by_use[use])) for use in words.OF_USE if held.by_use[use]],
        "savings": saving_rows(metering.savings(every, now=now)),
    }


def saving_rows(savings: Iterable[Saving]) -> list[dict[str, Any]]:
    """Steps as pages list them."""
    return [
        {
            "mark": words.STEPS[one.step],
            "why": words.STEPS_EXPLAINED[one.step],
            "hours": words.hours(one.seconds),
            "recordings": one.recordings,
        }
        for one in savings
    ]


def refusal(viewer: AccountId, now: datetime, *, into: FolderId | None = None, intake: Intake = Intake.UPLOAD) -> str:
    """Why an upload of theirs, or a recording, into this folder, would not be taken now; empty where it would (R108, R110)."""
    decision = actions.admit(intake, now=now, into=into, owner=viewer)
    return "" if decision.is_permitted else refusals.sentence(decision.reasons[0])


def _items(owner: AccountId, part: Part, since: Since) -> list[tuple[reads.Item, str]]:
    return [(one, words.hours(one.kept.seconds)) for one in reads.list_items(owner, part, since, limit=_LISTED)]
