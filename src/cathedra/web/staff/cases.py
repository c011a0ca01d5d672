"""The policy desk: what waits for a decision under the acceptable use policy, and one case (R86, R89, R92)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.db.reads.people import Person
from cathedra.domain import policy
from cathedra.domain.people import StaffArea, roles_for
from cathedra.domain.policy import Advice, CaseCause, CaseState, Requirement, UseHold, Verdict
from cathedra.web import actor, declaring, refusals
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need
from cathedra.web.words import VERDICTS, Mark

CAUSES: Mapping[CaseCause, Any] = {
    CaseCause.REFERRED: gettext_lazy("Referred by its declaration"),
    CaseCause.REPORTED: gettext_lazy("Reported by somebody who can watch it"),
    CaseCause.LAPSED: gettext_lazy("Its exemption has ended"),
    CaseCause.AGAIN: gettext_lazy("Chosen to be looked at again"),
}
STATES: Mapping[CaseState, Mark] = {
    CaseState.OPEN: Mark(gettext_lazy("To decide"), "hourglass", "warn"),
    CaseState.APPEALED: Mark(gettext_lazy("Appealed"), "undo-2", "warn"),
    CaseState.REFUSED: Mark(gettext_lazy("Refused"), "circle-x", "bad"),
    CaseState.CLOSED: Mark(gettext_lazy("Closed"), "circle-check"),
}
ADVICE: Mapping[Advice, Any] = {
    Advice.TELL_OWNER: gettext_lazy("The owner was told."),
    Advice.TELL_DEPARTMENT: gettext_lazy("This was the second within twelve months: the department was told."),
    Advice.MAY_SUSPEND: gettext_lazy(
        "This was the third or a later one within twelve months. You may suspend the right to make recordings in "
        "personal folders; nothing does so by itself."
    ),
}
_UNCONFIRMED = gettext_lazy(
    "The owner was told. It counts as a breach once the days to appeal are over, or once an appeal is refused."
)
HOLDS: Mapping[UseHold, Any] = {
    UseHold.NOT_PERMITTED: gettext_lazy("It is on hold: only its owner can watch it."),
    UseHold.REFERRED: gettext_lazy("It is on hold until this is decided: only its owner can watch it."),
    UseHold.UNDECLARED: gettext_lazy(
        "It is on hold because nobody has said what it is for. The hold ends when its owner does, or when you decide that "
        "it belongs here."
    ),
}
_VERDICTS = (
    (Verdict.PERMITTED, gettext_lazy("It belongs here")),
    (Verdict.NOT_PERMITTED, gettext_lazy("It does not belong here")),
    (Verdict.EXEMPT, gettext_lazy("It is exempt for a time, if a second administrator agrees")),
)


class Review(forms.Form):
    """A decision."""

    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), choices=_VERDICTS)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The owner reads it."),
    )
    q1 = forms.BooleanField(label="", required=False)
    q2 = forms.BooleanField(label="", required=False)
    q3 = forms.BooleanField(label="", required=False)
    stays_visible = forms.BooleanField(
        label=gettext_lazy("Leave it to its audience in the days of grace"),
        help_text=gettext_lazy("Only if it supports teaching that goes on now."),
        required=False,
    )
    exempt_until = forms.DateField(
        label=gettext_lazy("Last day of an exemption"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Within twelve months."),
    )

    def wish(self) -> actions.ReviewWish:
        """As the action takes it."""
        given = self.cleaned_data
        last = given["exempt_until"]
        return actions.ReviewWish(
            verdict=Verdict(given["verdict"]),
            reason=given["reason"],
            failed=frozenset(requirement for name, requirement in declaring.QUESTIONS if given[name]),
            stays_visible=given["stays_visible"],
            exempt_until=timezone.make_aware(datetime.combine(last, time.max)) if last else None,
        )


def needs(person: Person, now: datetime) -> Sequence[Need]:
    """What the desk has to decide."""
    if not roles_for(person.system_roles, StaffArea.CASES):
        return ()
    count = reads.count_waiting()
    sentence = ngettext(
        "%(count)s recording waits for a decision under the acceptable use policy",
        "%(count)s recordings wait for a decision under the acceptable use policy",
        count,
    ) % {"count": count}
    return (Need(sentence, reverse("staff_cases"), icon="hand"),) if count else ()


@require_safe
@for_staff(StaffArea.CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; then what was refused, and what is held because its owner said nothing (R87)."""
    rows = [_line(row) for row in reads.list_cases()]
    waiting = [row for row in rows if row["case"].standing.state in policy.WAITING]
    asked = {row["case"].recording_id for row in waiting}
    context = {
        "waiting": waiting,
        "refused": [row for row in rows if row not in waiting],
        "undeclared": [one for one in reads.held_undeclared() if one.recording_id not in asked],
    }
    return render(request, "staff/cases.html", context)


