"""Who watches a recording, how far and what of it: the page and its files (R215, R216)."""

import itertools
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.actions import viewing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import viewing as reads
from cathedra.db.reads.viewing import ViewerLine
from cathedra.domain import playback as domain
from cathedra.domain.access import Action, FolderRole, RecordingFacts
from cathedra.domain.library import UNEDITED, Span
from cathedra.domain.playback import Statistics, Totals
from cathedra.domain.terms import RecordingId
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import for_recording

LISTED = 200  # viewers on the page; the file has them all


@dataclass(frozen=True, slots=True)
class Viewing:
    """What may be shown to whoever asks; `viewers` is None for whom R216 gives no names."""

    statistics: Statistics
    viewers: list[ViewerLine] | None
    length_ms: int


def may_see_names(facts: RecordingFacts) -> bool:
    """R216: Creators of the course."""
    return FolderRole.CREATOR in facts.roles


def viewing(recording_id: RecordingId, facts: RecordingFacts, *, limit: int | None = None) -> Viewing:
    """For whom the access rule lets see statistics."""
    has_names = may_see_names(facts)
    length = reads.lengths([recording_id]).get(recording_id)
    edits, duration_ms = (length.edits, length.duration_ms) if length else (UNEDITED, 0)
    edges = domain.Ruler(duration_ms, ()).edges
    spans = (edits.edited_span(Span(start, end)) for start, end in itertools.pairwise(edges))
    totals, average = _sums(recording_id, has_names=has_names)
    statistics = domain.statistics(
        totals,
        [(span.start_ms, span.end_ms) if span else None for span in spans],
        average_percent=average,
        has_names=has_names,
    )
    viewers = reads.list_viewers(recording_id, limit=limit) if has_names else None
    shown = [_shown(each, edits.edited(each.position_ms)) for each in viewers] if viewers is not None else None
    return Viewing(statistics, shown, edits.length_ms(duration_ms))


def _sums(recording_id: RecordingId, *, has_names: bool) -> tuple[Totals | None, float | None]:
    """As they stand now, or as they are told to whoever may not see names (R216)."""
    if has_names:
        return reads.find_totals(recording_id), reads.average_percent(recording_id)
    told = reads.find_figures(recording_id)
    return (told.totals, round(told.average_percent)) if told else (None, None)


def _shown(line: ViewerLine, position_ms: int) -> ViewerLine:
    return ViewerLine(
        line.account_id, line.name, line.login_name, line.percent, line.views, line.delivered_ms, position_ms,
        line.last_at,
    )  # fmt: skip


@require_safe
@never_cache
@for_recording(Action.SEE_STATISTICS)
def views(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """The figures, the charts with their tables, and for Creators everybody who watched."""
    viewer = actor.account_id(request)
    found = viewing(recording_id, access_reads.recording_facts(viewer, recording_id), limit=LISTED + 1)
    listed = found.viewers or []
    context = {
        "recording": library.get_recording(viewer, recording_id),
        "statistics": found.statistics,
        "minutes": round((found.statistics.delivered_ms or 0) / 60_000),
        "each": round((found.statistics.delivered_ms or 0) / found.statistics.views)
        if found.statistics.views
        else None,
        "has_names": found.viewers is not None,
        "viewers": listed[:LISTED],
        "has_more": len(listed) > LISTED,
        "fewest": domain.FEWEST,
        "home": office.home_of(request, recording_id),
    }
    return render(request, "playback/views.html", context)


@require_safe
@never_cache
@for_recording(Action.SEE_STATISTICS)
def export(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """`what=segments`, or for Creators `what=viewers`, as CSV."""
    viewer, what = actor.account_id(request), request.GET.get("what", "segments")
    found = viewing(recording_id, access_reads.recording_facts(viewer, recording_id))
    if what == "viewers" and found.viewers is not None:
        text = domain.viewers_csv(
            (one.name, one.login_name, one.percent, one.views, one.delivered_ms, one.position_ms, one.last_at)
            for one in found.viewers
        )
    elif what == "segments":
        text = domain.segments_csv(found.statistics.segments)
    else:
        return refusals.page(request, refusals.missing(request))
    actions.note_export(recording_id, what, actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{what}-{recording_id}-{day}.csv"'
    return answer
