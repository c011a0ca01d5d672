"""What will free stored hours: the next archive run and the bins (R107)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from cathedra import config
from cathedra.db import sql
from cathedra.db.models import RetentionItem, RetentionRun, RunOutlook
from cathedra.db.reads.retention._facts import calendar
from cathedra.db.reads.retention._runs import list_open_runs
from cathedra.domain.retention import ItemState, RunKind

_OPEN = (ItemState.PLANNED, ItemState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What an archive run will take. `is_planned`: its plan stands; else it is what it would take, as last looked at."""

    day: date
    recordings: int
    seconds: int
    is_planned: bool


def find_ahead(*, now: datetime) -> Ahead | None:
    """The archive run whose plan stands and that has not ended, what is left of it; else the next one as last looked at;
    None where nobody has looked yet, and on the day of one that has ended."""
    rows = (row for row in list_open_runs() if row.kind is RunKind.ARCHIVE and row.frozen_at and row.ended_at is None)
    run = next(rows, None)
    if run is not None:
        items = RetentionItem.objects.filter(run_id=run.id, state__in=_OPEN).aggregate(
            count=Count("id"), sum=Sum("seconds")
        )
        return Ahead(run.day, items["count"], items["sum"] or 0, is_planned=True)
    day = calendar().next_run(RunKind.ARCHIVE, now).day
    if RetentionRun.objects.filter(kind=RunKind.ARCHIVE, day=day).exclude(ended_at=None).exists():
        return None
    seen = RunOutlook.objects.filter(kind=RunKind.ARCHIVE, day=day).first()
    return Ahead(seen.day, seen.recordings, seen.seconds, is_planned=False) if seen else None


def bins_by_day(*, now: datetime) -> dict[date, int]:
    """Stored seconds that the bins let go by themselves, by day."""
    known = calendar()
    places: dict[str, Any] = {"zone": str(known.zone), "days": config.get().bin.days, "today": known.local_day(now)}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("retention_freeing"), places)
        return dict(cursor.fetchall())
