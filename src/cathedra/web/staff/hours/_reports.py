"""What would save most, and what is kept by origin, academic year, owner and use (R107 to R111)."""

from datetime import datetime
from typing import Any

from cathedra.db.reads import metering as reads
from cathedra.domain import metering
from cathedra.domain.library import Origin
from cathedra.domain.metering import Since
from cathedra.web import words
from cathedra.web.hours import saving_rows

_OWNERS = 20


def reports(now: datetime) -> dict[str, Any]:
    """Each of them as the page shows it. What they cost does not grow in memory with the library."""
    kept = reads.list_kept(Since.at(now))
    held = metering.holdings(kept, now=now)
    origins, years = reads.list_parts()
    return {
        "binned": words.hours(held.binned_s) if held.binned_s else "",
        "savings": saving_rows(metering.savings(kept, now=now)),
        "uses": [
            {
                "mark": mark,
                "hours": words.hours(held.by_use[use]),
                "percent": _share(held.by_use[use], held.stored_s),
            }
            for use, mark in words.OF_USE.items()
        ],
        "origins": [_part(str(words.ORIGINS[Origin(one.name)]), one) for one in origins],
        "years": [_part(one.name, one) for one in years],
        "owners": [_owner(one) for one in reads.list_owners(limit=_OWNERS)],
        "leavers": [_owner(one) for one in reads.list_owners(limit=_OWNERS, leavers=True)],
    }


def _part(name: str, one: reads.PartHours) -> dict[str, Any]:
    return {
        "name": name,
        "stored": words.hours(one.stored_s),
        "archived": words.hours(one.archived_s),
        "recordings": one.recordings,
    }


def _owner(one: reads.OwnerHours) -> dict[str, Any]:
    return {
        "name": one.name,
        "department": one.department,
        "is_active": one.is_active,
        "stored": words.hours(one.stored_s),
        "archived": words.hours(one.archived_s),
        "binned": words.hours(one.binned_s),
    }


def _share(part: int, whole: int) -> int:
    return part * 100 // whole if whole else 0
