"""The page on which a recording is made somebody else's (R219)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra.actions import library as actions
from cathedra.db.reads import access as reads
from cathedra.db.reads import library
from cathedra.domain import access
from cathedra.domain.access import Action, Standing
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import actor, office, pickers, refusals
from cathedra.web.access.door import for_recording, is_hidden

_NAMED = 20  # Creators that the page names; the field finds the others


class NewOwner(forms.Form):
    """Whose it shall be."""

    owner = pickers.PeopleField(
        label=gettext_lazy("New owner"),
        single=True,
        groups=False,
        error_messages={"required": gettext_lazy("Say who is to own it.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_recording(Action.CHANGE_OWNER)
def change(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Whose it is, what that means, and who is to own it from now on."""
    wanted, form = RecordingId(recording_id), NewOwner(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = pickers.chosen(request, form, "owner")
        if found and not form.errors:
            decision = actions.change_owner(
                wanted, AccountId(found[0].id), actor=actor.from_request(request), now=timezone.now()
            )
            if decision.is_permitted:
                messages.success(
                    request, _("It belongs to %(name)s now. Both sides are told.") % {"name": found[0].name}
                )
                return redirect(_onward(request, wanted))
            if is_hidden(decision):
                return refusals.page(request, decision)
            form.add_error("owner", refusals.sentence(decision.reasons[0]))
    return render(request, "library/owner.html", _context(request, wanted, form), status=422 if form.errors else 200)


def _context(request: HttpRequest, wanted: RecordingId, form: NewOwner) -> dict[str, Any]:
    viewer, recording = actor.account_id(request), library.get_metadata(wanted)
    facts = reads.recording_facts(viewer, wanted)
    may_see = access.permits(facts, Action.SEE_FOLDER, timezone.now())
    return {
        "form": form,
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id) if may_see else None,
        "others": [name for name in recording.creators if name != recording.owner_name][:_NAMED],
        "is_service": Standing.SERVICE_ADMIN in facts.appointments,
        "home": office.home_of(request, wanted),
    }


def _onward(request: HttpRequest, wanted: RecordingId) -> str:
    """Who gave it away may have no more to do with it."""
    facts = reads.recording_facts(actor.account_id(request), wanted)
    stays = access.permits(facts, Action.SEE_METADATA, timezone.now())
    return office.home_of(request, wanted) if stays else "home"
