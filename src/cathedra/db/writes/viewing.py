"""Put away what was watched: the events by COPY, and the sums that follow from them (R213 to R215)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection

from cathedra.db import sql
from cathedra.db.models import ViewTotals
from cathedra.domain.playback import FEWEST, NotCounted, Progress, Start, Stop, Totals, packed
from cathedra.domain.terms import AccountId, RecordingId

Key = tuple[int, int, int]  # session as a number, number of the telling, place in it
_PROGRESS = ("percent", "views", "delivered_ms", "position_ms", "first_at", "last_at")
_TOTALS = ("views", "anonymous_views", "viewers", "delivered_ms", "last_at", "played_ms", "reached_by")


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the table, on the unedited timeline."""

    session: UUID
    number: int
    place: int
    recording_id: RecordingId
    account_id: AccountId | None
    at: datetime
    start_ms: int
    watched_ms: int
    speed: float
    start: Start
    stop: Stop

    @property
    def key(self) -> Key:
        """What makes it one, however often it is delivered."""
        return self.session.int, self.number, self.place


@contextmanager
def checked() -> Iterator[None]:
    """Around the transaction: what the tables do not take is NotCounted; a database that is away is not."""
    try:
        yield
    except (DataError, IntegrityError) as error:
        raise NotCounted(str(error)) from error


def put_events(events: Iterable[Event]) -> set[Key]:
    """Append them; inside a transaction. Returns the keys of those that are new: one that was delivered before, in
    whichever process, is not written again and not returned."""
    with connection.cursor() as cursor:
        for step in ("view_staging", "view_empty"):
            cursor.execute(sql.text(step))
        with connection.wrap_database_errors, cursor.copy(sql.text("view_copy")) as copy:
            for one in sorted(events, key=lambda event: event.key):
                about = (one.recording_id, one.account_id, one.at, one.start_ms, one.watched_ms, one.speed)
                copy.write_row((one.session, one.number, one.place, *about, one.start.value, one.stop.value))
        cursor.execute(sql.text("view_events"))
        return {(session.int, number, place) for session, number, place in cursor.fetchall()}


def lock_totals(segments: Mapping[RecordingId, int], *, now: datetime) -> dict[RecordingId, Totals]:
    """The sums of these recordings, made where there are none. Whoever holds them may change the progress of their
    viewers; all who count lock in the same order."""
    rows = [
        ViewTotals(recording_id=each, last_at=now, played_ms=[0] * segments[each], reached_by=[0] * segments[each])
        for each in sorted(segments)
    ]
    ViewTotals.objects.bulk_create(rows, ignore_conflicts=True)
    held = ViewTotals.objects.select_for_update().filter(recording_id__in=list(segments)).order_by("recording_id")
    found = {}
    for row in held:
        found[RecordingId(row.recording_id)] = Totals(*(getattr(row, name) for name in _TOTALS))
    return found


def set_totals(totals: Mapping[RecordingId, Totals]) -> None:
    """What they are now; of recordings that are held by `lock_totals`."""
    rows = [
        ViewTotals(recording_id=each, **{name: getattr(one, name) for name in _TOTALS}) for each, one in totals.items()
    ]
    ViewTotals.objects.bulk_update(rows, _TOTALS)


def set_progress(found: Mapping[tuple[RecordingId, AccountId], Progress]) -> None:
    """How far viewers have come; of recordings that are held by `lock_totals`."""
    keys, rows = list(found), list(found.values())
    columns = {name: [getattr(one, name) for one in rows] for name in _PROGRESS}
    with connection.cursor() as cursor:
        places: dict[str, Any] = {
            **columns,
            "recordings": [recording_id for recording_id, _ in keys],
            "accounts": [account_id for _, account_id in keys],
            "watched": [packed(one.watched) for one in rows],
        }
        cursor.execute(sql.text("view_progress"), places)


def set_positions(found: Mapping[tuple[RecordingId, AccountId], int], *, now: datetime) -> None:
    """Where viewers stopped, many at once; the last word wins."""
    places: dict[str, Any] = {
        "recordings": [recording_id for recording_id, _ in found],
        "accounts": [account_id for _, account_id in found],
        "places": list(found.values()),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("view_positions"), places)


def renew_figures(*, now: datetime) -> int:
    """What whoever may not see names is told of each recording: the sums as they stand, where enough people have watched
    since (R216). Returns how many recordings that is."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("view_figures"), {"now": now, "fewest": FEWEST})
        return int(cursor.rowcount)
