"""Runs, their plans, what became of each line, and what people are told of them. For the product and for staff pages."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum, Value

from cathedra.db import sql
from cathedra.db.models import Folder, Recording, RetentionItem, RetentionRun
from cathedra.db.reads.retention._facts import calendar
from cathedra.domain.retention import ItemState, Joined, RunDay, RunKind
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId

_MOST_FOLDERS = 20


class RunNotFound(NotFound):
    """No run has this id."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it stands."""

    id: UUID
    kind: RunKind
    day: date
    cutoff_at: datetime
    told: dict[str, str]
    frozen_at: datetime | None
    began_at: datetime | None
    joined_at: datetime | None
    ended_at: datetime | None
    receipted_at: datetime | None
    stopped_at: datetime | None

    @property
    def run_day(self) -> RunDay:
        """Its day, as the rules know it."""
        return RunDay(self.kind, self.day, self.cutoff_at)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a run: recordings, seconds, people."""

    recordings: int
    seconds: int
    owners: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of a plan."""

    id: int
    recording_id: RecordingId
    owner_id: AccountId
    seconds: int
    joined: Joined
    state: ItemState
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told at a step: folders with counts, those with most; and how many more folders there are."""

    account_id: AccountId | None
    address: str
    folders: tuple[tuple[str, int], ...]
    more_folders: int
    recordings: int
    seconds: int


def _row(row: RetentionRun) -> RunRow:
    return RunRow(
        id=row.id,
        kind=RunKind(row.kind),
        day=row.day,
        cutoff_at=row.cutoff_at,
        told=dict(row.told),
        frozen_at=row.frozen_at,
        began_at=row.began_at,
        joined_at=row.joined_at,
        ended_at=row.ended_at,
        receipted_at=row.receipted_at,
        stopped_at=row.stopped_at,
    )


def find_run(kind: RunKind, day: date) -> RunRow | None:
    """The run of a day."""
    row = RetentionRun.objects.filter(kind=kind, day=day).first()
    return _row(row) if row else None


def is_stopped(run_id: UUID) -> bool:
    """Whether somebody has stopped the run for now."""
    return RetentionRun.objects.filter(id=run_id, stopped_at__isnull=False).exists()


def get_run(run_id: UUID, *, lock: bool = False) -> RunRow:
    """One run. Raises RunNotFound. `lock` keeps it so until the transaction ends."""
    rows = RetentionRun.objects.select_for_update() if lock else RetentionRun.objects.all()
    row = rows.filter(id=run_id).first()
    if row is None:
        raise RunNotFound(str(run_id))
    return _row(row)


def list_open_runs() -> list[RunRow]:
    """Runs whose receipts have not gone yet, the earliest first. One that has not begun, and whose day is no day of a run
    any more, waits: nothing is done on a day that the site has given up (R132)."""
    known = calendar()
    rows = [_row(row) for row in RetentionRun.objects.filter(receipted_at=None).order_by("day", "kind")]
    return [row for row in rows if row.began_at is not None or known.has(row.run_day)]


def list_runs(*, limit: int = 12) -> list[RunRow]:
    """The latest runs."""
    return [_row(row) for row in RetentionRun.objects.order_by("-day", "kind")[:limit]]


def counts_of(run_id: UUID, *, by_reason: bool = True) -> dict[tuple[ItemState, str], Amount]:
    """How much of a run is where; of what was skipped by its reason, or in one sum."""
    items = RetentionItem.objects.filter(run_id=run_id).order_by()
    rows = items.values_list("state", "why" if by_reason else Value(""))
    found = rows.annotate(Count("id"), Sum("seconds"), Count("owner_id", distinct=True))
    return {(ItemState(state), why): Amount(*counts) for state, why, *counts in found}


def count_joined(run_id: UUID) -> dict[Joined, int]:
    """How many lines came to a run in which way."""
    rows = RetentionItem.objects.filter(run_id=run_id).order_by().values_list("joined").annotate(Count("id"))
    return {Joined(joined): count for joined, count in rows}


def list_items(run_id: UUID, *, states: tuple[ItemState, ...], after: int, limit: int) -> list[ItemRow]:
    """The next lines of a plan in these states, by the order in which they came into it."""
    rows = RetentionItem.objects.filter(run_id=run_id, state__in=states, id__gt=after).order_by("id")[:limit]
    return [_item(row) for row in rows]


def get_item(item_id: int) -> ItemRow:
    """One line, held until the transaction ends."""
    return _item(RetentionItem.objects.select_for_update().get(id=item_id))


def _item(row: RetentionItem) -> ItemRow:
    return ItemRow(
        id=row.id,
        recording_id=RecordingId(row.recording_id),
        owner_id=AccountId(row.owner_id),
        seconds=row.seconds,
        joined=Joined(row.joined),
        state=ItemState(row.state),
        why=row.why,
    )


def planned_among(run_id: UUID, recording_ids: list[RecordingId]) -> set[RecordingId]:
    """Which of these have a line in the run already."""
    rows = RetentionItem.objects.filter(run_id=run_id, recording_id__in=recording_ids)
    return {RecordingId(one) for one in rows.values_list("recording_id", flat=True)}


def lines_among(run_id: UUID, recording_ids: list[RecordingId]) -> dict[RecordingId, tuple[ItemState, str]]:
    """How those of these that have a line in the run stand in it, and why where they are skipped."""
    rows = RetentionItem.objects.filter(run_id=run_id, recording_id__in=recording_ids)
    return {
        RecordingId(one): (ItemState(state), why)
        for one, state, why in rows.values_list("recording_id", "state", "why")
    }


def list_planned_runs(*, since: date) -> list[RunRow]:
    """Runs of this day and later whose plan stands, the earliest first; not of a day that the site has given up."""
    rows, known = (
        RetentionRun.objects.filter(day__gte=since).exclude(frozen_at=None).order_by("day", "kind"),
        calendar(),
    )
    return [one for one in map(_row, rows) if known.has(one.run_day)]


def each_told(run_id: UUID, step_days: int, *, limit: int = 500) -> Iterator[list[Told]]:
    """Everybody whom a step is addressed to, a page at a time."""
    account, address = "", ""
    while True:
        with connection.cursor() as cursor:
            places: dict[str, Any] = {
                "run": run_id,
                "step": step_days,
                "account": account,
                "address": address,
                "limit": limit,
            }
            cursor.execute(sql.text("retention_told"), places)
            rows = cursor.fetchall()
        if not rows:
            return
        people: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for who, where, folder, count, seconds in rows:
            people.setdefault((who, where), []).append((folder, count, seconds))
        yield [_told(*key, folders) for key, folders in people.items()]
        account, address = rows[-1][0], rows[-1][1]


def _told(account: str, address: str, folders: list[tuple[str, int, int]]) -> Told:
    return Told(
        account_id=AccountId(UUID(account)) if account else None,
        address=address,
        folders=tuple((name, count) for name, count, _ in folders[:_MOST_FOLDERS]),
        more_folders=max(0, len(folders) - _MOST_FOLDERS),
        recordings=sum(count for _, count, _ in folders),
        seconds=sum(seconds for _, _, seconds in folders),
    )


def folder_names(folder_ids: Collection[FolderId]) -> dict[FolderId, str]:
    """What folders are called, for staff pages of the rules."""
    rows = Folder.objects.filter(id__in=folder_ids).values_list("id", "name")
    return {FolderId(one): name for one, name in rows}


def titles_of(recording_ids: list[RecordingId]) -> dict[RecordingId, str]:
    """What recordings are called, for lists of a run."""
    rows = Recording.objects.filter(id__in=recording_ids).values_list("id", "title")
    return {RecordingId(one): title for one, title in rows}
