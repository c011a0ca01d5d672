"""What a recording is for: what holds it and what its owner may do, the appeal, and the report of somebody who watches
(R84 to R92)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import policy as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import policy as reads
from cathedra.domain import access, policy
from cathedra.domain.access import Action
from cathedra.domain.policy import APPEAL_CHARACTERS, REPORT_CHARACTERS, CaseState, Requirement, UseHold, Verdict
from cathedra.domain.terms import Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, declaring, holding, office, refusals
from cathedra.web.access.door import for_recording


class Appeal(forms.Form):
    """Why it belongs here."""

    text = forms.CharField(
        label=gettext_lazy("Why it belongs here"),
        max_length=APPEAL_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Somebody who has not decided it before reads this. You can appeal once."),
    )


class Report(forms.Form):
    """Why it does not."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        max_length=REPORT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The service team reads this. The owner is not told who reported it."),
    )


def _facts(request: HttpRequest, wanted: RecordingId) -> access.RecordingFacts:
    return access_reads.recording_facts(actor.account_id(request), wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.EDIT_RECORDING, Action.SEE_PROGRESS)
def use(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """What was declared and decided, and what can be done now; on POST it is declared anew."""
    refusal = actions.decide_declaring(_facts(request, wanted), timezone.now())
    if not refusal.is_permitted:
        return refusals.page(request, refusal)
    error = ""
    if request.method == "POST":
        wish = declaring.wish_from(request.POST)
        found: object = deny(Code.BAD_REQUEST, "R77", noop("Answer the three questions and choose a kind."))
        if wish is not None:
            found = actions.declare_use(wanted, wish, actor=actor.from_request(request), now=timezone.now())
        if not isinstance(found, Decision):
            messages.success(request, _("Your answers are kept."))
            return redirect("recording_use", recording_id=wanted)
        error = refusals.sentence(found.reasons[0])
    return _page(request, wanted, Appeal(), error=error)


def _page(request: HttpRequest, wanted: RecordingId, form: Appeal, *, error: str = "") -> HttpResponse:
    viewer, now = actor.account_id(request), timezone.now()
    if viewer is None:
        return refusals.page(request, refusals.missing(request))
    recording = library.get_recording(viewer, wanted)
    case, version = reads.find_case(wanted), actions.policy_in_force()
    is_refused = case is not None and case.standing.state is CaseState.REFUSED
    in_time = case is not None and case.standing.grace_until is not None and now < case.standing.grace_until
    may_correct = policy.decide_correction(case.standing if case else None, now).is_permitted
    failed, holds = case.failed if case else frozenset(), reads.use_holds(wanted)
    context = {
        "recording": recording,
        "home": office.home_of(request, wanted),
        "folder": library.get_folder(viewer, recording.folder_id),
        "is_undeclared": UseHold.UNDECLARED in holds,
        "is_held": bool(holds),
        "case": case,
        "is_refused": is_refused,
        "is_waiting": case is not None and case.standing.state in (CaseState.OPEN, CaseState.APPEALED),
        "was_refused": case is not None and case.standing.verdict is Verdict.NOT_PERMITTED,
        "failed": [version.questions[one] for one in Requirement if one in failed] if version else [],
        "declared": reads.find_last_declaration(wanted),
        "declaration": declaring.form_for_recording(viewer, recording.folder_id, wanted) if may_correct else None,
        "may_appeal": is_refused and in_time and case is not None and not case.appealed_at and viewer == case.owner_id,
        "contact": version.contact if version else "",
        "form": form,
        "error": error,
        **holding.told(wanted, _facts(request, wanted), now),
    }
    return render(request, "policy/use.html", context, status=422 if error or form.errors else 200)


@require_POST
@for_recording(Action.SEE_PROGRESS)
def appeal(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """The owner asks for another look."""
    if not _facts(request, wanted).is_owner:
        return refusals.page(request, refusals.missing(request))
    form = Appeal(request.POST)
    if form.is_valid():
        decision = actions.appeal_use(
            wanted, form.cleaned_data["text"], actor=actor.from_request(request), now=timezone.now()
        )
        if decision.is_permitted:
            messages.success(request, _("Your appeal is on its way. Nothing is removed until it is decided."))
            return redirect("recording_use", recording_id=wanted)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    return _page(request, wanted, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.VIEW)
def report(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Somebody who can view it tells the service team that it does not belong here."""
    viewer = actor.account_id(request)
    if viewer is None:
        return redirect_to_login(request.get_full_path())
    form = Report(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decision = actions.report_use(
            wanted, form.cleaned_data["text"], actor=actor.from_request(request), now=timezone.now()
        )
        if decision.is_permitted:
            messages.success(request, _("Thank you. The service team looks at it."))
            return redirect("recording", recording_id=wanted)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    recording = library.get_recording(viewer, wanted)
    context = {"form": form, "recording": recording}
    return render(request, "policy/report.html", context, status=422 if form.errors else 200)
