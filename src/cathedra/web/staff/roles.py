"""Staff pages of system roles: who holds what until when; give, review, withdraw (R25, R27)."""

import re
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import StaffArea, SystemRole, reminder, year_after
from cathedra.domain.terms import AccountId, AccountNotFound, Decision, FolderId, FolderNotFound
from cathedra.web import actor, pickers, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Term(forms.Form):
    """Why a role is needed, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Business reason"),
        max_length=2000,
        help_text=gettext_lazy("What the role is needed for. Holder, approver and auditors read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_date = forms.DateField(
        label=gettext_lazy("Review date"),
        help_text=gettext_lazy("At most twelve months ahead. The role ends then unless somebody reviews it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Appointment(Term):
    """A role for somebody."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[(role.value, word) for role, word in words.SYSTEM_ROLES.items()]
    )
    approver = pickers.PeopleField(
        label=gettext_lazy("Approver"),
        single=True,
        groups=False,
        help_text=gettext_lazy("Login name of whoever agreed to it; not the holder. You may name yourself."),
    )
    folders = forms.CharField(
        label=gettext_lazy("Folders"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy(
            "For videographers and schedulers: addresses of the folders, one a line. The role holds in them and below."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("role", "reason", "approver", "review_date", "folders")


@require_safe
@for_staff(StaffArea.ROLES)
def roles(request: HttpRequest) -> HttpResponse:
    """Every role that somebody holds, what ends first at the top."""
    today = timezone.localdate()
    rows = [(held, bool(reminder(held.term, today=today)) or held.term.ends_on <= today) for held in reads.list_roles()]
    return render(request, "staff/roles.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.ROLES)
def give(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give somebody a role."""
    try:
        holder = reads.account_facts(AccountId(account_id))
    except AccountNotFound:
        return refusals.page(request, refusals.missing(request))
    form = Appointment(request.POST or None, initial={"review_date": year_after(timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        decision = _give(request, form, holder.id)
        if decision is not None and decision.is_permitted:
            messages.success(request, _("The role was given. They and the approver are told."))
            return redirect("staff_person", account_id=account_id)
        if decision is not None:
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {"form": form, "person": holder}
    return render(request, "staff/give_role.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, form: Appointment, holder: AccountId) -> Decision | None:
    fields = form.cleaned_data
    pickers.chosen(request, form, "approver")
    if form.errors:
        return None
    try:
        return actions.give_role(
            holder,
            SystemRole(fields["role"]),
            reason=fields["reason"],
            approver=next(iter(fields["approver"]), ""),
            review_date=fields["review_date"],
            scopes=[FolderId(UUID(each)) for each in _ID.findall(fields["folders"])],
            actor=actor.from_request(request),
            now=timezone.now(),
        )
    except FolderNotFound:
        form.add_error("folders", _("One of these is no folder's address. Copy it from the folder's page."))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.ROLES)
def review(request: HttpRequest, account_id: UUID, role: str) -> HttpResponse:
    """Say that a role is still needed, why, and until when; or withdraw it."""
    held = reads.find_role(AccountId(account_id), SystemRole(role)) if role in set(SystemRole) else None
    if held is None:
        return refusals.page(request, refusals.missing(request))
    form = Term(request.POST or None, initial={"reason": held.reason, "review_date": year_after(timezone.localdate())})
    if request.method == "POST":
        decision = _decide(request, form, held)
        if decision is not None and decision.is_permitted:
            is_withdrawn = "withdraw" in request.POST
            messages.success(request, _("The role was withdrawn.") if is_withdrawn else _("The role was reviewed."))
            return redirect("staff_person", account_id=account_id)
        if decision is not None:
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {"form": form, "held": held}
    return render(request, "staff/review_role.html", context, status=422 if form.is_bound and form.errors else 200)


def _decide(request: HttpRequest, form: Term, held: reads.RoleHeld) -> Decision | None:
    who, now = actor.from_request(request), timezone.now()
    if "withdraw" in request.POST:
        form.fields["review_date"].required = form.fields["reason"].required = False
        form.is_valid()
        why = str(form.cleaned_data.get("reason", ""))
        return actions.withdraw_role(held.account_id, held.role, reason=why, actor=who, now=now)
    if not form.is_valid():
        return None
    until: date = form.cleaned_data["review_date"]
    return actions.renew_role(
        held.account_id, held.role, reason=form.cleaned_data["reason"], review_date=until, actor=who, now=now
    )


def needs(person: reads.Person, now: datetime) -> list[Need]:
    """Roles that end within a month, for those who can review them; how the start page asks."""
    if SystemRole.SYS_ADMIN not in person.system_roles:
        return []
    today = timezone.localdate(now)
    due = [
        held
        for held in reads.list_roles()
        if held.account_id != person.id and (reminder(held.term, today=today) or held.term.ends_on <= today)
    ]
    if not due:
        return []
    told = ngettext(
        "%(count)d system role ends soon unless you review it.",
        "%(count)d system roles end soon unless you review them.",
        len(due),
    ) % {"count": len(due)}
    return [Need(told, reverse("staff_roles"), "shield-check", is_late=due[0].term.ends_on <= today)]
