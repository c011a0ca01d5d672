"""Save a recording anew without what is cut (R103): the page that says what becomes of it, and where the new one is."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import saving as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import saving as reads
from cathedra.domain import access, metering
from cathedra.domain.access import Action
from cathedra.domain.terms import Code, Decision, NotFound, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.access.door import for_recording, is_hidden

_NOT_THERE = frozenset({Code.NO_PERMISSION, Code.NOT_FOUND, Code.RECYCLED, Code.GONE})
_MS = 1000


@dataclass(frozen=True, slots=True)
class Hours:
    """Both meters at a time, of both recordings together; lengths in milliseconds."""

    when: str
    stored_ms: int
    recorded_ms: int

    @property
    def stored(self) -> str:
        return metering.hours(self.stored_ms // _MS)

    @property
    def recorded(self) -> str:
        return metering.hours(self.recorded_ms // _MS)


def _meters(preview: actions.Preview) -> list[Hours]:
    before, after, recorded = (one * _MS for one in (preview.before_s, preview.after_s, preview.recorded_s))
    return [
        Hours(_("Now"), before, recorded),
        Hours(_("When the new one plays"), before + after, recorded),
        Hours(_("When this one is gone from the bin"), after, recorded),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_recording(Action.EDIT_MEDIA)
def save_anew(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """What happens to the hours, the link and what was cut; on POST it is asked for."""
    if request.method == "POST":
        return _ask(request, wanted)
    viewer, now = actor.account_id(request), timezone.now()
    preview = actions.preview_saving(wanted, actor=actor.from_request(request), now=now)
    recording = library.get_recording(viewer, wanted)
    context = {
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id),
        "preview": preview,
        "refusal": "" if preview.decision.is_permitted else refusals.sentence(preview.decision.reasons[0]),
        "meters": _meters(preview),
        "cut_ms": (preview.before_s - preview.after_s) * _MS,
        "bin_days": wiring.configuration().bin.days,
    }
    return render(request, "playback/save_anew.html", context)


def _ask(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 10 else -1
    asked = actions.save_anew(wanted, version=version, actor=actor.from_request(request), now=timezone.now())
    if asked.recording_id is not None:
        messages.success(request, _("The new recording is being made. You get a notice when it plays."))
        return redirect("recording", recording_id=asked.recording_id)
    if is_hidden(asked.decision):
        return refusals.page(request, asked.decision)
    messages.error(request, refusals.sentence(asked.decision.reasons[0]))
    return redirect("save_anew", recording_id=wanted)


def successor(request: HttpRequest, recording_id: RecordingId, view: Decision) -> library.RecordingPage | None:
    """What a recording that cannot be watched here any more was saved anew as: for who may watch that one, and nobody
    else learns that there is such a thing (R42)."""
    if view.code not in _NOT_THERE or (found := reads.find_successor(recording_id)) is None:
        return None
    viewer = actor.account_id(request)
    try:
        facts = access_reads.recording_facts(viewer, found)
    except NotFound:
        return None
    return library.get_recording(viewer, found) if access.permits(facts, Action.VIEW, timezone.now()) else None
