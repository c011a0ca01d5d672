"""What of one's own goes to the archive or is deleted next, and what may be done with much of it at once: restored,
downloaded, let go (R120, R125, R126)."""

from collections.abc import Callable
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
from django.views.decorators.http import require_POST, require_safe

from cathedra.actions import retention as actions
from cathedra.actions.retention import LetGo
from cathedra.db.reads import retention as reads
from cathedra.domain import access, retention
from cathedra.domain.retention import RunKind
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import actor, downloads, playback, refusals, words

_MOST = 200  # that one button restores or lets go
_MOST_FILES = 50  # of so many recordings the files are listed at once
_SHOWN = 50


def _ticked(request: HttpRequest) -> list[RecordingId]:
    found = map(_id, request.POST.getlist("recording")[:_MOST])
    return [RecordingId(one) for one in found if one is not None]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@login_required
def restore_several(request: HttpRequest) -> HttpResponse:
    """R120: what was ticked in the list of one's own."""
    decisions = actions.request_restores(_ticked(request), actor=actor.from_request(request), now=timezone.now())
    begun = sum(decision.is_permitted for decision in decisions)
    if begun:
        said = ngettext("%(count)d recording is on its way back.", "%(count)d recordings are on their way back.", begun)
        messages.success(request, said % {"count": begun})
    if refused := [decision for decision in decisions if not decision.is_permitted]:
        messages.error(request, refusals.sentence(access.as_told(refused[0]).reasons[0]))
    if not decisions:
        messages.error(request, _("Tick what you want back first."))
    return redirect("own_keeping")


@require_POST
@login_required
def let_go(request: HttpRequest) -> HttpResponse:
    """R125: none of it is needed, and nobody need remind one of it."""
    done = actions.let_go(_ticked(request), actor=actor.from_request(request), now=timezone.now())
    return _said(
        request,
        done,
        lambda count: ngettext(
            "%(count)d recording goes with the run. You are not reminded of it again.",
            "%(count)d recordings go with the run. You are not reminded of them again.",
            count,
        ),
    )


@require_POST
@login_required
def tell_again(request: HttpRequest) -> HttpResponse:
    """R125: one wants to be reminded after all."""
    done = actions.tell_again(_ticked(request), actor=actor.from_request(request), now=timezone.now())
    return _said(
        request,
        done,
        lambda count: ngettext(
            "You are reminded of %(count)d recording again.", "You are reminded of %(count)d recordings again.", count
        ),
    )


def _said(request: HttpRequest, done: LetGo, sentence: Callable[[int], str]) -> HttpResponse:
    if done.decision.is_permitted:
        messages.success(request, sentence(done.count) % {"count": done.count})
    else:
        messages.error(request, refusals.sentence(done.decision.reasons[0]))
    return redirect("own_keeping")


@require_POST
@never_cache
@login_required
def files(request: HttpRequest) -> HttpResponse:
    """R125: every file of what was ticked, to be downloaded one after the other; of what cannot be, why."""
    wanted, now = _ticked(request), timezone.now()
    if not wanted:
        messages.error(request, _("Tick what you want to download first."))
        return redirect("own_keeping")
    offered: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    titles = reads.titles_of(wanted[:_MOST_FILES])
    for recording_id in wanted[:_MOST_FILES]:
        asked = playback.admit(request, recording_id)
        title = titles.get(recording_id, "") if asked.is_let_in or asked.download.is_permitted else ""
        if asked.download.is_permitted:
            some = downloads.offers(recording_id, with_whole=asked.may_have_whole(now))
            offered.append({"title": title, "files": some})
        else:
            refused.append({"title": title, "why": refusals.sentence(access.as_told(asked.download).reasons[0])})
    context = {
        "offered": [one for one in offered if one["files"]],
        "waiting": [one for one in offered if not one["files"]],
        "refused": refused,
        "count": sum(len(one["files"]) for one in offered),
        "left": max(0, len(wanted) - _MOST_FILES),
    }
    return render(request, "retention/files.html", context)


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What of one's own is in the archive and until when, and what the next archive run takes; and what one was told of
    in place of an owner who cannot be reached (R125, R126)."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    calendar, rule = reads.calendar(), reads.rule()
    page = reads.list_archived(viewer, after=request.GET.get("after", ""))
    known = {facts.recording_id: facts for facts in reads.planned_facts_of([row.id for row in page.rows], now=now)}
    run = calendar.next_run(RunKind.ARCHIVE, now)
    going = [
        facts
        for facts in reads.live_of(viewer, now=now)
        if retention.stays_live(facts, rule, run, began_at=run.cutoff) is None
    ]
    answers = {kind: reads.list_answered(viewer, kind, now=now) for kind in RunKind}
    answers[RunKind.DELETION] = _still_deleted(answers[RunKind.DELETION], now)
    listed = [facts.recording_id for facts in going[:_SHOWN]] + [row.id for row in page.rows]
    told = reads.told_of(viewer, [*listed, *(row.id for rows in answers.values() for row in rows)])
    context: dict[str, Any] = {
        "page": page,
        "archived": [
            {
                "row": row,
                "told": told.get(row.id),
                "deletion": retention.deletion_of(known[row.id], calendar=calendar, now=now),
            }
            for row in page.rows
        ],
        "run": run,
        "going": [{"row": facts, "told": told.get(facts.recording_id)} for facts in going[:_SHOWN]],
        "going_count": len(going),
        "going_hours": words.hours(sum(facts.seconds for facts in going)),
        "is_later": "after" in request.GET,
        "answers_archive": [{"row": row, "told": told.get(row.id)} for row in answers[RunKind.ARCHIVE]],
        "answers_deletion": [{"row": row, "told": told.get(row.id)} for row in answers[RunKind.DELETION]],
    }
    return render(request, "retention/own.html", context | {"lets": {name: _lets(context[name]) for name in _LISTS}})


_LISTS = ("going", "archived", "answers_archive", "answers_deletion")


def _lets(lines: list[dict[str, Any]]) -> dict[str, bool]:
    """Whether anything of a list may be let go, and whether anything was."""
    told = [line["told"] for line in lines if line["told"] is not None]
    return {"may": bool(told), "may_not": any(one.is_let_go for one in told)}


def _still_deleted(rows: list[reads.AnsweredRow], now: datetime) -> list[reads.AnsweredRow]:
    """Without what something keeps longer than that run since people were told of it (R128 to R130)."""
    calendar = reads.calendar()
    found = reads.planned_facts_of([row.id for row in rows], now=now)
    days = {one.recording_id: retention.deletion_of(one, calendar=calendar, now=now).run for one in found}
    taken = {recording_id: run.day for recording_id, run in days.items() if run is not None}
    return [row for row in rows if row.is_restoring or taken.get(row.id) == row.day]
