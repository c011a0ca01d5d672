"""The editor of a recording: cuts, captions, chapters. The work is done by an island; this is its page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.actions import editing as actions
from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import content as reads
from cathedra.db.reads import library as library_reads
from cathedra.domain import access
from cathedra.domain.terms import RecordingId
from cathedra.web import actor
from cathedra.web.access.door import for_recording

TABS = ("cuts", "captions")


@require_safe
@never_cache
@for_recording(access.Action.EDIT_MEDIA)
def editor(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """For whom row 5 of R38 names. What it plays, it plays as the watch page does: by the same decision."""
    viewer, now = actor.account_id(request), timezone.now()
    recording = library_reads.get_recording(viewer, wanted)
    facts = access_reads.recording_facts(viewer, wanted)
    may_play = access.permits(facts, access.Action.VIEW, now)
    if may_play and request.method == "GET":
        grants.note_playback(wanted, actor=actor.from_request(request), now=now)
    tab = request.GET.get("tab", "")
    found = reads.editing_facts(wanted)
    context = {
        "recording": recording,
        "folder": library_reads.get_folder(viewer, recording.folder_id),
        "tab": tab if tab in TABS else TABS[0],
        "may_play": may_play,
        "may_change": actions.may_edit(wanted, actor=actor.from_request(request), now=now).is_permitted,
        "is_reference": found.is_reference,
        "other_copies": found.copies - 1 if found.is_reference else found.copies,
        "may_copy": access.permits(facts, access.Action.COPY, now),
        "is_under_grant": access.through_grant(facts, access.Action.EDIT_MEDIA, now) is not None,
    }
    return render(request, "playback/editor.html", context)
