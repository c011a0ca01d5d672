"""Staff pages of holds: which are open, why and since when; open one, release it, have the recording taken down (R38 row
22, R130, R197, T27 to T29)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra.actions import audit as audit_actions
from cathedra.actions import policy as actions
from cathedra.db.reads import library
from cathedra.db.reads import policy as reads
from cathedra.db.reads.people import Person
from cathedra.domain import metering
from cathedra.domain.people import StaffArea, roles_for
from cathedra.domain.policy import HOLD_CHARACTERS, REFERENCE_CHARACTERS, TAKEDOWNS, HoldKind, HoldWish
from cathedra.domain.terms import Decision, RecordingId, RecordingNotFound
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

KINDS: Mapping[HoldKind, Any] = {
    HoldKind.TAKEDOWN: gettext_lazy("Takedown, in dispute"),
    HoldKind.TAKEDOWN_LEGAL: gettext_lazy("Takedown by a legal order: its owner cannot play it either"),
    HoldKind.LEGAL: gettext_lazy("Legal matter"),
    HoldKind.CONDUCT: gettext_lazy("Question of conduct"),
    HoldKind.APPEAL: gettext_lazy("Appeal or complaint"),
    HoldKind.SUBJECT_ACCESS: gettext_lazy("Subject access request"),
}


class Opening(forms.Form):
    """Why a recording is held."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of hold"), choices=list(KINDS.items()))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=HOLD_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the service team alone. Neither the owner nor viewers read it."),
    )
    told = forms.CharField(
        label=gettext_lazy("For the owner"),
        max_length=HOLD_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The owner and the Creators of its folder are told the kind of hold, and this: what they can do, and whom to "
            "write to."
        ),
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=REFERENCE_CHARACTERS,
        required=False,
        help_text=gettext_lazy("The number of the case where it is kept."),
    )
    review_on = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("A hold does not end by itself. From that day the start page reminds you of it."),
    )

    def wanted(self) -> HoldWish:
        """As the action takes it."""
        given = self.cleaned_data
        return HoldWish(
            kind=HoldKind(given["kind"]),
            reason=given["reason"],
            told=given["told"],
            reference=given["reference"],
            review_on=given["review_on"],
        )


class Release(forms.Form):
    """Why a hold ends."""

    prefix = "release"
    reason = forms.CharField(
        label=gettext_lazy("Why it is released"),
        max_length=HOLD_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For the service team alone."),
    )


class Removal(forms.Form):
    """Why a recording is taken down."""

    prefix = "removal"
    reason = forms.CharField(
        label=gettext_lazy("Why it is taken down"),
        max_length=HOLD_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The owner reads it."),
    )
    at_once = forms.BooleanField(label="", required=False)


def needs(person: Person, now: datetime) -> Sequence[Need]:
    """Holds that somebody has to look at again."""
    if not roles_for(person.system_roles, StaffArea.HOLDS):
        return ()
    today = timezone.localtime(now).date()
    count = sum(one.review_on is not None and one.review_on <= today for one in reads.list_holds())
    sentence = ngettext(
        "%(count)s hold is to be looked at again", "%(count)s holds are to be looked at again", count
    ) % {"count": count}
    return (Need(sentence, reverse("staff_holds"), icon="hand", is_late=True),) if count else ()


@require_safe
@never_cache
@for_staff(StaffArea.HOLDS)
def index(request: HttpRequest) -> HttpResponse:
    """The open ones. Whose recordings somebody saw by their role alone is on the trail (R223)."""
    now = timezone.now()
    rows = reads.list_holds()
    seen = [one.recording_id for one in rows]
    audit_actions.note_list(seen, page="staff_holds", actor=actor.from_request(request), now=now)
    return render(request, "staff/holds.html", {"rows": [_line(one, now) for one in rows]})


def _line(row: reads.HoldRow, now: datetime) -> dict[str, Any]:
    is_due = row.review_on is not None and row.review_on <= timezone.localtime(now).date()
    return {"hold": row, "kind": KINDS[row.kind], "is_due": is_due}


