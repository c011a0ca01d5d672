"""What is kept, broken down, as a page and as a file: of oneself, of a folder, of a department one is the contact of
(R111); the staff area shows the whole library with the same page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cathedra.actions import metering as actions
from cathedra.db.reads import library
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import BrokenDown, Scope
from cathedra.domain import metering
from cathedra.domain.access import Action
from cathedra.domain.library import Origin
from cathedra.domain.metering import By, Since, Use
from cathedra.domain.terms import AccountId, FolderId
from cathedra.web import actor, refusals, words
from cathedra.web.access.door import for_folder

ROWS = 50
COLUMNS = ("by", "key", "name", "within", "has_left", "stored_s", "binned_s", "archived_s", "recordings",
           "stored_hours", "archived_hours")  # fmt: skip
NAMES: Mapping[By, Any] = {
    By.DEPARTMENT: gettext_lazy("Department"),
    By.FOLDER: gettext_lazy("Folder"),
    By.OWNER: gettext_lazy("Owner"),
    By.ORIGIN: gettext_lazy("Where it came from"),
    By.ACADEMIC_YEAR: gettext_lazy("Academic year"),
    By.LAST_WATCHED: gettext_lazy("Last watched"),
    By.LEAVER: gettext_lazy("People who have left"),
    By.BIN: gettext_lazy("In the bin"),
}
_HEADINGS: Mapping[By, Any] = {By.LEAVER: gettext_lazy("Owner"), By.BIN: gettext_lazy("Owner")}
_WITHOUT: Mapping[By, Any] = {
    By.DEPARTMENT: gettext_lazy("No department"),
    By.ACADEMIC_YEAR: gettext_lazy("No course"),
}
_OF_DEPARTMENT = tuple(by for by in By if by is not By.DEPARTMENT)
_OF_ONESELF = tuple(by for by in By if by not in (By.OWNER, By.LEAVER, By.BIN))  # there is one owner, who is here


def answer(request: HttpRequest, scope: Scope, name: str, *, offered: tuple[By, ...], back: str) -> HttpResponse:
    """The page, or with `format=csv` the whole of it as a file; that it was taken is on the trail (R223)."""
    asked, now = request.GET.get("by", ""), timezone.now()
    by = By(asked) if asked in offered else offered[0]
    if request.GET.get("format") == "csv":
        actions.note_export(f"{_named(scope)} {by}", actor=actor.from_request(request), now=now)
        every = reads.break_down(scope, by, Since.at(now), limit=None)
        return file(f"hours-by-{by.lower()}", COLUMNS, (_cells(by, one) for one in every.rows))
    page = reads.break_down(scope, by, Since.at(now), after=request.GET.get("after", ""), limit=ROWS)
    context = {
        "name": name,
        "back": back,
        "by": by.value,
        "first": _HEADINGS.get(by, NAMES[by]),
        "offered": [(one.value, NAMES[one]) for one in offered],
        "rows": [_shown(by, one) for one in page.rows],
        "page": page,
        "is_later": bool(request.GET.get("after")),
    }
    return render(request, "hours/breakdown.html", context)


def file(name: str, columns: tuple[str, ...], rows: Any) -> HttpResponse:
    """A table as a CSV that is saved under this name and today's date."""
    found = HttpResponse(metering.sheet(columns, rows), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return found


def word_of(by: By, one: BrokenDown) -> str:
    """What a line is called."""
    if by is By.ORIGIN:
        return str(words.ORIGINS[Origin(one.key)])
    if by is By.LAST_WATCHED:
        return str(words.OF_USE[Use(one.key)].word)
    return one.name or one.key or str(_WITHOUT.get(by, ""))


def _named(scope: Scope) -> str:
    held = (("owner", scope.owner), ("folder", scope.folder), ("department", scope.department))
    return next((f"{kind} {one}" for kind, one in held if one), "library")


def _cells(by: By, one: BrokenDown) -> tuple[object, ...]:
    hours = (metering.hours(one.stored_s), metering.hours(one.archived_s))
    has_left = "yes" if one.is_leaver else ""
    return (by.value, one.key, word_of(by, one), one.within, has_left, one.stored_s, one.binned_s, one.archived_s,
            one.recordings, *hours)  # fmt: skip


def _shown(by: By, one: BrokenDown) -> dict[str, Any]:
    return {
        "name": word_of(by, one),
        "within": one.within,
        "is_leaver": one.is_leaver,
        "stored": words.hours(one.stored_s),
        "binned": words.hours(one.binned_s),
        "archived": words.hours(one.archived_s),
        "recordings": one.recordings,
    }


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What whoever asks owns."""
    scope = Scope(owner=AccountId(request.user.pk))
    return answer(request, scope, _("the recordings you own"), offered=_OF_ONESELF, back=reverse("own_hours"))


@require_safe
@for_folder(Action.SEE_METERS)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """A folder and those below it that are seen by the same people."""
    name = library.get_folder(actor.account_id(request), folder_id).name
    back = reverse("folder_hours", args=[folder_id])
    return answer(request, Scope(folder=folder_id), name, offered=tuple(By), back=back)


@require_safe
@login_required
def department(request: HttpRequest, department_id: UUID) -> HttpResponse:
    """A department, for those whom it writes to; to others there is none."""
    theirs = reads.list_departments_of(AccountId(request.user.pk))
    if department_id not in theirs:
        return refusals.page(request, refusals.missing(request))
    name = next(name for one, name in reads.list_departments() if one == department_id)
    return answer(request, Scope(department=department_id), name, offered=_OF_DEPARTMENT, back=reverse("own_hours"))
