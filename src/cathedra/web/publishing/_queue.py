"""The Publisher's queue: what waits for them, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra.actions import audit
from cathedra.actions import policy as use_actions
from cathedra.actions import publishing as actions
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as reads
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.publishing._decisions import Reason, already
from cathedra.web.words import VERDICTS, Mark

ROWS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A recording that waits, and the one after it on the page."""

    waiting: reads.Waiting
    following: str
    may_approve: bool
    is_ticked: bool
    form: Reason
    verdict: Mark | None  # of the acceptable use policy; None where nobody has declared what it is for
    category: str


class Together(Reason):
    """Why what is ticked is returned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Every owner of what is ticked reads this. Say what would have to change.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def approvals(request: HttpRequest) -> HttpResponse:
    """The queue; on POST, approve those that were ticked, or return them with one reason."""
    form = Together(request.POST or None, auto_id="reason-ticked-%s")
    is_return = request.POST.get("verb") == "return"
    if request.method == "POST" and (not is_return or form.is_valid()):
        return _decide_ticked(request, form.cleaned_data["reason"] if is_return else None)
    viewer, after, now = AccountId(request.user.pk), request.GET.get("after", ""), timezone.now()
    page = reads.list_queue(viewer, now=now, after=after, limit=ROWS)
    wanted = _asked_for(request)
    first = reads.find_waiting(viewer, wanted, now=now) if wanted else None
    rows = list(page.rows)
    if first is not None:
        rows = [first, *(row for row in rows if row.id != first.id)]
    if request.method != "HEAD":  # who stands in for a Publisher sees them by a system role alone (R68, R223)
        stood_in = [row.id for row in rows if not row.may_watch]
        audit.note_list(stood_in, page="approvals", actor=actor.from_request(request), now=now)
    context = {
        "page": page,
        "lines": _lines(rows, viewer, set(request.POST.getlist("recording")), now),
        "is_later": bool(after),
        "gone": _decided(viewer, wanted) if wanted and first is None else "",
        "asked_for": first,
        "together": form,
    }
    return render(request, "publishing/approvals.html", context, status=422 if request.method == "POST" else 200)


def _lines(rows: list[reads.Waiting], viewer: AccountId, ticked: set[str], now: datetime) -> list[Line]:
    may_own = reads.may_approve_own()
    after = [*(str(row.id) for row in rows[1:]), str(rows[-2].id) if len(rows) > 1 else ""]
    uses, version = policy_reads.uses_of([row.id for row in rows], now), use_actions.policy_in_force()
    kinds = {one.id: one.label for one in version.categories} if version else {}
    return [
        Line(
            row,
            following,
            may_approve=may_own or not row.submission.is_own(viewer),
            is_ticked=str(row.id) in ticked,
            form=Reason(auto_id=f"reason-{row.id}-%s"),
            verdict=VERDICTS[use.verdict] if (use := uses.get(row.id)) else None,
            category=kinds.get(use.category, "") if use else "",
        )
        for row, following in zip(rows, after, strict=False)
    ]


def _asked_for(request: HttpRequest) -> RecordingId | None:
    """The recording that a notice was about."""
    return _id(request.GET.get("recording", ""))


def _id(given: str) -> RecordingId | None:
    try:
        return RecordingId(UUID(given))
    except ValueError:
        return None


def _decided(viewer: AccountId, recording_id: RecordingId) -> str:
    """What became of something that a notice leads to and that waits no more: said to who may decide about it."""
    found = reads.find_decided(viewer, recording_id, now=timezone.now())
    return already(found) if found else ""


def _decide_ticked(request: HttpRequest, reason: str | None) -> HttpResponse:
    """Without a reason they are approved, with one returned."""
    wanted = [one for given in request.POST.getlist("recording")[:ROWS] if (one := _id(given)) is not None]
    who, now = actor.from_request(request), timezone.now()
    if reason is None:
        results = actions.approve_all(wanted, actor=who, now=now)
    else:
        results = actions.reject_all(wanted, reason=reason, actor=who, now=now)
    _tell_done(request, sum(result.is_changed for result in results), is_return=reason is not None)
    for result in results:
        if result.is_changed or result.standing is None:
            continue
        if result.decision.is_permitted:
            messages.info(request, already(result.standing))
        else:
            messages.info(request, f"{result.standing.title}: {refusals.sentence(result.decision.reasons[0])}")
    if not wanted:
        messages.info(request, _("Nothing was ticked, so nothing was decided. Tick recordings in the list first."))
    return redirect("approvals")


def _tell_done(request: HttpRequest, count: int, *, is_return: bool) -> None:
    if is_return:
        told = ngettext(
            "%(count)d recording is returned to its owner, with your reason.",
            "%(count)d recordings are returned to their owners, with your reason.",
            count,
        )
    else:
        told = ngettext("%(count)d recording is approved.", "%(count)d recordings are approved.", count)
    if count:
        messages.success(request, told % {"count": count})
