"""Staff page on which a set of recordings is chosen to be looked at again under the policy (R16)."""

import re
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cathedra.actions import policy as actions
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import SET_MOST, WHY_CHARACTERS
from cathedra.domain.terms import Decision, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Choosing(forms.Form):
    """Which recordings, and why."""

    recordings = forms.CharField(
        label=gettext_lazy("Recordings"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Their addresses or ids, or lines of the file of a dry run of the use policy."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why they are looked at again"),
        max_length=WHY_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever decides reads it, with each of them."),
    )

    def clean_recordings(self) -> list[RecordingId]:
        """Those that are named."""
        found = list(dict.fromkeys(RecordingId(UUID(one)) for one in _ID.findall(self.cleaned_data["recordings"])))
        if not found:
            raise forms.ValidationError(_("There is no address or id of a recording in this."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.CASES)
def again(request: HttpRequest) -> HttpResponse:
    """Choose them; on POST their cases open."""
    form = Choosing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = actions.look_again(
            given["recordings"], why=given["why"], actor=actor.from_request(request), now=timezone.now()
        )
        if not isinstance(found, Decision):
            _tell(request, found)
            return redirect("staff_cases")
        form.add_error(None, refusals.sentence(found.reasons[0]))
    context = {"form": form, "most": SET_MOST}
    return render(request, "staff/look_again.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, found: actions.LookedAgain) -> None:
    opened = ngettext("%(count)s case was opened.", "%(count)s cases were opened.", found.opened)
    said = [opened % {"count": found.opened}]
    if found.waiting:
        already = ngettext("%(count)s has an open case already.", "%(count)s have an open case already.", found.waiting)
        said.append(already % {"count": found.waiting})
    if found.left_out:
        missing = ngettext(
            "%(count)s is not there or lies in the bin.", "%(count)s are not there or lie in the bin.", found.left_out
        )
        said.append(missing % {"count": found.left_out})
    (messages.success if found.opened else messages.info)(request, " ".join(said))
