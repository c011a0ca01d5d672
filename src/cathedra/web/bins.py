"""The bin as people see it: what lies there and until when, and emptying one's own for good (R109, R134 to R137)."""

from datetime import timedelta
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
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.domain import access
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import actor, refusals, words

AT_ONCE = 500  # that the page shows and takes


def line(row: reads.BinRow) -> dict[str, Any]:
    """A recording in a bin with the day on which it is gone, and the hours that go with it."""
    until = row.bin_since + timedelta(days=wiring.configuration().bin.days)
    return {"row": row, "until": until, "hours": words.hours(row.freed_seconds)}


@require_safe
@login_required
def bin_page(request: HttpRequest) -> HttpResponse:
    """What somebody has deleted, and others in their folders; until when it can be had back."""
    days = wiring.configuration().bin.days
    viewer, is_later = AccountId(request.user.pk), "after" in request.GET
    page = reads.list_bin(viewer, after=request.GET.get("after", ""))
    since = timezone.now() - timedelta(days=days)
    folders = [] if is_later else reads.list_binned_folders(viewer, since=since)
    context = {
        "rows": [line(row) for row in page.rows],
        "page": page,
        "days": days,
        "is_later": is_later,
        "has_own": any(row.is_own for row in page.rows),
        "folders": [_unit(one) for one in folders],
    }
    return render(request, "retention/bin.html", context)


def _unit(one: reads.BinnedFolder) -> dict[str, Any]:
    until = one.bin_since + timedelta(days=wiring.configuration().bin.days)
    return {"row": one, "until": until, "hours": words.hours(one.seconds)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Empty one's own bin: what goes, the hours that this frees, and what stays; on POST what was shown to go goes, for good."""
    viewer = AccountId(request.user.pk)
    if request.method == "POST":
        shown = [RecordingId(one) for one in map(_id, request.POST.getlist("recording")[:AT_ONCE]) if one is not None]
        found = actions.empty_bin(shown, actor=actor.from_request(request), now=timezone.now())
        _say(request, found)
        return redirect("bin")
    rows = reads.list_own_bin(viewer)
    going = [row for row in rows if not row.is_kept]
    context = {
        "going": going,
        "kept": [row for row in rows if row.is_kept],
        "hours": words.hours(sum(row.freed_seconds for row in going)),
        "days": wiring.configuration().bin.days,
    }
    return render(request, "retention/empty.html", context)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _say(request: HttpRequest, found: actions.Emptied) -> None:
    if found.recordings:
        said = ngettext(
            "%(count)d recording is deleted for good. That frees %(hours)s stored hours.",
            "%(count)d recordings are deleted for good. That frees %(hours)s stored hours.",
            found.recordings,
        )
        messages.success(request, said % {"count": found.recordings, "hours": words.hours(found.seconds)})
    if found.kept:
        said = ngettext("%(count)d recording stays.", "%(count)d recordings stay.", len(found.kept))
        why = refusals.sentence(access.as_told(found.kept[0]).reasons[0])
        messages.error(request, f"{said % {'count': len(found.kept)}} {why}")
    if not found.recordings and not found.kept:
        messages.info(request, _("Nothing of what you were shown is in the bin any more."))
