"""Staff pages of groups: internal ones are edited here, the others only shown (R2)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import GROUP_NAME_LENGTH, GroupKind, StaffArea
from cathedra.domain.terms import AccountId, GroupId
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff

ROWS = 50
MOST_LETTERS = 400_000  # a course of some thousand people


class GroupName(forms.Form):
    """What a group is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=GROUP_NAME_LENGTH,
        help_text=gettext_lazy("As people look for it when they share. Commas become spaces."),
    )


class Members(forms.Form):
    """People to put into a group."""

    members = forms.CharField(
        label=gettext_lazy("Login names"),
        max_length=MOST_LETTERS,
        help_text=gettext_lazy("Paste as many as you like: one a line, or with commas or spaces between."),
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
    )


class NewGroup(GroupName):
    """A group with its first people."""

    members = forms.CharField(
        label=gettext_lazy("Login names"),
        required=False,
        max_length=MOST_LETTERS,
        help_text=gettext_lazy("Paste as many as you like: one a line, or with commas or spaces between."),
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
    )


@require_safe
@for_staff(StaffArea.GROUPS)
def groups(request: HttpRequest) -> HttpResponse:
    """Every group, by name."""
    kind = request.GET.get("kind", "")
    search = request.GET.get("q", "").strip().replace("\0", "")[:GROUP_NAME_LENGTH]
    page = reads.list_groups(
        search=search,
        kind=GroupKind(kind) if kind in set(GroupKind) else None,
        after=request.GET.get("after", ""),
        limit=ROWS,
    )
    context = {"page": page, "search": search, "kind": kind, "kinds": words.GROUPS.items()}
    return render(request, "staff/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.GROUPS)
def new_group(request: HttpRequest) -> HttpResponse:
    """Make an internal group."""
    form = NewGroup(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = actions.make_group(
            form.cleaned_data["name"],
            members=form.cleaned_data["members"],
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if outcome.group_id is not None:
            _tell_members(request, outcome)
            return redirect("staff_group", group_id=outcome.group_id)
        form.add_error("name", refusals.sentence(outcome.decision.reasons[0]))
    return render(request, "staff/new_group.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.GROUPS)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """A group: who is in it, where it counts. On POST people are put into it."""
    wanted, form = GroupId(group_id), Members(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            outcome = actions.add_group_members(
                wanted, form.cleaned_data["members"], actor=actor.from_request(request), now=timezone.now()
            )
            if outcome.group_id is not None:
                _tell_members(request, outcome)
                return redirect("staff_group", group_id=group_id)
            form.add_error(None, refusals.sentence(outcome.decision.reasons[0]))
        found = reads.get_group(wanted)
    except reads.GroupNotFound:
        return refusals.page(request, refusals.missing(request))
    members = reads.list_members(wanted, after=request.GET.get("after", ""), limit=ROWS)
    context = {
        "group": found,
        "mark": words.GROUPS[found.line.kind],
        "members": members,
        "form": form,
        "is_internal": found.line.kind is GroupKind.INTERNAL,
        "roles": words.FOLDER_ROLES,
    }
    return render(request, "staff/group.html", context, status=422 if form.errors else 200)


def _tell_members(request: HttpRequest, outcome: actions.GroupOutcome) -> None:
    """How many came in, and exactly which names stand for nobody."""
    count = outcome.added
    if count or not outcome.missing:
        told = ngettext("%(count)d person was added.", "%(count)d people were added.", count) % {"count": count}
        messages.success(request, told)
    if outcome.missing:
        names = {"names": ", ".join(outcome.missing)}
        messages.warning(request, _("Nobody here has these login names, so they were left out: %(names)s.") % names)


@require_http_methods(["POST"])
@for_staff(StaffArea.GROUPS)
def remove_member(request: HttpRequest, group_id: UUID, account_id: UUID) -> HttpResponse:
    """Take somebody out."""
    try:
        outcome = actions.remove_group_member(
            GroupId(group_id), AccountId(account_id), actor=actor.from_request(request), now=timezone.now()
        )
    except reads.GroupNotFound:
        return refusals.page(request, refusals.missing(request))
    if outcome.group_id is None:
        messages.error(request, refusals.sentence(outcome.decision.reasons[0]))
    elif outcome.removed:
        messages.success(request, _("They were taken out of the group."))
    return redirect("staff_group", group_id=group_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.GROUPS)
def edit_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Call an internal group something else, or remove it."""
    wanted = GroupId(group_id)
    try:
        found = reads.get_group(wanted)
        form = GroupName(request.POST or None, initial={"name": found.line.name})
        if request.method == "POST" and "remove" in request.POST:
            return _remove(request, wanted, found.line.name)
        if request.method == "POST" and form.is_valid():
            decision = actions.rename_group(
                wanted, form.cleaned_data["name"], actor=actor.from_request(request), now=timezone.now()
            )
            if decision.is_permitted:
                messages.success(request, _("Saved."))
                return redirect("staff_group", group_id=group_id)
            form.add_error("name", refusals.sentence(decision.reasons[0]))
    except reads.GroupNotFound:
        return refusals.page(request, refusals.missing(request))
    if found.line.kind is not GroupKind.INTERNAL:
        return refusals.page(request, refusals.missing(request))
    context = {"form": form, "group": found}
    return render(request, "staff/edit_group.html", context, status=422 if form.errors else 200)


def _remove(request: HttpRequest, group_id: GroupId, name: str) -> HttpResponse:
    decision = actions.remove_group(group_id, actor=actor.from_request(request), now=timezone.now())
    if not decision.is_permitted:
        messages.error(request, refusals.sentence(decision.reasons[0]))
        return redirect("staff_group", group_id=group_id)
    messages.success(request, _("The group “%(name)s” was removed.") % {"name": name})
    return redirect("staff_groups")
