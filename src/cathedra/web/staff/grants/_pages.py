"""The list of grants, and the page of one with what its owner was told (R146 to R149)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import grants as actions
from cathedra.db.reads import grants as reads
from cathedra.db.reads import people
from cathedra.domain import access, notices
from cathedra.domain.access import DeferGround, GrantId
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import Code as Codes
from cathedra.domain.terms import (
    Decision,
    deny,
)
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

ROWS = 50


class Deferring(forms.Form):
    """Why the owner is not told before a day."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=[("", gettext_lazy("Choose")), *words.DEFER_GROUNDS.items()],
        error_messages={"required": gettext_lazy("Choose which of the two it is.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the owner must not be told yet"),
        error_messages={"required": gettext_lazy("Say why the owner must not be told yet.")},
        max_length=2000,
        help_text=gettext_lazy("At least 20 characters; a renewal needs a fresh reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_date = forms.DateField(
        label=gettext_lazy("Review date"),
        error_messages={"required": gettext_lazy("Choose a review date.")},
        help_text=gettext_lazy("At most 30 days ahead. The owner is told on that day unless the reason is renewed."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A grant with how it stands now."""

    grant: reads.GrantRow
    mark: words.Mark


def line(grant: reads.GrantRow, now: datetime) -> Line:
    """For lists and pages."""
    return Line(grant, words.GRANTS[access.standing_of(grant.facts, now)])


@require_safe
@for_staff(StaffArea.GRANTS)
def index(request: HttpRequest) -> HttpResponse:
    """Grants that run, or those that ended."""
    now, is_open = timezone.now(), request.GET.get("show") != "ended"
    page = reads.list_grants(is_open=is_open, now=now, after=request.GET.get("after", ""), limit=ROWS)
    context = {"page": page, "lines": [line(row, now) for row in page.rows], "is_open": is_open}
    return render(request, "staff/grants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_staff(StaffArea.GRANTS)
def grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """One grant: what it is, what the owner was told word for word, what was done under it; defer, tell, end."""
    form = Deferring(request.POST if "defer" in request.POST else None)
    try:
        if request.method == "POST" and (not form.is_bound or form.is_valid()):
            decision = _change(request, GrantId(grant_id), form)
            if decision.is_permitted:
                messages.success(request, _("Done."))
                return redirect("staff_grant", grant_id=grant_id)
            form.add_error(None, refusals.sentence(decision.reasons[0])) if form.is_bound else messages.error(
                request, refusals.sentence(decision.reasons[0])
            )
        page = reads.grant_page(GrantId(grant_id))
    except reads.GrantNotFound:
        return refusals.page(request, refusals.missing(request))
    now, facts = timezone.now(), page.grant.facts
    context = {
        "page": page,
        "line": line(page.grant, now),
        "ground": words.DEFER_GROUNDS.get(DeferGround(page.grant.deferred_ground))
        if page.grant.deferred_ground
        else "",
        "told": [(owner, [_letter(told) for told in owner.notices]) for owner in page.told],
        "is_over": facts.is_over(now),
        "may_defer": facts.is_notice_held
        and request.user.pk not in (page.grant.giver_id, page.grant.grantee_id)
        and (not facts.is_over(now) or bool(facts.deferred_reason)),
        "form": form,
    }
    return render(request, "staff/grant.html", context, status=422 if form.is_bound and form.errors else 200)


def _letter(told: reads.Told) -> dict[str, Any]:
    wording = notices.WORDINGS[told.kind]
    return {
        "told": told,
        "subject": notices.subject(wording, told.values, wiring.in_words),
        "paragraphs": notices.paragraphs(wording, told.values, wiring.in_words),
    }


def _change(request: HttpRequest, grant_id: GrantId, form: Deferring) -> Decision:
    who, now = actor.from_request(request), timezone.now()
    if "revoke" in request.POST:
        return actions.revoke_grant(grant_id, reason=request.POST.get("why", "")[:2000], actor=who, now=now)
    if "tell" in request.POST:
        return actions.tell_now(grant_id, actor=who, now=now)
    if not form.is_bound:
        return deny(Codes.BAD_REQUEST, "R228", noop("That could not be understood."))
    zone = ZoneInfo(wiring.configuration().site.timezone)
    return actions.defer_notice(
        grant_id,
        ground=form.cleaned_data["ground"],
        reason=form.cleaned_data["reason"],
        review_at=datetime.combine(form.cleaned_data["review_date"], time(), zone),
        policy=wiring.grant_policy(),
        actor=who,
        now=now,
    )


def needs(person: people.Person, now: datetime) -> list[Need]:
    """Grants that wait for a second person, and deferrals that come to their review; how the start page asks."""
    if SystemRole.SERVICE_ADMIN not in person.system_roles:
        return []
    found = []
    if waiting := reads.awaiting_second(person.id, now):
        told = ngettext(
            "%(count)d access grant waits for you to say why its owner is not told.",
            "%(count)d access grants wait for you to say why their owners are not told.",
            waiting,
        )
        found.append(Need(told % {"count": waiting}, reverse("staff_grants"), "key-round"))
    if due := reads.reviews_before(now + timedelta(days=3)):
        told = ngettext(
            "Within three days the owner is told of %(count)d access grant, unless its reason is renewed.",
            "Within three days the owners are told of %(count)d access grants, unless the reasons are renewed.",
            due,
        )
        found.append(Need(told % {"count": due}, reverse("staff_grants"), "hourglass"))
    return found