def open_of(recording_id: RecordingId, now: datetime) -> list[dict[str, Any]]:
    """The open holds of a recording as the pages of staff show them."""
    return [_line(row, now) for row in reads.holds_of(recording_id)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_staff(StaffArea.HOLDS)
def open_hold(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Put a recording on hold."""
    wanted, now = RecordingId(recording_id), timezone.now()
    form = Opening(request.POST if request.method == "POST" else None)
    try:
        recording = library.get_metadata(wanted)
        if request.method == "POST" and form.is_valid():
            found = actions.open_hold(wanted, form.wanted(), actor=actor.from_request(request), now=now)
            if found.decision.is_permitted:
                messages.success(request, _("It is on hold, and its owner is told."))
                return redirect("staff_hold", hold_id=found.hold_id)
            form.add_error(None, refusals.sentence(found.decision.reasons[0]))
    except RecordingNotFound:
        return refusals.page(request, refusals.missing(request))
    _look(request, wanted, "staff_open_hold", now)
    context = {"form": form, "recording": recording}
    return render(request, "staff/open_hold.html", context, status=422 if form.errors else 200)


def _look(request: HttpRequest, recording_id: RecordingId, page: str, now: datetime) -> None:
    audit_actions.note_look(
        audit_actions.Seen.RECORDING,
        target_id=recording_id,
        page=page,
        actor=actor.from_request(request),
        now=now,
    )


@require_safe
@never_cache
@for_staff(StaffArea.HOLDS)
def hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold: who, why, since when; and what may be done with it."""
    return _page(request, hold_id, Release(), Removal())


def _page(request: HttpRequest, hold_id: UUID, releasing: Release, removing: Removal) -> HttpResponse:
    now = timezone.now()
    try:
        row = reads.get_hold(hold_id)
    except reads.HoldNotFound:
        return refusals.page(request, refusals.missing(request))
    _look(request, row.recording_id, "staff_hold", now)
    is_open = row.released_at is None
    hours = words.hours(metering.whole_seconds(row.duration_ms or 0))
    removing.fields["at_once"].label = _(
        "At once and for good, as the order asks. This frees %(hours)s stored hours and cannot be undone."
    ) % {"hours": hours}
    if row.kind is not HoldKind.TAKEDOWN_LEGAL:
        del removing.fields["at_once"]
    is_own = row.owner_id == actor.account_id(request)
    context = {
        **_line(row, now),
        "is_open": is_open,
        "is_own": is_own,
        "may_take_down": is_open and not is_own and row.kind in TAKEDOWNS,
        "releasing": releasing,
        "removing": removing,
        "is_legal": row.kind is HoldKind.TAKEDOWN_LEGAL,
        "has_error": bool(releasing.errors or removing.errors),
    }
    return render(request, "staff/hold.html", context, status=422 if context["has_error"] else 200)


@require_POST
@for_staff(StaffArea.HOLDS)
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """T28."""
    form = Release(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("The hold is released.")
        if answer := _tried(request, hold_id, form, done, lambda who, now: _release(hold_id, reason, who, now)):
            return answer
    return _page(request, hold_id, form, Removal())


def _release(hold_id: UUID, reason: str, who: Any, now: datetime) -> Decision:
    return actions.release_hold(hold_id, reason=reason, actor=who, now=now)


@require_POST
@for_staff(StaffArea.HOLDS)
def remove(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """T29."""
    form = Removal(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = _("It is deleted for good, and its owner is told.")
        if not given["at_once"]:
            done = _("It is taken down when the appeal period is over, and its owner is told now.")
        if answer := _tried(request, hold_id, form, done, lambda who, now: _remove(hold_id, given, who, now)):
            return answer
    return _page(request, hold_id, Release(), form)


def _remove(hold_id: UUID, given: Mapping[str, Any], who: Any, now: datetime) -> Decision:
    return actions.decide_takedown(hold_id, at_once=given["at_once"], reason=given["reason"], actor=who, now=now)


def _tried(request: HttpRequest, hold_id: UUID, form: forms.Form, done: str, verb: Any) -> HttpResponse | None:
    """Where to go once it is done; None where it was refused, and the form says why."""
    try:
        decision = verb(actor.from_request(request), timezone.now())
    except reads.HoldNotFound:
        return refusals.page(request, refusals.missing(request))
    if not decision.is_permitted:
        form.add_error(None, refusals.sentence(decision.reasons[0]))
        return None
    messages.success(request, done)
    return redirect("staff_hold", hold_id=hold_id)
