"""Staff pages of access grants: give, see with what the owner was told, defer, end; and the quarterly report (R141-R150)."""

import re
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
from cathedra.domain.access import GrantId, GrantRight, Quarter
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import (
    AccountId,
    Decision,
    FolderId,
    FolderNotFound,
    RecordingId,
    RecordingNotFound,
    deny,
)
from cathedra.domain.terms import Code as Codes
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, pickers, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

ROWS = 50
_THING = re.compile(r"(folders/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def _purposes() -> list[tuple[str, Any]]:
    named = [(purpose.id, _(purpose.label)) for purpose in wiring.grant_policy().purposes]
    return [("", _("Choose one")), *named]


class Giving(forms.Form):
    """A grant to give."""

    grantee = pickers.PeopleField(
        label=gettext_lazy("Who is given access"),
        single=True,
        groups=False,
        help_text=gettext_lazy("Login name of a member of staff of the University or a College; not yourself."),
    )
    things = forms.CharField(
        label=gettext_lazy("What to"),
        max_length=20_000,
        help_text=gettext_lazy("Addresses of recordings, one a line; or the address of one folder, with all below it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=_purposes)
    explanation = forms.CharField(
        label=gettext_lazy("What it is needed for"),
        max_length=2000,
        help_text=gettext_lazy("At least 20 characters. The owner reads this, word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_manage = forms.BooleanField(
        label=gettext_lazy("May also change it, move it and change its settings"), required=False
    )
    may_export = forms.BooleanField(label=gettext_lazy("May also download it"), required=False)
    days = forms.IntegerField(label=gettext_lazy("For how many days"), min_value=1)
    is_notice_held = forms.BooleanField(
        label=gettext_lazy("The owner must not be told yet"),
        required=False,
        help_text=gettext_lazy(
            "Only where telling them would prejudice a security incident or a legal duty. Nobody gets in until another "
            "service administrator writes down why, with a review date at most 30 days ahead."
        ),
    )

    def targets(self) -> tuple[list[RecordingId], list[FolderId]]:
        """The recordings and folders whose addresses, or bare ids, stand there."""
        found = [(bool(of_folder), UUID(key)) for of_folder, key in _THING.findall(self.cleaned_data["things"])]
        return (
            [RecordingId(key) for of_folder, key in found if not of_folder],
            [FolderId(key) for of_folder, key in found if of_folder],
        )


class Deferring(forms.Form):
    """Why the owner is not told before a day."""

    reason = forms.CharField(
        label=gettext_lazy("Why the owner must not be told yet"),
        max_length=2000,
        help_text=gettext_lazy("At least 20 characters; a renewal needs a fresh reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_date = forms.DateField(
        label=gettext_lazy("Review date"),
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
@for_staff(StaffArea.GRANTS)
def give(request: HttpRequest) -> HttpResponse:
    """Give a member of staff access to content."""
    policy = wiring.grant_policy()
    form = Giving(request.POST or None, initial=_asked(request))
    form.fields["days"].widget.attrs["max"] = policy.max_days
    if request.method == "POST" and form.is_valid():
        outcome = _give(request, form)
        if outcome is not None and outcome.grant_id is not None:
            is_held = form.cleaned_data["is_notice_held"]
            messages.success(
                request,
                _("Written down. Another service administrator must say why the owner is not told.")
                if is_held
                else _("Access was given, and the owner is being told. It counts once the notice has reached them."),
            )
            return redirect("staff_grant", grant_id=outcome.grant_id)
        if outcome is not None:
            form.add_error(None, refusals.sentence(outcome.decision.reasons[0]))
    return render(request, "staff/give_grant.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the link of a request for access fills in."""
    recording, folder = request.GET.get("recording", "")[:36], request.GET.get("folder", "")[:36]
    things = f"/recordings/{recording}/" if recording else f"/folders/{folder}/" if folder else ""
    return {
        "grantee": request.GET.get("grantee", "")[:150],
        "things": things,
        "days": wiring.grant_policy().default_days,
    }


def _give(request: HttpRequest, form: Giving) -> actions.GrantOutcome | None:
    chosen = pickers.chosen(request, form, "grantee")
    recordings, folders = form.targets()
    if not recordings and not folders:
        form.add_error("things", _("There is no address in this. Copy it from the page of the recording or folder."))
    if form.errors or not chosen:
        return None
    fields, now = form.cleaned_data, timezone.now()
    wanted = {GrantRight.MANAGE: fields["may_manage"], GrantRight.EXPORT: fields["may_export"]}
    try:
        return actions.give_grant(
            AccountId(chosen[0].id),
            purpose=fields["purpose"],
            explanation=fields["explanation"],
            rights=[right for right, is_wanted in wanted.items() if is_wanted],
            recordings=recordings,
            folders=folders,
            ends_at=now + timedelta(days=min(fields["days"], 10_000)),
            is_notice_held=fields["is_notice_held"],
            policy=wiring.grant_policy(),
            actor=actor.from_request(request),
            now=now,
        )
    except (RecordingNotFound, FolderNotFound):
        form.add_error("things", _("One of these is no recording's and no folder's address."))
        return None


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
        "subject": notices.subject(wording, told.values, _),
        "paragraphs": notices.paragraphs(wording, told.values, _),
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
        reason=form.cleaned_data["reason"],
        review_at=datetime.combine(form.cleaned_data["review_date"], time(), zone),
        policy=wiring.grant_policy(),
        actor=who,
        now=now,
    )


def quarter_asked(text: str) -> Quarter:
    """The quarter that was asked for; the present one otherwise."""
    return access.parse_quarter(text) or access.quarter_of(timezone.localdate())


def figures(quarter: Quarter) -> access.GrantReport:
    """The report of a quarter of the site's calendar."""
    zone = ZoneInfo(wiring.configuration().site.timezone)
    since, until = (datetime.combine(each.first_day, time(), zone) for each in (quarter, quarter.next))
    return reads.report(quarter, since=since, until=until)


@require_safe
@for_staff(StaffArea.GRANTS)
def report(request: HttpRequest) -> HttpResponse:
    """Grants by purpose, how many owners were told, deferred notices, refused requests (R150)."""
    quarter = quarter_asked(request.GET.get("quarter", ""))
    found = figures(quarter)
    context = {
        "report": found,
        "purposes": [(words.PURPOSES[purpose], found.by_purpose.get(purpose, 0)) for purpose in words.PURPOSES],
        "refused": sorted(found.refused.items()),
        "later": quarter.next if quarter < access.quarter_of(timezone.localdate()) else None,
    }
    return render(request, "staff/grant_report.html", context)


@require_safe
@for_staff(StaffArea.GRANTS)
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file; that somebody took it is on the trail."""
    quarter = quarter_asked(request.GET.get("quarter", ""))
    actions.note_report(quarter, actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(access.report_csv(figures(quarter)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-grants-{quarter}.csv"'
    return answer


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
