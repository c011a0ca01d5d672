"""What is kept and what would free it: of the whole library, of oneself, of a folder (R108, R109, R111)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra.actions import metering as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import Part
from cathedra.domain import access, metering
from cathedra.domain.access import Action
from cathedra.domain.metering import Kept, Since
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, FolderId
from cathedra.web.api import looks
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.hours._licence import DepartmentOut

router = Router(tags=["hours"])
_LISTED = 50


class SavingOut(Schema):
    """One step: what it would free, in whole seconds, and of how many recordings."""

    step: str
    seconds: int
    recordings: int


class HeldOut(Schema):
    """Sums in whole seconds. `by_use` breaks down what is stored, by when it was last watched; what is in the bin is
    stored too. An hour counts for one saving only."""

    stored_s: int
    archived_s: int
    by_use: dict[str, int]
    savings: list[SavingOut]


class PartOut(Schema):
    """Of one origin, or of the courses of one academic year; an empty name is what has no course."""

    name: str
    stored_s: int
    archived_s: int
    recordings: int


class OwnerOut(Schema):
    """What one person keeps; what is in the bin is stored too."""

    id: UUID
    name: str
    department: str
    is_active: bool
    stored_s: int
    archived_s: int
    binned_s: int


class LibraryOut(HeldOut):
    """The whole library; of owners those who keep most."""

    origins: list[PartOut]
    academic_years: list[PartOut]
    owners: list[OwnerOut]
    leavers: list[OwnerOut]


class FolderHoursOut(HeldOut):
    """A folder with those below it that are seen by the same people."""

    licence_year: str
    recorded_s: int


class ItemOut(Schema):
    """A recording of one's own."""

    recording_id: UUID
    title: str
    folder: str
    seconds: int
    last_watched_at: datetime | None
    is_held: bool


class OwnHoursOut(FolderHoursOut):
    """What one owns, and the largest of it: in the bin, not watched, and of all that is not in the bin; and the sums of
    the departments whose contact one is."""

    departments: list[DepartmentOut]
    bin: list[ItemOut]
    unwatched: list[ItemOut]
    largest: list[ItemOut]


@router.get("/hours/kept", response={200: LibraryOut, REFUSED: Refusal}, operation_id="getHoursKept")
@for_staff(StaffArea.HOURS)
def kept(request: HttpRequest) -> Any:
    """What is kept in the whole library, and what would save most."""
    now = timezone.now()
    origins, years = reads.list_parts()
    return {
        **_held(reads.list_kept(Since.at(now)), now),
        "origins": origins,
        "academic_years": years,
        "owners": reads.list_owners(limit=_LISTED),
        "leavers": reads.list_owners(limit=_LISTED, leavers=True),
    }


@router.get("/me/hours", response=OwnHoursOut, operation_id="getMyHours")
def own(request: HttpRequest) -> Any:
    """What one owns, and what each would free."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    since, year = Since.at(now), actions.calendar().year_of(now).label
    return {
        **_held(reads.list_kept_of(viewer, since), now),
        "licence_year": year,
        "recorded_s": reads.recorded_by(viewer, year),
        "departments": reads.hours_of_departments(viewer, year),
        **{part.lower(): [_item(one) for one in reads.list_items(viewer, part, since, limit=_LISTED)] for part in Part},
    }


@router.get(
    "/folders/{uuid:folder_id}/hours", response={200: FolderHoursOut, REFUSED: Refusal}, operation_id="getFolderHours"
)
def folder(request: HttpRequest, folder_id: UUID) -> Any:
    """The sums of a folder; nothing of single recordings."""
    viewer, wanted, now = AccountId(request.user.pk), FolderId(folder_id), timezone.now()
    facts = access_reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, Action.SEE_METERS, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SEE_METERS, folder_id, "getFolderHours")
    year = actions.calendar().year_of(now).label
    held = _held(reads.list_kept_in(wanted, Since.at(now)), now)
    return {**held, "licence_year": year, "recorded_s": reads.recorded_in(wanted, year)}


def _held(every: list[Kept], now: datetime) -> dict[str, Any]:
    held = metering.holdings(every, now=now)
    return {
        "stored_s": held.stored_s,
        "archived_s": held.archived_s,
        "by_use": {use.value: seconds for use, seconds in held.by_use.items()},
        "savings": metering.savings(every, now=now),
    }


def _item(one: reads.Item) -> dict[str, Any]:
    return {
        "recording_id": one.id,
        "title": one.title,
        "folder": one.folder,
        "seconds": one.kept.seconds,
        "last_watched_at": one.kept.last_watched_at,
        "is_held": one.kept.is_held,
    }
