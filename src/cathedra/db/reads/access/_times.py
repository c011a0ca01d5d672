"""When what follows its folder is available (R44 to R49), as conditions: over every folder, or in one whose times are known."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

from cathedra.db.reads.access._conditions import ALL, known
from cathedra.domain import access
from cathedra.domain.access import FolderEnd, FolderStart
from cathedra.domain.library import Origin


class FoldersTimes:
    """The folder's own setting, else that of where its access comes from, else the default, which is open."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def open(self) -> Q:
        """It has begun (R44)."""
        return _inherited("start", ["immediately", "when_approved"], "starts_at__lte", self._now)

    def running(self) -> Q:
        """It has not ended (R44)."""
        return _inherited("end", ["forever"], "ends_at__gt", self._now)

    def released(self) -> Q:
        """R49: a scheduled capture waits out the folder's delay from when it was ready."""
        hours = Coalesce(F("folder__release_delay_hours"), F("folder__access_from__release_delay_hours"), Value(0))
        delay = ExpressionWrapper(hours * Value(timedelta(hours=1)), output_field=DurationField())
        latest = ExpressionWrapper(Value(self._now, output_field=DateTimeField()) - delay, output_field=DateTimeField())
        own, above = "folder__release_delay_hours", "folder__access_from__release_delay_hours"
        at_once = Q(**{own: 0}) | (Q(**{f"{own}__isnull": True}) & (Q(**{above: 0}) | Q(**{f"{above}__isnull": True})))
        return ~Q(origin=Origin.SCHEDULED) | at_once | Q(ready_at__isnull=True) | Q(ready_at__lte=latest)


def _inherited(side: str, always: list[str], field: str, instant: datetime) -> Q:
    own, above = f"folder__{side}", f"folder__access_from__{side}"
    set_here = Q(**{f"{own}__in": always}) | Q(**{own: "date", f"folder__{field}": instant})
    set_above = Q(**{f"{above}__in": always}) | Q(**{above: "date", f"folder__access_from__{field}": instant})
    return set_here | (Q(**{f"{own}__isnull": True}) & (set_above | Q(**{f"{above}__isnull": True})))


class OneFoldersTimes(FoldersTimes):
    """Those of one folder, which were read with its facts."""

    def __init__(self, times: access.Availability, now: datetime) -> None:
        super().__init__(now)
        self._times = times

    def open(self) -> Q:
        times = self._times
        if times.folder_start is FolderStart.DATE:
            return known(times.folder_starts_at is not None and times.folder_starts_at <= self._now)
        return known(times.folder_start in (FolderStart.IMMEDIATELY, FolderStart.WHEN_APPROVED))

    def running(self) -> Q:
        times = self._times
        if times.folder_end is FolderEnd.DATE:
            return known(times.folder_ends_at is not None and times.folder_ends_at > self._now)
        return ALL

    def released(self) -> Q:
        if not self._times.release_delay_hours:
            return ALL
        latest = self._now - timedelta(hours=self._times.release_delay_hours)
        return ~Q(origin=Origin.SCHEDULED) | Q(ready_at__isnull=True) | Q(ready_at__lte=latest)
