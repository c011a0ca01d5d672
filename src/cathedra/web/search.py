"""The search page: what was found, where in it, and how to look further (R211). It works without JavaScript."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import search as reads
from cathedra.domain import audit, search
from cathedra.domain.library import State
from cathedra.domain.terms import FolderId
from cathedra.web import actor, api, errors
from cathedra.web.api import pace

PAGES = 100
_TOO_FAST = gettext_lazy("Wait a few seconds, then search again: the service is for everybody.")


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


_DAY: dict[str, Any] = {
    "widget": _Day,
    "required": False,
    "input_formats": ["%Y-%m-%d"],
    "error_messages": {"invalid": gettext_lazy("Give a day as year, month, day: 2026-11-30.")},
}


class Filter(forms.Form):
    """Where and when to look."""

    folder = forms.UUIDField(required=False, label=gettext_lazy("Folder"))
    course = forms.UUIDField(required=False, label=gettext_lazy("Course"))
    since = forms.DateField(label=gettext_lazy("Recorded from"), **_DAY)
    until = forms.DateField(label=gettext_lazy("To the end of"), **_DAY)
    mine = forms.BooleanField(required=False, label=gettext_lazy("Only recordings I own"))

    def wish(self) -> reads.Wish:
        """What was asked for; a field that makes no sense leaves nothing out."""
        given = self.cleaned_data
        return wish_of(
            folder=given.get("folder"),
            course=given.get("course"),
            is_own=bool(given.get("mine")),
            since=audit.day_start(given.get("since"), _zone()),
            until=audit.day_after(given.get("until"), _zone()),
        )


def wish_of(
    *,
    folder: UUID | None,
    course: UUID | None,
    is_own: bool,
    since: datetime | None,
    until: datetime | None,
) -> reads.Wish:
    """The filters as the read takes them."""
    return reads.Wish(FolderId(folder) if folder else None, course, is_own, since, until)


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Results, or how to search when nothing was asked."""
    typed = request.GET.get("q", "").replace("\0", "")
    form = Filter(request.GET)
    form.is_valid()
    wish = form.wish()
    context: dict[str, Any] = {"q": " ".join(typed.split())[: search.TEXT_LIMIT], "is_asked": False}
    if typed.strip():
        if api.PACE.seconds_to_wait(pace.client_of(request), "page of search", now=pace.instant()):
            return errors.too_many_requests(request, heading=_("Too many searches"), sentence=_TOO_FAST)
        number = _number(request.GET.get("page", ""))
        viewer, now = actor.account_id(request), timezone.now()
        found = reads.find(viewer, search.parse(typed), now=now, wish=wish, page=number)
        running = [one.recording.id for one in found.results if one.recording.state is State.RECORDING]
        context |= {"found": found, "is_asked": True, "captures": ingest_reads.captures_of(running)}
        form.fields["folder"].widget = _choices(found.folders, wish.folder_id, _("Any folder"), _("The one chosen"))
        form.fields["course"].widget = _choices(found.courses, wish.course_id, _("Any course"), _("The one chosen"))
    return render(request, "search/page.html", {**context, "form": form, "is_narrow": wish.is_narrow or form.errors})


def _choices(places: Iterable[reads.Place], chosen: UUID | None, anywhere: str, this: str) -> forms.Select:
    """Places with results; one that was chosen stays a choice when nothing is found there."""
    listed = [(str(place.id), f"{place.name} ({place.count})") for place in places]
    if chosen and str(chosen) not in dict(listed):
        listed.append((str(chosen), this))
    return forms.Select(choices=[("", anywhere), *listed])


def _number(given: str) -> int:
    return max(1, min(PAGES, int(given))) if given.isdecimal() and len(given) < 5 else 1


def _zone() -> ZoneInfo:
    return ZoneInfo(wiring.configuration().site.timezone)
