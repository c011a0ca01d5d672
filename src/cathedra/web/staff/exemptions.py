"""Staff page of exemptions from the cap of sharing (R33): give, see, take back."""

import re
from datetime import datetime, time
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

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import FolderId, NotFound, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

_TARGET = re.compile(r"(folders|recordings)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


class Exemption(forms.Form):
    """What may be shared beyond the cap, why, until when."""

    address = forms.CharField(
        label=gettext_lazy("Address of the folder or recording"),
        max_length=500,
        help_text=gettext_lazy("As the browser shows it. A folder's exemption counts for everything inside."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    until = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_address(self) -> dict[str, Any]:
        """The target that the address names."""
        found = _TARGET.search(self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(_("This is not the address of a folder or a recording."))
        key = UUID(found[2])
        return {"folder_id": FolderId(key)} if found[1].lower() == "folders" else {"recording_id": RecordingId(key)}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.EXEMPTIONS)
def exemptions(request: HttpRequest) -> HttpResponse:
    """Those that count now; on POST one is given."""
    form, now = Exemption(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid() and _give(request, form, now):
        messages.success(request, _("The exemption is given."))
        return redirect("staff_exemptions")
    context = {"form": form, "rows": reads.list_exemptions(now=now)}
    return render(request, "staff/exemptions.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, form: Exemption, now: datetime) -> bool:
    last = form.cleaned_data["until"]
    try:
        decision = actions.give_exemption(
            **form.cleaned_data["address"],
            reason=form.cleaned_data["reason"],
            expires_at=timezone.make_aware(datetime.combine(last, time.max)),
            actor=actor.from_request(request),
            now=now,
        )
    except NotFound:
        form.add_error("address", _("There is no such folder or recording."))
        return False
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return decision.is_permitted


@require_POST
@for_staff(StaffArea.EXEMPTIONS)
def end(request: HttpRequest, exemption_id: UUID) -> HttpResponse:
    """Take one back."""
    try:
        decision = actions.end_exemption(exemption_id, actor=actor.from_request(request), now=timezone.now())
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if decision.is_permitted:
        messages.success(request, _("The exemption is taken back. It reaches no further than the cap from now on."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("staff_exemptions")
