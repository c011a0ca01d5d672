"""Ask for access, and answer (R36)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain.access import RequestAnswer
from cathedra.domain.terms import FolderId, NotFound, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.access.door import is_hidden
from cathedra.web.access.forms import Answer


@require_POST
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask those who look after a thing. The answer is the same whether there is one or not (R42)."""
    decision = actions.request_access(
        **_target(request),
        message=request.POST.get("message", "").replace("\0", ""),
        day=timezone.localdate().isoformat(),
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    if not decision.is_permitted:
        return refusals.page(request, decision)
    told = _(
        "If there is something at this address, those who look after it have been asked. You are told their answer."
    )
    messages.success(request, told)
    return redirect("home")


def _target(request: HttpRequest) -> dict[str, Any]:
    for name, kind in (("recording_id", RecordingId), ("folder_id", FolderId)):
        try:
            return {name: kind(UUID(request.POST.get(name, "")))}
        except ValueError:
            continue
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Who asks, and for what; give access as a Viewer or decline."""
    try:
        wanted = reads.get_request(request_id)
        decision = actions.decide_answer(wanted, actor=actor.from_request(request), now=timezone.now())
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if not decision.is_permitted:
        return refusals.page(request, decision)
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = RequestAnswer.GIVEN if "give" in request.POST else RequestAnswer.DECLINED
        decision = actions.answer_request(
            request_id,
            given,
            message=form.cleaned_data["message"],
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if is_hidden(decision):
            return refusals.page(request, decision)
        if decision.is_permitted:
            messages.success(request, _("%(name)s is told your answer.") % {"name": wanted.asker_name})
            return redirect("access_request", request_id=request_id)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {"wanted": reads.get_request(request_id), "form": form, "given": RequestAnswer.GIVEN}
    return render(request, "access/answer.html", context, status=422 if form.errors else 200)
