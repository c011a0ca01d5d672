"""The pages around an upload: where to, and the place where the uploader mounts."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.domain import access, encoding, ingest, policy
from cathedra.domain.metering import Intake
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, RecordingId, permit
from cathedra.web import actor, declaring, devices, hours, office, playback, refusals
from cathedra.web.access.door import for_recording
from cathedra.web.page_tags import at_time


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Where to upload to, and what is not finished."""
    viewer = AccountId(request.user.pk)
    context = {
        "places": library_reads.list_places_to_upload(viewer),
        "unfinished": reads.list_unfinished(viewer, now=timezone.now()),
        "captures": reads.list_captures(viewer),
        "has_imports": reads.has_imports(viewer),
    }
    return render(request, "ingest/choose.html", context)


@require_safe
def upload(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """Drop files here. `?recording=` adds a second picture to a recording of this folder."""
    viewer, wanted = actor.account_id(request), FolderId(folder_id)
    try:
        facts = access_reads.folder_facts(viewer, wanted)
    except FolderNotFound:
        return refusals.page(request, refusals.missing(request))
    decision = access.decide_folder(facts, access.Action.CREATE_RECORDING, timezone.now())
    if viewer is None or not decision.is_permitted:
        return refusals.page(request, decision)
    second = _second(request, wanted)
    if isinstance(second, HttpResponse):
        return second
    is_taken = second is not None or reads.takes_submissions(wanted)  # whatever the hours (R108)
    is_asked = not access.submits(facts) and _is_asked(viewer)  # Viewers are never asked about the policy (R15)
    terms = policy_reads.find_current(TermsDocument.AUP) if is_asked else None
    context = {
        "policy": terms,
        "blocks": policy.blocks(terms.text) if terms else (),
        "declaration": declaring.form_for_upload(viewer, wanted, second.id if second else None),
        "folder": library_reads.get_folder(viewer, wanted),
        "second": second,
        "unfinished": reads.list_unfinished(viewer, now=timezone.now()),
        "max_bytes": wiring.configuration().upload.max_bytes,
        "limit": "" if is_taken else hours.refusal(viewer, timezone.now(), into=wanted),
    }
    return render(request, "ingest/upload.html", context)


@require_safe
@devices.allowed
def record(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """Record here, in the browser: the gates are those of an upload (R15, R38 row 4, R84, R108)."""
    viewer, wanted = actor.account_id(request), FolderId(folder_id)
    try:
        facts = access_reads.folder_facts(viewer, wanted)
    except FolderNotFound:
        return refusals.page(request, refusals.missing(request))
    now = timezone.now()
    decision = access.decide_folder(facts, access.Action.CREATE_RECORDING, now)
    if viewer is None or not decision.is_permitted:
        return refusals.page(request, decision)
    is_asked = not access.submits(facts) and _is_asked(viewer)  # Viewers are never asked about the policy (R15)
    terms = policy_reads.find_current(TermsDocument.AUP) if is_asked else None
    is_taken = reads.takes_submissions(wanted)
    context = {
        "policy": terms,
        "blocks": policy.blocks(terms.text) if terms else (),
        "declaration": declaring.form_for_upload(viewer, wanted),
        "folder": library_reads.get_folder(viewer, wanted),
        "title": _("Recording of %(when)s") % {"when": at_time(now)},
        "limit": "" if is_taken else hours.refusal(viewer, now, into=wanted, intake=Intake.ADHOC),
    }
    return render(request, "ingest/record.html", context)


@require_safe
@for_recording(access.Action.REPLACE_FILE)
def replace(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Another file in the place of those that could not be used (T18)."""
    viewer = AccountId(request.user.pk)
    recording = library_reads.get_recording(viewer, wanted)
    decision = encoding.decide_replace(recording.state, may=permit(), is_received=encoding_reads.is_received(wanted))
    if not decision.is_permitted:
        messages.error(request, refusals.sentence(decision.reasons[0]))
        return redirect(office.home_of(request, wanted))
    folder_id, owner = reads.home_of(wanted)
    is_taken = reads.takes_submissions(folder_id)
    is_asked = not access.submits(access_reads.recording_facts(viewer, wanted)) and _is_asked(viewer)  # R15
    terms = policy_reads.find_current(TermsDocument.AUP) if is_asked else None
    context = {
        "policy": terms,
        "blocks": policy.blocks(terms.text) if terms else (),
        "declaration": declaring.form_for_upload(viewer, folder_id, wanted),
        "folder": library_reads.get_folder(viewer, folder_id),
        "replaced": recording,
        "home": office.home_of(request, wanted),
        "max_bytes": wiring.configuration().upload.max_bytes,
        "limit": "" if is_taken else hours.refusal(owner, timezone.now(), into=folder_id),
    }
    return render(request, "ingest/upload.html", context)


def _is_asked(viewer: AccountId) -> bool:
    """Must this Creator read the current policy before the first upload under it? (R15)"""
    return not policy.decide_contribution(policy_reads.unaccepted(viewer)).is_permitted


def _second(request: HttpRequest, folder_id: FolderId) -> library_reads.RecordingPage | HttpResponse | None:
    """The recording that gets a second file; a refusal when it is not one of this folder that may be edited."""
    given = request.GET.get("recording", "")
    if not given:
        return None
    try:
        wanted = RecordingId(UUID(given))
    except ValueError:
        return refusals.page(request, refusals.missing(request))
    admission = playback.admit(request, wanted)
    if not admission.edit.is_permitted:
        return refusals.page(request, admission.edit)
    if access_reads.recording_facts(actor.account_id(request), wanted).original is not None:
        messages.error(request, refusals.sentence(ingest.no_media_of_its_own().reasons[0]))
        return redirect("recording", recording_id=wanted)
    recording = library_reads.get_recording(actor.account_id(request), wanted)
    return recording if recording.folder_id == folder_id else refusals.page(request, refusals.missing(request))
