"""The page on which access is given (R141 to R147)."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import grants as actions
from cathedra.domain.access import GrantRight
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import (
    AccountId,
    FolderId,
    FolderNotFound,
    RecordingId,
    RecordingNotFound,
)
from cathedra.web import actor, pickers, refusals
from cathedra.web.staff.door import for_staff

_THING = re.compile(r"(folders/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def _purposes() -> list[tuple[str, Any]]:
    named = [(purpose.id, _(purpose.label)) for purpose in wiring.grant_policy().purposes]
    return [("", _("Choose one")), *named]


class Giving(forms.Form):
    """A grant to give."""

    grantee = pickers.PeopleField(
        label=gettext_lazy("Who is given access"),
        error_messages={"required": gettext_lazy("Name who is given access.")},
        single=True,
        groups=False,
        help_text=gettext_lazy("Login name of a member of staff of the University or a College; not yourself."),
    )
    things = forms.CharField(
        label=gettext_lazy("What to"),
        error_messages={"required": gettext_lazy("Give the address of what they may see.")},
        max_length=20_000,
        help_text=gettext_lazy("Addresses of recordings, one a line; or the address of one folder, with all below it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        error_messages={"required": gettext_lazy("Choose what the access is for.")},
        choices=_purposes,
    )
    explanation = forms.CharField(
        label=gettext_lazy("What it is needed for"),
        error_messages={"required": gettext_lazy("Say what the access is needed for.")},
        max_length=2000,
        help_text=gettext_lazy("At least 20 characters. The owner reads this, word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_manage = forms.BooleanField(
        label=gettext_lazy("May also change it, move it and change its settings"), required=False
    )
    may_export = forms.BooleanField(label=gettext_lazy("May also download it"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        error_messages={"required": gettext_lazy("Say for how many days.")},
        min_value=1,
    )
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
