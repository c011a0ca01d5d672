"""One schedule: its page, another time for it, calling it off, alone or with others of its series (T3, T4, R154, R155)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import scheduling as actions
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import scheduling as reads
from cathedra.domain.ingest import Occurrence, Reach, Span
from cathedra.domain.library import State
from cathedra.domain.terms import AccountId, Code, Decision, NotFound
from cathedra.web import actor, pickers, refusals
from cathedra.web.scheduling import door, forms, placing
from cathedra.web.scheduling.door import Seen


@require_safe
@door.for_schedule
def schedule(request: HttpRequest, seen: Seen) -> HttpResponse:
    """What, when, where, who; what comes next, and what can be done."""
    return render(request, "scheduling/one.html", {**told(seen), "folder": _folder(seen)})


def told(seen: Seen) -> dict[str, Any]:
    """For the page of the schedule and that of the recording."""
    zone = door.zone()
    others = [one for one in _series(seen) if one.recording_id != seen.line.recording_id]
    return {
        "seen": seen,
        "row": seen.line,
        "when": placing.times(seen.line.span, zone),
        "zone": zone.key,
        "others": len(others),
        "coming": [(one.recording_id, placing.times(one.span, zone)) for one in others] if seen.may_change else [],
    }


def told_of(viewer: AccountId | None, recording: library_reads.RecordingPage, now: datetime) -> dict[str, Any]:
    """The same, for the page of a recording that is to be made in a room, or was not: who comes there may see it."""
    if recording.state not in _ON_ITS_PAGE:
        return {}
    try:
        seen = door.see(viewer, recording.id, now)
    except NotFound:
        return {}
    return {} if isinstance(seen, Decision) else told(seen)


_ON_ITS_PAGE = (State.SCHEDULED, State.RECORDING, State.CANCELLED, State.MISSED)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_changing
def move(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Another time for it, and for those of its series that are chosen."""
    if (over := _over(request, seen)) is not None:
        return over
    one, zone = seen.line.recording_id, door.zone()
    form = forms.Moved(
        request.POST if request.method == "POST" else None, initial=forms.at(seen.line.span, zone), **_reach(seen)
    )
    offer = None
    if request.method == "POST" and form.is_valid():
        reach, span = form.chosen_reach(), form.span(zone)
        recorders = reads.get_schedule(one).recorder_ids
        if "takes_free_part" in request.POST and reach is Reach.THIS:
            span = placing.free_part(recorders, span, beside=(one,)) or span
        who = actor.from_request(request)
        decision = actions.reschedule(
            one, span, reach=reach, actor=who, now=seen.now, max_hours=door.max_hours(), zone=zone
        )
        if decision.is_permitted:
            messages.success(request, _moved(span, form.count(reach)))
            return redirect("schedule", recording_id=one)
        if placing.is_hidden(decision):
            return refusals.page(request, decision)
        form.add_error(_field_of(decision, span), refusals.sentence(decision.reasons[0]))
        if placing.is_taken(decision) and reach is Reach.THIS:
            offer = placing.offer_of(span, placing.free_part(recorders, span, beside=(one,)), zone)
    context = {**told(seen), "form": form, "folder": _folder(seen), "offer": offer}
    return render(request, "scheduling/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_calling_off
def call_off(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Nothing is recorded of it, and of those of its series that are chosen; what runs goes on."""
    if (over := _over(request, seen)) is not None:
        return over
    one = seen.line.recording_id
    form = forms.CallOff(request.POST if request.method == "POST" else None, **_reach(seen))
    if request.method == "POST" and form.is_valid():
        reach, reason = form.chosen_reach(), form.cleaned_data["reason"]
        count = form.count(reach)
        decision = actions.cancel_scheduled(
            one, reach=reach, reason=reason, actor=actor.from_request(request), now=seen.now
        )
        if decision.is_permitted:
            stays = " ".join(refusals.sentence(why) for why in decision.reasons)  # what of a series stays
            messages.success(request, f"{_called_off(count)} {stays}".strip())
            return redirect("schedule", recording_id=one)
        if placing.is_hidden(decision):
            return refusals.page(request, decision)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {**told(seen), "form": form, "folder": _folder(seen)}
    return render(request, "scheduling/call_off.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_naming
def name(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Another title or presenter for it, and for those of its series that are chosen (R154)."""
    if (over := _over(request, seen)) is not None:
        return over
    one = seen.line.recording_id
    initial = {"title": seen.line.title}
    form = forms.Named(request.POST if request.method == "POST" else None, initial=initial, **_reach(seen))
    if request.method == "POST" and form.is_valid():
        presenter = pickers.chosen(request, form, "presenter")
        if not form.errors:
            reach = form.chosen_reach()
            decision = actions.change_scheduled(
                one,
                title=form.cleaned_data["title"],
                presenter=AccountId(presenter[0].id) if presenter else None,
                reach=reach,
                actor=actor.from_request(request),
                now=seen.now,
            )
            if decision.is_permitted:
                messages.success(request, _("It is changed. Those it concerns are told."))
                return redirect("schedule", recording_id=one)
            if placing.is_hidden(decision):
                return refusals.page(request, decision)
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {**told(seen), "form": form, "folder": _folder(seen)}
    return render(request, "scheduling/name.html", context, status=422 if form.errors else 200)


def _reach(seen: Seen) -> dict[str, Any]:
    chosen = Occurrence(seen.line.recording_id, seen.line.span)
    return {"series": _series(seen), "chosen": chosen, "now": seen.now}


def _over(request: HttpRequest, seen: Seen) -> HttpResponse | None:
    """Back to its page where nothing can be changed any more, which says why."""
    if seen.is_open:
        return None
    messages.error(
        request, _("This cannot be changed any more: it was recorded, called off or missed, or its time is over.")
    )
    return redirect("schedule", recording_id=seen.line.recording_id)


def _series(seen: Seen) -> tuple[Occurrence, ...]:
    """Those of its series that can still be changed."""
    if seen.line.series is None:
        return ()
    return tuple(one for one in reads.list_series(seen.line.series) if one.span.ends_at > seen.now)


def _field_of(decision: Decision, span: Span) -> str | None:
    rule = decision.reasons[0].rule
    if rule == "R153":
        return "start"
    if rule == "R151" and decision.code is Code.BAD_REQUEST:
        is_end = span.starts_at >= span.ends_at or "hours" in decision.reasons[0].values
        return "end" if is_end else "day"
    return None


def _moved(span: Span, count: int) -> str:
    if count == 1:
        return _("It is put to %(when)s. Its owner, the presenter and whoever scheduled it are told.") % {
            "when": placing.times(span, door.zone())
        }
    return ngettext(
        "%(count)d recording is put to another time. Those it concerns are told.",
        "%(count)d recordings are put to another time. Those they concern are told.",
        count,
    ) % {"count": count}


def _called_off(count: int) -> str:
    return ngettext(
        "It is called off, and nothing is recorded. Those it concerns are told.",
        "%(count)d recordings are called off, and nothing is recorded. Those they concern are told.",
        count,
    ) % {"count": count}


def _folder(seen: Seen) -> library_reads.FolderPage:
    return library_reads.get_folder(seen.viewer, seen.line.folder_id)
