"""What timetables told and what became of it; and what the names in them stand for, many at once (R156)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from cathedra.db.models import Account, Folder, Recorder, Schedule, TimetableEvent, TimetableRun
from cathedra.db.reads.scheduling._schedules import ScheduleRow, get_schedules
from cathedra.domain.ingest.timetable import MOST_ATTEMPTS, FeedOutcome, FeedRoom, Said
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId


class RunNotFound(NotFound):
    """No feed has this id, or it is not theirs to see."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A feed and how far it was worked through. `counts` says how often each outcome; `lines` has what is worth
    reading."""

    id: UUID
    sent_by: AccountId | None
    sent_by_name: str
    is_trial: bool
    received_at: datetime
    ended_at: datetime | None
    events: int
    seen: int
    counts: Mapping[str, int]
    lines: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event that nothing came of, with what the timetable says of it and why. `try_at` is None where it is not tried
    again by itself."""

    external_id: str
    said: Said
    why: Mapping[str, Any]
    attempts: int
    at: datetime
    try_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """What was told before of an event, and what became of it."""

    said: Said
    taken: Said | None
    outcome: FeedOutcome
    attempts: int
    why: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class FeedNames:
    """What names stand for, in small letters; what stands for nothing, or for several, is not there."""

    rooms: Mapping[str, FeedRoom]
    folders: Mapping[str, FolderId]
    people: Mapping[str, AccountId]


def list_runs(viewer: AccountId, *, runs_service: bool, limit: int = 20) -> list[RunRow]:
    """The last feeds, the newest first, without their lines: the viewer's own, and everybody's for who runs the service."""
    rows = TimetableRun.objects.select_related("sent_by").defer("said", "lines").order_by("-received_at")
    return [_run(row, ()) for row in (rows if runs_service else rows.filter(sent_by_id=viewer))[:limit]]


def get_run(run_id: UUID, viewer: AccountId, *, runs_service: bool) -> RunRow:
    """One of them. Raises RunNotFound."""
    rows = TimetableRun.objects.select_related("sent_by").defer("said").filter(id=run_id)
    row = (rows if runs_service else rows.filter(sent_by_id=viewer)).first()
    if row is None:
        raise RunNotFound(str(run_id))
    return _run(row, row.lines)


def take_run(run_id: UUID) -> tuple[RunRow, Sequence[Said]] | None:
    """A feed with what it says, for the product itself. None where there is none, or it is worked through."""
    row = TimetableRun.objects.select_related("sent_by").filter(id=run_id, ended_at=None).first()
    return (_run(row, ()), row.said) if row else None


def _run(row: TimetableRun, lines: Iterable[Mapping[str, Any]]) -> RunRow:
    return RunRow(
        row.id,
        AccountId(row.sent_by_id) if row.sent_by_id else None,
        row.sent_by.full_name if row.sent_by else "",
        row.is_trial,
        row.received_at,
        row.ended_at,
        row.events,
        row.seen,
        row.counts,
        tuple(lines),
    )


def list_failed(viewer: AccountId, *, runs_service: bool, limit: int = 200) -> list[FailedEvent]:
    """Events that nothing came of, the latest first: of the viewer's own feeds, or of all for who runs the service."""
    rows = TimetableEvent.objects.filter(outcome=FeedOutcome.FAILED)
    rows = rows if runs_service else rows.filter(sent_by_id=viewer)
    return [
        FailedEvent(row.external_id, row.said, row.why or {}, row.attempts, row.at, row.try_at)
        for row in rows.order_by("-at", "external_id")[:limit]
    ]


def list_given_up(*, now: datetime, limit: int = 2000) -> list[tuple[AccountId | None, FailedEvent]]:
    """Events that are still to come and were given up, with whose feed they are of. For the product itself."""
    rows = TimetableEvent.objects.filter(outcome=FeedOutcome.FAILED, attempts__gte=MOST_ATTEMPTS, ends_at__gt=now)
    return [
        (
            AccountId(row.sent_by_id) if row.sent_by_id else None,
            FailedEvent(row.external_id, row.said, row.why or {}, row.attempts, row.at, row.try_at),
        )
        for row in rows.order_by("ends_at", "external_id")[:limit]
    ]


