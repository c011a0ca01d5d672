"""Whether what is handed in to an assignment folder counts for a mark (R129)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cathedra.actions import retention as actions
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId
from cathedra.web import actor, refusals
from cathedra.web.access.door import for_folder, is_hidden

_WORDS = {"yes": True, "no": False}


@require_POST
@for_folder(Action.EDIT_FOLDER)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Say so, or take it back."""
    wanted = _WORDS.get(request.POST.get("summative", ""))
    if wanted is None:
        messages.error(request, _("Choose whether what is handed in counts for a mark."))
        return redirect("folder_access", folder_id=folder_id)
    decision = actions.set_summative(folder_id, wanted, actor=actor.from_request(request), now=timezone.now())
    if is_hidden(decision):
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, _("Saved. It counts from now on."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("folder_access", folder_id=folder_id)
