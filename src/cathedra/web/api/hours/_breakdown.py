"""What is kept, broken down: of the library, of oneself, of a folder, of a department (R111, R227)."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import Scope
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.metering import By, Since
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, Code, FolderId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web.api import looks
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["hours"])
Limit = Annotated[int, Query(ge=1, le=100)]


class BrokenDownOut(Schema):
    """One line, in whole seconds; what is in the bin is stored and counted in that too. `key` is an id or a word, empty
    for what has none; `within` is the folder around a folder, or an owner's department."""

    key: str
    name: str
    within: str
    is_leaver: bool
    stored_s: int
    archived_s: int
    binned_s: int
    recordings: int


class BreakdownOut(Schema):
    """Some lines, most stored first, and `after` for the next ones; empty at the end."""

    rows: list[BrokenDownOut]
    after: str


@router.get("/hours/breakdown", response={200: BreakdownOut, REFUSED: Refusal}, operation_id="getHoursBreakdown")
@for_staff(StaffArea.HOURS)
def of_library(request: HttpRequest, by: By = By.DEPARTMENT, after: str = "", limit: Limit = 50) -> Any:
    """All that is kept. Of LEAVER and BIN the lines are owners: those who have left, and those with something in the bin."""
    return _page(Scope(), by, after, limit)


@router.get("/me/hours/breakdown", response=BreakdownOut, operation_id="getMyHoursBreakdown")
def of_oneself(request: HttpRequest, by: By = By.FOLDER, after: str = "", limit: Limit = 50) -> Any:
    """What one owns."""
    return _page(Scope(owner=AccountId(request.user.pk)), by, after, limit)


@router.get(
    "/folders/{uuid:folder_id}/hours/breakdown",
    response={200: BreakdownOut, REFUSED: Refusal},
    operation_id="getFolderHoursBreakdown",
)
def of_folder(request: HttpRequest, folder_id: UUID, by: By = By.FOLDER, after: str = "", limit: Limit = 50) -> Any:
    """A folder with those below it that are seen by the same people."""
    wanted = FolderId(folder_id)
    facts = access_reads.folder_facts(AccountId(request.user.pk), wanted)
    decision = access.decide_folder(facts, Action.SEE_METERS, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SEE_METERS, folder_id, "getFolderHoursBreakdown")
    return _page(Scope(folder=wanted), by, after, limit)


@router.get(
    "/me/hours/departments/{uuid:department_id}",
    response={200: BreakdownOut, REFUSED: Refusal},
    operation_id="getDepartmentHoursBreakdown",
)
def of_department(
    request: HttpRequest, department_id: UUID, by: By = By.FOLDER, after: str = "", limit: Limit = 50
) -> Any:
    """A department whose contact one is; they are named in one's own hours."""
    if department_id not in reads.list_departments_of(AccountId(request.user.pk)):
        return told(deny(Code.NOT_FOUND, "R111", noop("You are the contact of no such department.")))
    return _page(Scope(department=department_id), by, after, limit)


def _page(scope: Scope, by: By, after: str, limit: int) -> dict[str, Any]:
    page = reads.break_down(scope, by, Since.at(timezone.now()), after=after, limit=limit)
    return {"rows": list(page.rows), "after": page.after}
