"""The acceptable use policy as rules: its versions, what is wrong with the next one, what it would change, and the button
that makes it hold (R79)."""

from collections import Counter
from functools import lru_cache
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain import policy
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import DryRun, Report, Share, Tried, UsePolicy, Verdict
from cathedra.domain.terms import Code
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.words import VERDICTS

SHOWN = 5  # of declarations that stand for others
OWNERS = 50  # those with most hours; all are in the file


class Activation(forms.Form):
    """Why a version holds from now on, and what was tried before."""

    why = forms.CharField(
        label=gettext_lazy("Why it is activated"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept with the version."),
    )
    text_hash = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    active = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def seen(self) -> Tried:
        """What the dry run was of."""
        return Tried(self.cleaned_data["text_hash"], self.cleaned_data["active"] or None)


@require_safe
@for_staff(StaffArea.POLICY)
def versions(request: HttpRequest) -> HttpResponse:
    """The version that holds, those before it, and the next ones that there are files of."""
    activated = reads.list_use_policies()
    nexts = nexts_after(activated[0].version if activated else 0)
    context = {
        "activated": activated,
        "nexts": [
            {"file": file, "problem": problem, "report": check_of(file.text) if not problem else None}
            for file, problem in nexts
        ],
    }
    return render(request, "staff/policy.html", context)


def nexts_after(active: int) -> list[tuple[wiring.UseFile, str]]:
    """Files of later versions, each with what keeps it from being looked at."""
    known = wiring.known_use_policies()
    numbers = Counter(file.version.version for file in known if file.version)
    found = []
    for file in known:
        problem = file.problem
        if file.version is not None:
            if file.version.version <= active:
                continue
            if numbers[file.version.version] > 1:
                problem = _("There is more than one file with this number. Leave only one of them.")
        found.append((file, problem))
    return found


def next_version(number: int) -> tuple[wiring.UseFile, UsePolicy] | None:
    """The later version of this number; None when there is none, or more than one."""
    active = reads.find_active_use_policy()
    for file, problem in nexts_after(active.version if active else 0):
        if file.version is not None and file.version.version == number and not problem:
            return file, file.version
    return None


@lru_cache(maxsize=8)
def check_of(text: str) -> Report:
    return policy.check(wiring.use_policy(text, ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.POLICY)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """What the check says of the next version; asked for, what it would change; on POST it holds from then on."""
    found = next_version(number)
    if found is None:
        return refusals.page(request, refusals.missing(request))
    file, chosen = found
    form = Activation(request.POST if request.method == "POST" else None)
    refused = Code.BAD_REQUEST
    if request.method == "POST" and form.is_valid():
        decision = actions.activate_use_policy(
            chosen,
            text=file.text,
            why=form.cleaned_data["why"],
            seen=form.seen(),
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if decision.is_permitted:
            messages.success(request, _("It holds from now on. What was declared before keeps its verdict."))
            return redirect("staff_policy")
        refused = decision.code
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    is_tried = request.method == "POST" or "try" in request.GET
    status = (409 if refused is Code.CONFLICT else 422) if form.errors else 200
    return render(request, "staff/policy_version.html", _page(file, chosen, form, is_tried=is_tried), status=status)


def _page(file: wiring.UseFile, chosen: UsePolicy, form: Activation, *, is_tried: bool) -> dict[str, Any]:
    report, active = check_of(file.text), reads.find_active_use_policy()
    wrong = [one for one in report.disagreements if one.is_wrong]
    context: dict[str, Any] = {
        "file": file,
        "version": chosen,
        "active": active,
        "report": report,
        "counts": [(VERDICTS[one], report.verdicts.get(one, 0)) for one in VERDICTS if one is not Verdict.EXEMPT],
        "undecided": [policy.in_words(one) for one in report.undecided[:SHOWN]],
        "more_undecided": max(0, len(report.undecided) - SHOWN),
        "unrefused": [policy.in_words(one) for one in report.unrefused[:SHOWN]],
        "more_unrefused": max(0, len(report.unrefused) - SHOWN),
        "wrong": [{"rules": one.rules, "count": one.count, "instance": policy.in_words(one.instance)} for one in wrong],
        "form": form,
        "is_tried": is_tried,
        "text_hash": policy.text_hash(file.text),
    }
    return context | _tried(actions.dry_run_use_policy(chosen)) if is_tried else context


def _tried(found: DryRun) -> dict[str, Any]:
    """The dry run in the words of the page."""
    sums = reads.sum_turned(found.turned, most=OWNERS)
    return {
        "tried": _share(found.tried),
        "decided": _share(found.decided),
        "undeclared": _share(found.undeclared),
        "changed": _share(found.changed),
        "people": sum(one.people for one in sums.departments),
        "changes": [
            {"before": VERDICTS[before], "after": VERDICTS[after], **_share(share)}
            for (before, after), share in sorted(found.changes.items())
        ],
        "departments": [_sum(one) for one in sums.departments],
        "owners": [_sum(one) for one in sums.owners],
    }


def _sum(one: reads.TurnedSum) -> dict[str, Any]:
    return {"owner": one.owner, "department": one.department, "people": one.people, **_share(one.share)}


def _share(share: Share) -> dict[str, Any]:
    return {"recordings": share.recordings, "hours": words.hours(share.duration_ms // 1000)}


@never_cache
@require_safe
@for_staff(StaffArea.POLICY)
def changes(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every recording that would change verdict, as a file that is written as it is read."""
    found = next_version(number)
    if found is None:
        return refusals.page(request, refusals.missing(request))
    lines = actions.take_dry_run(found[1], actor=actor.from_request(request), now=timezone.now())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found[1].name.replace("@", "-")}-changes.csv"'
    return answer
