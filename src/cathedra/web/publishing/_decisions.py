"""The buttons of approval: approve, return with a reason, withdraw, hand in again. They work without JavaScript."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import publishing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.domain import access
from cathedra.domain.publishing import REASON_LIMIT, ApprovalStep
from cathedra.domain.terms import Actor, Code, RecordingId, RecordingNotFound
from cathedra.web import actor, refusals
from cathedra.web.access.door import noted

STATES = ("waiting", "rejected", "published")
Verb = Callable[[RecordingId, Actor], actions.ApprovalResult]


class Reason(forms.Form):
    """Why a recording is returned."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Its owner reads this. Say what would have to change."),
        error_messages={"required": gettext_lazy("Say why: the reason goes to the recording’s owner.")},
    )


def already(standing: reads.Submission) -> str:
    """How it stands, in a sentence that names whoever brought it there (R65)."""
    values = {"title": standing.title, "who": standing.decided_by or "Cathedra"}
    sentences = {
        ApprovalStep.APPROVED: _("%(who)s had approved “%(title)s” already."),
        ApprovalStep.REJECTED: _("%(who)s had returned “%(title)s” already."),
        ApprovalStep.WITHDRAWN: _("%(who)s had withdrawn “%(title)s” already."),
        ApprovalStep.SUBMITTED: _("“%(title)s” waits for approval already."),
    }
    return (sentences[standing.step] if standing.step else _("“%(title)s” stands so already.")) % values


def seen(request: HttpRequest) -> str:
    """The state that the page showed when somebody decided."""
    given = request.POST.get("seen", "")
    return given if given in STATES else ""


def back(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Where the button stood: in the queue, at the next one, or on the recording's page."""
    if request.POST.get("from") != "queue":
        return redirect("recording", recording_id=recording_id)
    following = request.POST.get("following", "")
    is_id = len(following) == len(str(recording_id)) and following.replace("-", "").isalnum()
    return redirect(reverse("approvals") + (f"#waits-{following}" if is_id else ""))


@require_POST
def approve(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """A Publisher's yes."""

    def verb(wanted: RecordingId, who: Actor) -> actions.ApprovalResult:
        return actions.approve_recording(wanted, actor=who, now=timezone.now(), seen=seen(request))

    return _carry_out(request, recording_id, verb, _("“%(title)s” is approved. Its audience can watch it now."))


@require_POST
def withdraw(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Its Creator takes it back."""

    def verb(wanted: RecordingId, who: Actor) -> actions.ApprovalResult:
        return actions.withdraw_recording(wanted, actor=who, now=timezone.now())

    return _carry_out(request, recording_id, verb, _("“%(title)s” is withdrawn. It waits for nobody now."))


@require_POST
def resubmit(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Its Creator hands it in again."""

    def verb(wanted: RecordingId, who: Actor) -> actions.ApprovalResult:
        return actions.resubmit_recording(wanted, actor=who, now=timezone.now())

    return _carry_out(request, recording_id, verb, _("“%(title)s” waits for approval. You are told what is decided."))


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """A Publisher's no: the page that asks for the reason, and what it does."""
    wanted = RecordingId(recording_id)
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def verb(wanted: RecordingId, who: Actor) -> actions.ApprovalResult:
            reason = form.cleaned_data["reason"]
            return actions.reject_recording(wanted, reason=reason, actor=who, now=timezone.now(), seen=seen(request))

        return _carry_out(request, recording_id, verb, _("“%(title)s” is returned to its owner, with your reason."))
    try:
        facts = access_reads.recording_facts(actor.account_id(request), wanted)
        decision = access.decide(facts, access.Action.APPROVE, timezone.now())
    except RecordingNotFound:
        decision = refusals.missing(request)
    if not decision.is_permitted:
        return refusals.page(request, decision)
    context = {
        "form": form,
        "found": reads.get_approval(actor.account_id(request), wanted),
        "seen": seen(request) or facts.state,
        "from": "queue" if "queue" in (request.POST.get("from"), request.GET.get("from")) else "",
    }
    page = render(request, "publishing/reject.html", context, status=422 if form.errors else 200)
    return noted(page, request, facts, access.Action.APPROVE, wanted)


def _carry_out(request: HttpRequest, recording_id: UUID, verb: Verb, done: str) -> HttpResponse:
    wanted = RecordingId(recording_id)
    try:
        result = verb(wanted, actor.from_request(request))
    except RecordingNotFound:
        return refusals.page(request, refusals.missing(request))
    standing = result.standing
    if standing is None or result.decision.code in (Code.NO_PERMISSION, Code.SIGN_IN, Code.EULA_REQUIRED):
        return refusals.page(request, result.decision)
    if result.is_changed:
        messages.success(request, done % {"title": standing.title})
    elif result.decision.is_permitted:
        messages.info(request, already(standing))
    elif result.decision.code is Code.CONFLICT:  # somebody else's word, which is no mistake of this person's
        messages.info(request, f"{standing.title}: {refusals.sentence(result.decision.reasons[0])}")
    else:
        messages.error(request, refusals.sentence(result.decision.reasons[0]))
    return back(request, wanted)
