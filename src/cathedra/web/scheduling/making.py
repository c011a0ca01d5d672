"""The page "Schedule": what to record in a room, when, and what it is for (T2, R84, R151 to R155)."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cathedra.actions import policy as policy_actions
from cathedra.actions import scheduling as actions
from cathedra.actions.scheduling import Scheduled, ScheduleWish
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.policy import StandingRow
from cathedra.domain import policy
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.web import actor, declaring, office, pickers, refusals
from cathedra.web.page_tags import day_word
from cathedra.web.scheduling import door, forms, placing
from cathedra.web.scheduling.door import Place


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_scheduling
def schedule(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask, refuse at the field with nothing lost, or schedule and lead on to what was scheduled."""
    choices = place.recorders
    if request.method != "POST":
        initial = _last_time(place, {one.id for one in choices}, like=request.GET.get("like", ""))
        return _page(request, place, forms.Wish(choices=choices, initial=initial))
    form = forms.Wish(request.POST, choices=choices)
    wish = _wish(request, place, form)
    if wish is None:
        return _page(request, place, form)
    found = actions.schedule_recordings(
        wish, actor=actor.from_request(request), now=place.now, max_hours=door.max_hours(), zone=door.zone()
    )
    if isinstance(found, Scheduled):
        messages.success(request, _told(found))
        return redirect("schedule", recording_id=found.recordings[0][0])
    if placing.is_hidden(found):
        return refusals.page(request, found)
    form.add_error(placing.field_of(found, wish, choices), refusals.sentence(found.reasons[0]))
    offer = placing.offer(wish, door.zone()) if placing.is_taken(found) else None
    return _page(request, place, form, offer=offer)


def _wish(request: HttpRequest, place: Place, form: forms.Wish) -> ScheduleWish | None:
    """What was sent; None where something is missing, which then stands at its field."""
    use = declaring.wish_from(request.POST)
    form.is_valid()
    presenter = pickers.chosen(request, form, "presenter")
    is_asked = _standing(place) is None or _is_answering(request)
    if use is None and is_asked and _sheet(request, place) is not None:
        form.add_error("use", _("Answer the three questions, and choose what kind of recording it is."))
    if form.errors:
        return None
    return ScheduleWish(
        folder_id=place.folder_id,
        title=form.cleaned_data["title"],
        span=form.span(door.zone()),
        recorder_ids=tuple(form.cleaned_data["recorders"]),
        use=use,
        presenter=AccountId(presenter[0].id) if presenter else None,
        repeat=form.repeat(),
        takes_free_part="takes_free_part" in request.POST,
    )


def _page(request: HttpRequest, place: Place, form: forms.Wish, *, offer: placing.Offer | None = None) -> HttpResponse:
    is_asked = not policy.decide_contribution(policy_reads.unaccepted(place.viewer)).is_permitted  # R15
    terms = policy_reads.find_current(TermsDocument.AUP) if is_asked else None
    context = {
        "policy": terms,
        "blocks": policy.blocks(terms.text) if terms else (),
        "folder": library_reads.get_folder(place.viewer, place.folder_id),
        "form": form,
        "rooms": list(form.rooms()),
        "declaration": _sheet(request, place),
        "standing": _standing(place),
        "is_answering": _is_answering(request) or "use" in form.errors,
        "offer": offer,
        "zone": door.zone().key,
        "home": office.home_of_folder(request, place.folder_id),
    }
    return render(request, "scheduling/schedule.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, place: Place) -> declaring.Form | None:
    """The questions, with the last answers chosen and not sent, or with what was sent just now. Where somebody answers in
    advance no answer is chosen: whoever gives one says that this is something else (R83)."""
    if request.method == "POST" or _standing(place) is not None:
        return declaring.form_as_given(place.viewer, place.folder_id, request.POST)
    return declaring.form_for_upload(place.viewer, place.folder_id)


def _standing(place: Place) -> StandingRow | None:
    """Who answers in advance for what is scheduled in this folder; whether that is so at each time, the action asks."""
    stands = policy_actions.standing_for_folder(place.folder_id, ())
    return stands.row if stands.decision.is_permitted else None


def _is_answering(request: HttpRequest) -> bool:
    """Whether any of the questions was answered."""
    return any(request.POST.get(name) for name in ("q1", "q2", "q3", "category"))


def _last_time(place: Place, offered: set[int], *, like: str) -> Mapping[str, Any]:
    """Where and at which hours they scheduled last in this folder, or the one recorder that there is. `like`: another
    one as that recording's, with its title."""
    again = None
    with suppress(ValueError):
        again = RecordingId(UUID(like))
    last = reads.find_last_time(place.viewer, place.folder_id, like=again)
    if last is None:
        return {"recorders": list(offered) if len(offered) == 1 else []}
    hours = forms.at(last.span, door.zone())
    return {
        "title": last.title if again else "",
        "start": hours["start"],
        "end": hours["end"],
        "recorders": [one for one in last.recorder_ids if one in offered],
        "presenter": last.presenter,
    }


def _told(found: Scheduled) -> str:
    first, last = (_local_day(found, place) for place in (0, -1))
    count = len(found.recordings)
    if count == 1:
        return _("It is scheduled. Its owner is told.")
    return ngettext(
        "%(count)d recording is scheduled, from %(first)s to %(last)s. Its owner is told.",
        "%(count)d recordings are scheduled, from %(first)s to %(last)s. Their owner is told.",
        count,
    ) % {"count": count, "first": first, "last": last}


def _local_day(found: Scheduled, place: int) -> str:
    return day_word(found.recordings[place][1].starts_at.astimezone(door.zone()).date())
