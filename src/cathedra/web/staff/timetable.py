"""Staff page of the timetable: send a feed, see first what it would do, do it, and what failed with why (R156)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra.actions import scheduling as actions
from cathedra.db.reads import scheduling as reads
from cathedra.domain.ingest import timetable as rules
from cathedra.domain.ingest.timetable import FeedOutcome
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, Code, Decision, Reason
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

MOST_BYTES = 5 * 1024**2
TELLS = {
    FeedOutcome.MADE: (gettext_noop("Scheduled"), "good", "circle-check"),
    FeedOutcome.MOVED: (gettext_noop("Moved"), "good", "calendar"),
    FeedOutcome.CHANGED: (gettext_noop("Changed"), "good", "pencil"),
    FeedOutcome.CALLED_OFF: (gettext_noop("Called off"), "", "ban"),
    FeedOutcome.UNCHANGED: (gettext_noop("As it was"), "", "check"),
    FeedOutcome.EXCLUDED: (gettext_noop("Left out"), "warn", "info"),
    FeedOutcome.FAILED: (gettext_noop("Error"), "bad", "triangle-alert"),
}


class Feed(forms.Form):
    """The timetable as a file."""

    file = forms.FileField(
        label=gettext_lazy("Timetable"),
        help_text=gettext_lazy(
            "CSV in UTF-8, whose first line names the columns: event, title, starts_at, ends_at, room, folder; and, if "
            "you have them, presenter, cancelled, joint. Nothing is done before you have seen what it would do."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_staff(StaffArea.TIMETABLE)
def timetable(request: HttpRequest) -> HttpResponse:
    """The last feeds and what failed; on POST a feed is tried."""
    viewer = AccountId(request.user.pk)
    form = Feed(request.POST or None, request.FILES or None) if request.method == "POST" else Feed()
    if request.method == "POST" and form.is_valid():
        feed = _read(form.cleaned_data["file"])
        found = feed
        if not isinstance(feed, Decision):
            who = actor.from_request(request)
            found = actions.receive_timetable(feed, is_trial=True, actor=who, now=timezone.now())
        if isinstance(found, UUID):
            return redirect("staff_timetable_run", feed_id=found)
        if isinstance(found, Decision):
            form.add_error("file", refusals.sentence(found.reasons[0]))
    runs_service = reads.runs_service(viewer)
    failed = [
        {"row": row, "why": why_of(row.why)} for row in reads.list_failed(viewer, runs_service=runs_service, limit=200)
    ]
    runs = [{"row": row, "counts": counts_of(row.counts)} for row in reads.list_runs(viewer, runs_service=runs_service)]
    context = {"form": form, "runs": runs, "failed": failed, "most": rules.MOST_ATTEMPTS}
    return render(request, "staff/timetable.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
@for_staff(StaffArea.TIMETABLE)
def run(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """What became of a feed, or would."""
    viewer = AccountId(request.user.pk)
    try:
        row = reads.get_run(feed_id, viewer, runs_service=reads.runs_service(viewer))
    except reads.RunNotFound:
        return refusals.page(request, refusals.missing(request))
    context = {
        "run": row,
        "percent": 100 * row.seen // row.events,
        "is_moving": row.ended_at is None,
        "is_own": row.sent_by == viewer,
        "counts": counts_of(row.counts),
        "lines": [{**one, "tells": mark(one["outcome"]), "why": why_of(one["why"] or {})} for one in row.lines],
        "is_cut": len(row.lines) >= actions.MOST_LINES,
    }
    part = "staff/_timetable_run.html" if request.headers.get("HX-Request") else "staff/timetable_run.html"
    return render(request, part, context)


@require_POST
@for_staff(StaffArea.TIMETABLE)
def do(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """What was tried is done."""
    try:
        decision = actions.do_tried(feed_id, actor=actor.from_request(request), now=timezone.now())
    except reads.RunNotFound:
        return refusals.page(request, refusals.missing(request))
    if not decision.is_permitted:
        return refusals.page(request, decision)
    return redirect("staff_timetable_run", feed_id=feed_id)


@require_POST
@for_staff(StaffArea.TIMETABLE)
def again(request: HttpRequest) -> HttpResponse:
    """Try what failed again: one event, or all."""
    names = request.POST.getlist("event") or None
    found = actions.try_timetable_again(names, actor=actor.from_request(request), now=timezone.now())
    if isinstance(found, Decision):
        return refusals.page(request, found)
    told = ngettext("%(count)d event is tried again now.", "%(count)d events are tried again now.", found)
    messages.success(request, told % {"count": found})
    return redirect("staff_timetable")


def counts_of(counts: Mapping[str, int]) -> list[tuple[dict[str, str], int]]:
    """How often each outcome, those that there are."""
    return [(mark(one), counts[one]) for one in FeedOutcome if counts.get(one)]


def mark(outcome: str) -> dict[str, str]:
    """How an outcome is called and drawn."""
    word, tone, icon = TELLS[FeedOutcome(outcome)]
    return {"word": _(word), "tone": tone, "icon": icon}


def why_of(why: Mapping[str, Any]) -> str:
    """The sentence that was kept, in the reader's language; empty where nothing needs saying."""
    if not why:
        return ""
    return refusals.sentence(Reason(Code(why["code"]), why["rule"], why["sentence"], why["values"]))


def _read(file: Any) -> list[rules.Said] | Decision:
    if file.size > MOST_BYTES:
        return rules.too_large()
    try:
        return rules.read_timetable(file.read().decode("utf-8-sig").splitlines(keepends=True))
    except UnicodeDecodeError:
        return rules.not_utf8()
