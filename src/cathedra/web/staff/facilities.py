"""Staff pages of facilities: rooms with recorders, whose they are, who schedules there, what is booked (R25, R165)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import audit as audit_actions
from cathedra.actions import scheduling as actions
from cathedra.db.reads import metering as metering_reads
from cathedra.db.reads import scheduling as reads
from cathedra.domain.ingest import ROOM_NAME_LENGTH, RoomPart, Span, nightly
from cathedra.domain.ingest.nightly import Trouble
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId
from cathedra.web import actor, pickers, refusals
from cathedra.web.scheduling import door, placing
from cathedra.web.staff.door import for_staff

ROWS = 50
DAYS = 14  # of bookings that are shown


class FacilityForm(forms.Form):
    """What a facility is called, and whose it is."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=ROOM_NAME_LENGTH,
        help_text=gettext_lazy("As people look for it when they schedule: the room, or the building with its rooms."),
    )
    department = forms.ChoiceField(
        label=gettext_lazy("Host department"),
        help_text=gettext_lazy("It owns the rooms, and is told when something that was to be recorded is called off."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        departments = metering_reads.list_departments()
        choices = [("", _("Choose a department")), *((str(one), name) for one, name in departments)]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]  # a field of choices, which the stubs do not know


class PeopleForm(forms.Form):
    """People to name at a facility."""

    people = pickers.PeopleField(label=gettext_lazy("People to add"), groups=False)


@dataclass(frozen=True, slots=True)
class Part:
    """How the people of one part of a facility are told of. `told` says what they may."""

    heading: str
    told: str
    nobody: str
    route: str


PARTS = {
    RoomPart.SCHEDULER: Part(
        gettext_noop("Schedulers"),
        gettext_noop(
            "They may schedule recordings on every recorder here, in folders where they are Creators. They are staff."
        ),
        gettext_noop("Nobody but the service team can schedule here. Name somebody of the host department."),
        "staff_facility_schedulers",
    ),
    RoomPart.TECHNICIAN: Part(
        gettext_noop("Technicians"),
        gettext_noop("They are told when something was not recorded. They may not schedule, nor see any recording."),
        gettext_noop("Nobody is told when a recorder misses something. Name whoever looks after the equipment."),
        "staff_facility_technicians",
    ),
}


WRONG = {
    Trouble.NO_RECORDER: gettext_noop("No recorder in use is to record it."),
    Trouble.OTHER_ROOM: gettext_noop("The timetable has it in another room."),
    Trouble.OFFLINE: gettext_noop("Nothing is heard of the recorder."),
    Trouble.DISK_LOW: gettext_noop("The recorder's disk may have too little room for the day."),
    Trouble.NO_FOLDER: gettext_noop("The folder that it goes into is in the bin."),
    Trouble.NO_CREATOR: gettext_noop("The folder that it goes into has no Creator."),
}


@require_safe
@for_staff(StaffArea.FACILITIES)
def facilities(request: HttpRequest) -> HttpResponse:
    """Every facility, by name."""
    search = request.GET.get("q", "").strip().replace("\0", "")[:ROOM_NAME_LENGTH]
    page = reads.list_facilities(search=search, after=request.GET.get("after", ""), limit=ROWS, now=timezone.now())
    return render(request, "staff/facilities.html", {"page": page, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.FACILITIES)
def new(request: HttpRequest) -> HttpResponse:
    """Make a facility."""
    form = FacilityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = actions.add_facility(
            form.cleaned_data["name"],
            department_id=UUID(form.cleaned_data["department"]),
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if outcome.id is not None:
            messages.success(request, _("The facility is made. Add its recorders next, and name its schedulers."))
            return redirect("staff_facility", facility_id=outcome.id)
        form.add_error("name", refusals.sentence(outcome.decision.reasons[0]))
    return render(request, "staff/edit_facility.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
@for_staff(StaffArea.FACILITIES)
def facility(request: HttpRequest, facility_id: int) -> HttpResponse:
    """A facility: its recorders, its people, and what is booked in the next two weeks (R169). Whose recordings somebody
    saw here by their role is on the trail (R26)."""
    now = timezone.now()
    try:
        found = reads.get_facility(facility_id, now=now)
    except reads.FacilityNotFound:
        return refusals.page(request, refusals.missing(request))
    span = Span(now, now + timedelta(days=DAYS))
    bookings = reads.list_bookings(facility_id, span, viewer=actor.account_id(request), now=now)
    seen = [one.recording_id for one in bookings if one.recording_id is not None]
    audit_actions.note_list(dict.fromkeys(seen), page="staff_facility", actor=actor.from_request(request), now=now)
    parts = [
        (PARTS[part], named)
        for part, named in ((RoomPart.SCHEDULER, found.schedulers), (RoomPart.TECHNICIAN, found.technicians))
    ]
    zone = door.zone()
    context = {
        "facility": found,
        "bookings": [(one, placing.times(one.span, zone)) for one in bookings],
        "parts": parts,
        "days": DAYS,
        "troubles": _troubles(facility_id, now),
    }
    return render(request, "staff/facility.html", context)


def _troubles(facility_id: int, now: datetime) -> list[tuple[nightly.Found, str]]:
    """What is wrong with what is to be recorded here, as the check of the night finds it (R157)."""
    found = nightly.troubles(reads.list_upcoming(now=now, facility_id=facility_id), now=now)
    return [(one, WRONG[one.trouble]) for one in found if one.at is None or one.at.facility_id == facility_id]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.FACILITIES)
def edit(request: HttpRequest, facility_id: int) -> HttpResponse:
    """Call a facility something else, or give it another host."""
    now = timezone.now()
    try:
        line = reads.get_facility(facility_id, now=now).line
        form = FacilityForm(request.POST or None, initial={"name": line.name, "department": str(line.department_id)})
        if request.method == "POST" and form.is_valid():
            decision = actions.change_facility(
                facility_id,
                name=form.cleaned_data["name"],
                department_id=UUID(form.cleaned_data["department"]),
                actor=actor.from_request(request),
                now=now,
            )
            if decision.is_permitted:
                messages.success(request, _("Saved."))
                return redirect("staff_facility", facility_id=facility_id)
            form.add_error("name", refusals.sentence(decision.reasons[0]))
    except reads.FacilityNotFound:
        return refusals.page(request, refusals.missing(request))
    context = {"form": form, "line": line}
    return render(request, "staff/edit_facility.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.FACILITIES)
def people(request: HttpRequest, facility_id: int, part: str) -> HttpResponse:
    """Who is a facility's scheduler or technician: name more, or take somebody off."""
    wanted, form = RoomPart(part), PeopleForm(request.POST if "remove" not in request.POST else None)
    try:
        if request.method == "POST" and _change(request, facility_id, wanted, form):
            return redirect(PARTS[wanted].route, facility_id=facility_id)
        found = reads.get_facility(facility_id, now=timezone.now())
    except reads.FacilityNotFound:
        return refusals.page(request, refusals.missing(request))
    named = found.schedulers if wanted is RoomPart.SCHEDULER else found.technicians
    is_wrong = request.method == "POST" and bool(form.errors)
    if not is_wrong:
        form = PeopleForm()
    context = {"form": form, "line": found.line, "part": PARTS[wanted], "people": named}
    return render(request, "staff/facility_people.html", context, status=422 if is_wrong else 200)


def _change(request: HttpRequest, facility_id: int, part: RoomPart, form: PeopleForm) -> bool:
    """Whether there is nothing to say beside the form."""
    who, now = actor.from_request(request), timezone.now()
    if "remove" in request.POST:
        gone = _account(request.POST["remove"])
        if gone is not None:
            outcome = actions.remove_person(facility_id, part, gone, actor=who, now=now)
            if outcome.removed:
                messages.success(request, _("They were taken off. What they have scheduled stays."))
        return True
    if not form.is_valid() or (pickers.chosen(request, form, "people") and form.errors):
        return False
    if form.errors:
        return False
    outcome = actions.name_people(facility_id, part, "\n".join(form.cleaned_data["people"]), actor=who, now=now)
    if not outcome.decision.is_permitted:
        form.add_error("people", refusals.sentence(outcome.decision.reasons[0]))
        return False
    told = ngettext("%(count)d person was named.", "%(count)d people were named.", outcome.added)
    messages.success(request, told % {"count": outcome.added})
    return True


def _account(text: str) -> AccountId | None:
    try:
        return AccountId(UUID(text))
    except ValueError:
        return None
