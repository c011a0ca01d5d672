"""Staff pages of people: the list, a person, a new one, and what is done to an account (R38 row 24)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import audit as audit_actions
from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import LOGIN_NAME_LENGTH, NAME_LENGTH, Affiliation, StaffArea, clean_details
from cathedra.domain.terms import AccountId, AccountNotFound, Code, Decision
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff

ROWS = 50


class Person(forms.Form):
    """What an administrator may change about somebody."""

    full_name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    affiliation = forms.ChoiceField(
        label=gettext_lazy("Affiliation"), choices=[(each.value, word) for each, word in words.AFFILIATIONS.items()]
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class NewPerson(Person):
    """The same with the name to sign in with."""

    login_name = forms.CharField(
        label=gettext_lazy("Login name"),
        max_length=LOGIN_NAME_LENGTH,
        help_text=gettext_lazy("As they sign in everywhere else. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("login_name", "full_name", "email", "affiliation")


@require_safe
@for_staff(StaffArea.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by name; found by name, login name or address."""
    wish = _wish(request)
    if wish.search and not request.GET.get("after"):
        audit_actions.note_people_search(wish.search, actor=actor.from_request(request), now=timezone.now())
    page = reads.list_accounts(wish, after=request.GET.get("after", ""), limit=ROWS)
    context = {"page": page, "wish": wish, "affiliations": words.AFFILIATIONS.items(), "kind": request.GET.get("kind")}
    return render(request, "staff/people.html", context)


def _wish(request: HttpRequest) -> reads.AccountWish:
    kind = request.GET.get("kind", "")
    return reads.AccountWish(
        search=request.GET.get("q", "").strip().replace("\0", "")[:NAME_LENGTH],
        affiliation=Affiliation(kind) if kind in set(Affiliation) else None,
        is_closed=kind == "closed",
        has_role=kind == "roles",
    )


@require_safe
@for_staff(StaffArea.PEOPLE)
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Who somebody is here, what they hold, and what can be done about their account. The look is audited (R223)."""
    try:
        found = reads.get_account(AccountId(account_id), now=timezone.now())
    except AccountNotFound:
        return refusals.page(request, refusals.missing(request))
    _note_look(request, account_id, "staff_person")
    context = {"person": found, "roles": reads.roles_of(found.id), "is_own": request.user.pk == account_id}
    return render(request, "staff/person.html", context)


def _note_look(request: HttpRequest, account_id: UUID, page: str) -> None:
    who, seen = actor.from_request(request), audit_actions.Seen.ACCOUNT
    audit_actions.note_look(seen, target_id=account_id, page=page, actor=who, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.PEOPLE)
def new_person(request: HttpRequest) -> HttpResponse:
    """Make an account; the answer shows the link by which its holder chooses a password."""
    form = NewPerson(request.POST or None, initial={"affiliation": Affiliation.UNIVERSITY_STAFF.value})
    if request.method == "POST" and form.is_valid():
        invited = actions.invite_person(
            form.cleaned_data["login_name"], _details(form), actor=actor.from_request(request), now=timezone.now()
        )
        if invited.account_id is not None:
            return _show_link(request, invited)
        _explain(form, invited.decision, {Code.CONFLICT: "login_name"})
    return render(request, "staff/new_person.html", {"form": form}, status=422 if form.errors else 200)


def _details(form: forms.Form) -> Any:
    fields = form.cleaned_data
    return clean_details(fields["full_name"], fields["email"], Affiliation(fields["affiliation"]))


def _explain(form: forms.Form, decision: Decision, places: dict[Code, str]) -> None:
    form.add_error(places.get(decision.code), refusals.sentence(decision.reasons[0]))


def _show_link(request: HttpRequest, invited: actions.Invited) -> HttpResponse:
    """The only time that the link is shown: nothing here keeps it."""
    found = reads.get_account(AccountId(invited.account_id), now=timezone.now())  # type: ignore[arg-type]  # decided above
    link = wiring.configuration().site.shown_url + invited.path
    answer = render(request, "staff/invited.html", {"person": found, "link": link, "until": invited.expires_at})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["POST"])
@for_staff(StaffArea.PEOPLE)
def invite(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """A new link for somebody who has not chosen a password."""
    try:
        invited = actions.invite_again(AccountId(account_id), actor=actor.from_request(request), now=timezone.now())
    except AccountNotFound:
        return refusals.page(request, refusals.missing(request))
    if invited.account_id is None:
        messages.error(request, refusals.sentence(invited.decision.reasons[0]))
        return redirect("staff_person", account_id=account_id)
    return _show_link(request, invited)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.PEOPLE)
def edit_person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Change a name, an address, an affiliation."""
    try:
        found = reads.get_account(AccountId(account_id), now=timezone.now())
    except AccountNotFound:
        return refusals.page(request, refusals.missing(request))
    now_is = found.details
    initial = {
        "full_name": now_is.full_name,
        "email": now_is.email,
        "affiliation": now_is.affiliation.value,
        "seen": now_is.mark,
    }
    form = Person(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        decision = actions.edit_person(
            found.id,
            _details(form),
            seen=form.cleaned_data["seen"] or None,
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if decision.is_permitted:
            messages.success(request, _("Saved."))
            return redirect("staff_person", account_id=account_id)
        _explain(form, decision, {})
    _note_look(request, account_id, "staff_edit_person")
    context = {"form": form, "person": found}
    return render(request, "staff/edit_person.html", context, status=422 if form.errors else 200)


def person_url(account_id: UUID) -> str:
    """The address of a person's page."""
    return reverse("staff_person", kwargs={"account_id": account_id})
