"""How a recording is kept: its page with what is planned for it, the buttons, the bin, what of one's own goes when."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
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
from django.views.decorators.http import require_http_methods, require_POST

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.actions.retention import Plea
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as reads
from cathedra.domain import access, retention
from cathedra.domain.access import Action
from cathedra.domain.retention import EXEMPTION_REASONS, REASON_LIMIT, Exempt, ExemptionReason
from cathedra.domain.terms import Actor, Code, Decision, NotFound, RecordingId
from cathedra.web import actor, holding, office, planned, refusals, words
from cathedra.web.access.door import for_recording

Verb = Callable[[RecordingId, Actor, datetime], Decision]


class Exemption(forms.Form):
    """Asking that something is kept longer."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What is to be kept"),
        choices=[
            ("recording", gettext_lazy("This recording")),
            ("folder", gettext_lazy("Its folder, with everything in it")),
        ],
    )
    what = forms.ChoiceField(
        label=gettext_lazy("From which run"),
        choices=[
            (Exempt.ARCHIVE.value, gettext_lazy("Archiving: it stays live")),
            (Exempt.DELETION.value, gettext_lazy("Deletion: it stays in the archive")),
            (Exempt.BOTH.value, gettext_lazy("Both")),
        ],
    )
    reason_kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[(kind.value, gettext_lazy(EXEMPTION_REASONS[kind])) for kind in ExemptionReason],
    )
    reason = forms.CharField(
        label=gettext_lazy("In your words"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It ends before the run after next at the latest, and can be renewed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_recording(Action.SEE_METADATA)
def keeping(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """What is planned for it and what may be done; on POST somebody asks that it is kept longer."""
    now = timezone.now()
    if request.method == "POST" and not _may_ask(request, wanted, now):
        return refusals.page(request, refusals.missing(request))
    form = Exemption(request.POST) if request.method == "POST" else Exemption()
    if request.method == "POST" and form.is_valid():
        refused = _ask(request, wanted, form, now)
        if refused is None:
            messages.success(request, _("The service team was asked. You get a notice when they have decided."))
            return redirect("keeping", recording_id=wanted)
        if refused.code in (Code.NO_PERMISSION, Code.NOT_FOUND, Code.GONE):
            return refusals.page(request, refused)
        form.add_error(None, refusals.sentence(refused.reasons[0]))
    context = {"form": form, **_planned(request, wanted, now)}
    return render(request, "retention/recording.html", context, status=422 if form.errors else 200)


def _may_ask(request: HttpRequest, wanted: RecordingId, now: datetime) -> bool:
    about = access_reads.recording_facts(actor.account_id(request), wanted)
    return about.is_owner or access.decide(about, Action.DELETE, now).is_permitted


def _ask(request: HttpRequest, wanted: RecordingId, form: Exemption, now: datetime) -> Decision | None:
    given = form.cleaned_data
    is_folder = given["scope"] == "folder"
    last = timezone.make_aware(datetime.combine(given["until"], time()), reads.calendar().zone)
    plea = Plea(
        what=Exempt(given["what"]),
        reason_kind=ExemptionReason(given["reason_kind"]),
        reason=given["reason"],
        expires_at=last + timedelta(days=1),
        folder_id=reads.facts(wanted).folder_id if is_folder else None,
        recording_id=None if is_folder else wanted,
    )
    decision = actions.ask_exemption(plea, actor=actor.from_request(request), now=now).decision
    return None if decision.is_permitted else decision


def _planned(request: HttpRequest, wanted: RecordingId, now: datetime) -> dict[str, Any]:
    viewer = actor.account_id(request)
    about = access_reads.recording_facts(viewer, wanted)
    plan = planned.plan_of(wanted, now)
    found, facts = plan.found, plan.facts
    played = reads.facts(publishing_reads.original_of(wanted)) if facts.is_reference else found
    may_delete = access.decide(about, Action.DELETE, now).is_permitted
    return {
        "recording": library.get_recording(viewer, wanted),
        "found": found,
        "hours": words.hours(facts.seconds),
        "archive_run": plan.archive_run,
        "deletion": plan.deletion,
        **holding.told(wanted, about, now),
        "exemptions": reads.list_of(recording_id=wanted, folder_id=found.folder_id, now=now),
        "copies": publishing_reads.list_copies([wanted]),
        "bin_days": wiring.configuration().bin.days,
        "restore_hours": wiring.configuration().restore.max_hours,
        "may_restore": played.keeping == retention.ARCHIVED
        and access.decide(about, Action.RESTORE_FROM_ARCHIVE, now).is_permitted,
        "may_archive": (may_delete or about.is_owner) and retention.may_archive_by_hand(facts) is None,
        "may_delete": may_delete and found.keeping in (retention.ONLINE, retention.ARCHIVED),
        "is_deleted_by_service": access.is_by_office(about, Action.DELETE, now),
        "may_ask": (may_delete or about.is_owner) and found.keeping in (retention.ONLINE, retention.ARCHIVED),
        "home": office.home_of(request, wanted),
    }


def _button(request: HttpRequest, recording_id: UUID, verb: Verb, done: str, *, to: str) -> HttpResponse:
    """Do it and go on to where one sees what came of it; a refusal that tells something is told there too."""
    wanted = RecordingId(recording_id)
    try:
        decision = access.as_told(verb(wanted, actor.from_request(request), timezone.now()))
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if not decision.is_permitted and decision.code in _SILENT:
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, done)
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    places = {} if to in _LISTS else {"recording_id": wanted}
    return redirect(to, **places)


_LISTS = ("bin", "staff_bins")


def _from(request: HttpRequest) -> str:
    """The bin at which the button stood: one's own, or everybody's in the staff area."""
    return "staff_bins" if request.POST.get("from") == "staff" else "bin"


_SILENT = (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED, Code.GONE)


@require_POST
def restore(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """T31."""

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        return actions.request_restore(wanted, actor=who, now=now)

    done = _("It is on its way back from the archive. You get a notice when it plays.")
    return _button(request, recording_id, verb, done, to="recording")


@require_POST
def archive(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """R117."""

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        return actions.archive_recording(wanted, actor=who, now=now)

    return _button(request, recording_id, verb, _("It goes to the archive in a moment."), to="keeping")


@require_POST
def recycle(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """T34."""

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        return actions.recycle_recording(wanted, actor=who, now=now, reason=request.POST.get("reason", ""))

    return _button(request, recording_id, verb, _("It is in the bin. You can take it out again."), to="bin")


@require_POST
def take_back(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """T35."""

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        return actions.take_back_recording(wanted, actor=who, now=now)

    return _button(request, recording_id, verb, _("It is back where it was."), to=_from(request))


@require_POST
def purge(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """T36, early."""
    reason = request.POST.get("reason", "")

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        return actions.purge_recording(wanted, reason=reason, actor=who, now=now)

    return _button(request, recording_id, verb, _("It is deleted for good."), to=_from(request))