def _line(case: reads.CaseRow) -> dict[str, Any]:
    return {"case": case, "mark": STATES[case.standing.state], "cause": CAUSES[case.standing.cause]}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.CASES)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: what was declared, reported and decided; on POST it is decided."""
    form = _form(request)
    try:
        if request.method == "POST" and form.is_valid():
            decision = actions.decide_case(case_id, form.wish(), actor=actor.from_request(request), now=timezone.now())
            if decision.is_permitted:
                is_proposed = form.cleaned_data["verdict"] == Verdict.EXEMPT
                messages.success(
                    request,
                    _("The exemption is proposed. It counts once a second service administrator agrees.")
                    if is_proposed
                    else _("It is decided, and the owner is told."),
                )
                return redirect("staff_case", case_id=case_id)
            form.add_error(None, refusals.sentence(decision.reasons[0]))
        return _page(request, case_id, form)
    except reads.CaseNotFound:
        return refusals.page(request, refusals.missing(request))


def _form(request: HttpRequest) -> Review:
    """The form with the requirements as the policy asks them."""
    form, version = Review(request.POST if request.method == "POST" else None), actions.policy_in_force()
    for name, requirement in declaring.QUESTIONS:
        form.fields[name].label = version.questions[requirement] if version else str(requirement)
    return form


def _page(request: HttpRequest, case_id: UUID, form: Review) -> HttpResponse:
    found, version, now = reads.get_case(case_id), actions.policy_in_force(), timezone.now()
    person: Person = request.staff  # type: ignore[attr-defined]  # the door hangs it there
    declared = reads.find_last_declaration(found.recording_id)
    category = version.category(declared.declaration.category) if version and declared else None
    is_waiting = found.standing.state in policy.WAITING
    is_own = actor.account_id(request) == found.owner_id
    context = {
        **_line(found),
        "form": form,
        "person": person,
        "reports": () if is_own else reads.list_reports(case_id),  # R88
        "declared": declared,
        "category": category,
        "answers": _answers(declared, found.failed, version),
        "course": _course(declared),
        "is_waiting": is_waiting,
        "is_own": is_own,
        "is_for_another": found.standing.state is CaseState.APPEALED and actor.account_id(request) == found.decided_by,
        "is_going": found.standing.state is CaseState.REFUSED and found.standing.grace_until is not None,
        "holds": [HOLDS[one] for one in UseHold if one in reads.use_holds(found.recording_id)],
        "may_consent": is_waiting
        and found.proposed_by is not None
        and not is_own
        and actor.account_id(request) != found.proposed_by,
        "advice": _advice(found),
        "suspension": reads.find_suspension(found.owner_id),
        "may_suspend": not is_own and Advice.MAY_SUSPEND in policy.advise(reads.breaches_of(found.owner_id, now), now),
        "earlier": [(VERDICTS[one.verdict], one) for one in reads.list_decisions(case_id)[1:]],
    }
    return render(request, "staff/case.html", context, status=422 if form.errors else 200)


def _course(declared: reads.LastDeclaration | None) -> str:
    """What it is said to be for, and whether it is said to be directly relevant to that: the rule asks of some kinds."""
    if declared is None:
        return ""
    name = (reads.find_course_name(declared.course_id) if declared.course_id else "") or _("None was named")
    answer = declaring.RELEVANT.get(declared.declaration.relevance)
    return f"{name} · {answer}" if answer else str(name)


def _answers(
    declared: reads.LastDeclaration | None, failed: frozenset[Requirement], version: policy.UsePolicy | None
) -> list[dict[str, Any]]:
    """Each requirement with what was answered, and whether a reviewer found it not met."""
    if version is None:
        return []
    return [
        {
            "question": version.questions[requirement],
            "answer": declaring.ANSWERS[declared.declaration.answers[requirement]] if declared else "–",
            "is_failed": requirement in failed,
        }
        for requirement in Requirement
    ]


def _advice(found: reads.CaseRow) -> list[str]:
    """R91: for people; nothing is done by itself."""
    if found.standing.verdict is not Verdict.NOT_PERMITTED:
        return []
    at = found.confirmed_at
    if at is None:
        return [str(_UNCONFIRMED)]
    given = policy.advise(reads.breaches_of(found.owner_id, at), at)
    return [str(ADVICE[one]) for one in Advice if one in given]


@require_POST
@for_staff(StaffArea.CASES)
def consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A second administrator agrees to an exemption."""
    try:
        decision = actions.consent_to_exemption(case_id, actor=actor.from_request(request), now=timezone.now())
    except reads.CaseNotFound:
        return refusals.page(request, refusals.missing(request))
    if decision.is_permitted:
        messages.success(request, _("It is exempt from now on, and the owner is told."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("staff_case", case_id=case_id)


@require_POST
@for_staff(StaffArea.CASES)
def suspend(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The owner may not make recordings in personal folders for now, or may again (R91)."""
    who, now, is_end = actor.from_request(request), timezone.now(), bool(request.POST.get("end"))
    try:
        if is_end:
            decision = actions.end_suspension(case_id, actor=who, now=now)
        else:
            decision = actions.suspend_creator(case_id, request.POST.get("reason", "")[:2000], actor=who, now=now)
    except reads.CaseNotFound:
        return refusals.page(request, refusals.missing(request))
    if decision.is_permitted:
        messages.success(
            request, _("They can again, and are told.") if is_end else _("It is suspended, and they are told.")
        )
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("staff_case", case_id=case_id)
