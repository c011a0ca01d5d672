"""A recording that failed, processed again (T18)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cathedra.actions import encoding as actions
from cathedra.db.reads import access as access_reads
from cathedra.domain import access
from cathedra.domain.terms import Code, NotFound, RecordingId
from cathedra.web import actor, office, refusals

_SILENT = (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED, Code.GONE)


@require_POST
def process_again(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """What is kept of it is processed once more."""
    wanted, now = RecordingId(recording_id), timezone.now()
    try:
        decision = access.as_told(actions.process_again(wanted, actor=actor.from_request(request), now=now))
        office.at_recording(request, access_reads.recording_facts(actor.account_id(request), wanted))
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if decision.code in _SILENT:
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, _("It is being processed again. You can leave; its owner is told how it ends."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect(office.home_of(request, wanted))
