"""Who may download from a folder, and of a recording that is stricter (R204)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.access.door import for_folder, for_recording, is_hidden
from cathedra.web.access.forms import DownloadPolicy
from cathedra.web.access.recordings import told


@require_POST
@for_folder(Action.EDIT_FOLDER)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Say who may download from the folder."""
    sharing = reads.folder_sharing(actor.account_id(request), folder_id)
    form = DownloadPolicy.of_folder(sharing, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who may download."))
        return redirect("folder_access", folder_id=folder_id)
    decision = actions.set_folder_downloads(
        folder_id, form.chosen(), actor=actor.from_request(request), now=timezone.now()
    )
    if is_hidden(decision):
        return refusals.page(request, decision)
    messages.success(request, _("Saved. It counts from now on."))
    return redirect("folder_access", folder_id=folder_id)


@require_POST
@for_recording(Action.EDIT_FOLDER)
def recording(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Let fewer people download this recording than its folder does."""
    form = DownloadPolicy.of_recording(reads.recording_sharing(recording_id), request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who may download."))
        return redirect("recording_access", recording_id=recording_id)
    decision = actions.set_recording_downloads(
        recording_id, form.chosen(), actor=actor.from_request(request), now=timezone.now()
    )
    return told(request, decision, _("Saved. It counts from now on."), "recording_access", recording_id)