def list_again(*, now: datetime, limit: int = 200) -> list[tuple[AccountId | None, Said]]:
    """What failed and is to be tried again now, with whose feed it is. For the product itself."""
    rows = TimetableEvent.objects.filter(outcome=FeedOutcome.FAILED, try_at__lte=now, attempts__lt=MOST_ATTEMPTS)
    return [
        (AccountId(by) if by else None, said)
        for by, said in rows.order_by("try_at").values_list("sent_by_id", "said")[:limit]
    ]


def known_events(external_ids: Collection[str]) -> Mapping[str, KnownEvent]:
    """What is known of these. For actions: takes no viewer."""
    return {
        row.external_id: KnownEvent(row.said, row.taken, FeedOutcome(row.outcome), row.attempts, row.why)
        for row in TimetableEvent.objects.filter(external_id__in=external_ids)
    }


def schedules_of_events(external_ids: Collection[str]) -> Mapping[str, ScheduleRow]:
    """The schedules that were made of these events. For actions: takes no viewer."""
    named = dict(Schedule.objects.filter(external_id__in=external_ids).values_list("recording_id", "external_id"))
    rows = get_schedules([RecordingId(one) for one in named])
    return {external_id: row for row in rows if (external_id := named[row.recording_id]) is not None}


def names_of_feed(rooms: Collection[str], folders: Collection[str], people: Collection[str]) -> FeedNames:
    """What these stand for. For actions: takes no viewer, and a name opens nothing."""
    return FeedNames(_rooms(_small(rooms)), _folders(_small(folders)), _people(_small(people)))


def _small(names: Collection[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _rooms(names: frozenset[str]) -> dict[str, FeedRoom]:
    """A recorder with its facility, as “Lecture Block, LB 1”; a recorder whose name is the only one of its kind; a facility,
    for all its recorders."""
    rows = Recorder.objects.filter(retired_at=None).annotate(own=Lower("name"), facility_name=Lower("facility__name"))
    parts = {part.strip() for name in names for part in (name, *name.split(","))}
    rows = rows.filter(Q(own__in=parts) | Q(facility_name__in=names)).order_by("id")
    found: dict[str, dict[int, bool]] = {}
    alone: Counter[str] = Counter()
    for one, own, facility, is_main in rows.values_list("id", "own", "facility_name", "keeps_primary"):
        alone[own] += 1
        for name in (own, facility, f"{facility}, {own}"):
            found.setdefault(name, {})[one] = is_main
    facilities = set(rows.values_list("facility_name", flat=True))
    return {
        name: FeedRoom(tuple(found[name]), sum(found[name].values()))
        for name in names
        if name in found and (name in facilities or alone[name] <= 1)
    }


def _folders(names: frozenset[str]) -> dict[str, FolderId]:
    """An id; or the code of a course that one folder is of, the topmost where others below it are of it too."""
    ids = {name: one for name in names if (one := _id(name)) is not None}
    there = set(Folder.objects.filter(id__in=ids.values(), recycled_in=None).values_list("id", flat=True))
    found = {name: FolderId(one) for name, one in ids.items() if one in there}
    rows = Folder.objects.filter(recycled_in=None).annotate(
        code=Lower("course__external_id"), short=Lower("course__short_name")
    )
    rows = rows.filter(Q(code__in=names) | Q(short__in=names)).order_by("path")
    paths: dict[str, list[tuple[str, UUID]]] = {}
    for one, path, *codes in rows.values_list("id", "path", "code", "short"):
        for code in names.intersection(codes):
            if not any(path.startswith(f"{above}.") for above, _id_of in paths.get(code, ())):
                paths.setdefault(code, []).append((path, one))
    return {code: FolderId(tops[0][1]) for code, tops in paths.items() if len(tops) == 1} | found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _people(names: frozenset[str]) -> dict[str, AccountId]:
    """Open accounts of people, by login name; by e-mail address where one alone has it."""
    rows = Account.objects.filter(is_active=True).exclude(affiliation=Affiliation.SERVICE_ACCOUNT)
    rows = rows.annotate(login=Lower("login_name"), address=Lower("email"))
    found: dict[str, AccountId] = {}
    by_address: dict[str, list[AccountId]] = {}
    for one, login, address in rows.filter(Q(login__in=names) | Q(address__in=names)).values_list(
        "id", "login", "address"
    ):
        found[login] = AccountId(one)
        by_address.setdefault(address, []).append(AccountId(one))
    found = {address: them[0] for address, them in by_address.items() if len(them) == 1} | found
    return {name: one for name, one in found.items() if name in names}
