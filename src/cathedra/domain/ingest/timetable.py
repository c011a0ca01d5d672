"""What a timetable tells of its events, and what becomes of each (R156)."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cathedra.domain.ingest._schedules import Span, whole_minutes
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_EVENTS = 10_000  # in one feed
MOST_LETTERS = 500  # of one word of an event
MOST_ATTEMPTS = 3
TRIED_AGAIN_AFTER = timedelta(minutes=30)
EVENTS_KEPT = timedelta(days=30)  # after their end
RUNS_KEPT = timedelta(days=90)
COLUMNS = ("event", "title", "starts_at", "ends_at", "room", "folder", "presenter", "cancelled", "joint")
NEEDED = COLUMNS[:6]
_YES, _NO = {"yes", "true", "1", "y"}, {"", "no", "false", "0", "n"}

Said = Mapping[str, str]


class FeedOutcome(StrEnum):
    """What became of an event. FAILED is tried again, three times in all."""

    MADE = "MADE"
    MOVED = "MOVED"
    CHANGED = "CHANGED"
    CALLED_OFF = "CALLED_OFF"
    UNCHANGED = "UNCHANGED"
    EXCLUDED = "EXCLUDED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class FeedRules:
    """What this site takes from its timetable."""

    max_hours: int
    zone: ZoneInfo
    takes_joint: bool = False
    takes_several_rooms: bool = False


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event as it was read. `rooms`, `folders` and `presenter` are names or ids as the timetable has them."""

    external_id: str
    title: str
    span: Span
    rooms: tuple[str, ...]
    folders: tuple[str, ...]
    presenter: str = ""
    is_cancelled: bool = False
    is_joint: bool = False


@dataclass(frozen=True, slots=True)
class FeedRoom:
    """What a name of a room stands for: its recorders, and how many of those keep a main picture of their own."""

    recorder_ids: tuple[int, ...]
    main: int


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What became of one event, and why."""

    outcome: FeedOutcome
    why: Decision = field(default_factory=permit)


@dataclass(frozen=True, slots=True)
class FeedStands:
    """How the schedule of an event stands here, and whether it is in the rooms, the folder and with the presenter that
    the event names."""

    span: Span
    title: str
    has_rooms: bool
    has_presenter: bool
    has_folder: bool


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What of a schedule is to be brought to what the timetable says."""

    span: bool = False
    rooms: bool = False
    title: bool = False
    presenter: bool = False
    folder: bool = False


def read_timetable(lines: Iterable[str]) -> list[Said] | Decision:
    """A feed as CSV, each line by the names that its first line gives; what else stands there is ignored."""
    try:
        rows = csv.DictReader(lines, strict=True)
        names = [(name or "").strip().lower().removeprefix("\ufeff") for name in rows.fieldnames or ()]
        missing = [name for name in NEEDED if name not in names]
        if missing:
            return deny(
                Code.BAD_REQUEST,
                "R156",
                _("The first line must name the columns. These are missing: {missing}."),
                missing=", ".join(missing),
            )
        rows.fieldnames = names
        found = list(_taken(rows))
    except csv.Error as error:
        return deny(Code.BAD_REQUEST, "R156", _("This is not a table as CSV: {why}."), why=str(error))
    return decide_size(len(found)) if len(found) > MOST_EVENTS else found


def _taken(rows: Iterable[Mapping[str | None, object]]) -> Iterator[Said]:
    for number, row in enumerate(rows):
        if number > MOST_EVENTS:
            return
        yield as_said({name: value for name, value in row.items() if isinstance(name, str)})


def as_said(given: Mapping[str, object]) -> Said:
    """The words of an event in the one form in which they are kept and compared."""
    words = {name: str(given.get(name) or "").replace("\0", "").strip() for name in COLUMNS}
    return {name: said for name, said in words.items() if said}


def too_large() -> Decision:
    """More bytes than so many events have."""
    return deny(Code.TOO_LARGE, "R156", _("The file has more than 5 MB. Send it in parts."))


def not_utf8() -> Decision:
    """Letters of another encoding would become other names."""
    return deny(Code.BAD_REQUEST, "R156", _("The file is not UTF-8. Save it as CSV in UTF-8, then send it again."))


def decide_size(count: int) -> Decision:
    """May so many events come at once?"""
    if count == 0:
        return deny(Code.BAD_REQUEST, "R156", _("There is no event in it."))
    if count > MOST_EVENTS:
        return deny(
            Code.TOO_LARGE,
            "R156",
            _("A feed has {most} events at most. Send it in parts."),
            most=str(MOST_EVENTS),
        )
    return permit()


def decide_feed(*, may: bool) -> Decision:
    """Who sends a feed: who runs the service, who is appointed to schedule, and programs. What each event asks for is
    judged by itself, as if they had scheduled it (R152)."""
    return permit() if may else deny(Code.NO_PERMISSION, "R156", _("There is nothing here, or you may not see it."))


def read_event(said: Said, zone: ZoneInfo) -> FeedEvent | Decision:
    """One event, or what is wrong with what is said of it. A time without an offset is by the clock of the site."""
    for name in NEEDED:
        if name not in said:
            return _wrong(_("It does not say “{name}”."), name=name)
    for name, value in said.items():
        if len(value) > MOST_LETTERS:
            return _wrong(_("“{name}” is too long: {most} letters at most."), name=name, most=str(MOST_LETTERS))
    times = _time(said["starts_at"], zone), _time(said["ends_at"], zone)
    if times[0] is None or times[1] is None:
        return _wrong(_("Its times cannot be read. Write them as 2026-10-05T09:00."))
    flags = [_flag(said.get(name, "")) for name in ("cancelled", "joint")]
    if flags[0] is None or flags[1] is None:
        return _wrong(_("“cancelled” and “joint” are yes or no."))
    return FeedEvent(
        said["event"],
        said["title"],
        whole_minutes(Span(times[0], times[1])),
        _several(said.get("room", "")),
        _several(said["folder"]),
        said.get("presenter", ""),
        is_cancelled=flags[0],
        is_joint=flags[1],
    )


def _wrong(sentence: str, **values: str) -> Decision:
    return deny(Code.BAD_REQUEST, "R156", sentence, **values)


def _time(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= found.year < 2100:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _flag(text: str) -> bool | None:
    return True if text.lower() in _YES else False if text.lower() in _NO else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(";") if one.strip()))


def decide_excluded(event: FeedEvent, rooms: Collection[FeedRoom | None], rules: FeedRules) -> Decision | None:
    """Why it is left out, unless the site takes such events: too long, joint, in several rooms (R156). `rooms` are those
    that its names stand for, None where there is no such recorder. A camera beside is no room of its own."""
    length = event.span.ends_at - event.span.starts_at
    if length > timedelta(hours=rules.max_hours):
        hours = str(rules.max_hours)
        return _left_out(_("It is longer than {hours} hours, so it is not recorded by itself."), hours=hours)
    if not rules.takes_joint and (event.is_joint or len(event.folders) > 1):
        return _left_out(_("It is a joint event of several courses. Schedule it by hand where it belongs."))
    main = sum(one.main for one in rooms if one is not None)
    several = main > 1 or (len(event.rooms) > 1 and None in rooms)
    if several and not rules.takes_several_rooms:
        return _left_out(_("It is in several rooms. Schedule by hand what is to be recorded of it."))
    return None


def decide_over(event: FeedEvent, now: datetime) -> Decision | None:
    """Why nothing is made of what has begun before it was told of."""
    if event.span.starts_at > now:
        return None
    return _left_out(_("It had begun already when the timetable told of it, so nothing was scheduled."))


def _left_out(sentence: str, **values: str) -> Decision:
    return deny(Code.CONFLICT, "R156", sentence, **values)


def feed_changes(event: FeedEvent, before: FeedEvent | None, here: FeedStands) -> FeedChanges:
    """What to change: what the timetable says otherwise than `before`, which was done; what a person changed here
    meanwhile stays. Where nothing is known of before, what stands here is compared (R156)."""
    if before is None:
        return FeedChanges(
            span=event.span != here.span,
            rooms=not here.has_rooms,
            title=event.title != here.title,
            presenter=not here.has_presenter,
            folder=not here.has_folder,
        )
    return FeedChanges(
        span=event.span != before.span,
        rooms=event.rooms != before.rooms,
        title=event.title != before.title,
        presenter=bool(event.presenter) and event.presenter.lower() != before.presenter.lower(),
        folder=event.folders != before.folders,
    )


def is_listed(outcome: FeedOutcome, attempts: int) -> bool:
    """Whether it is listed as an error, and not tried again until somebody says so or the timetable says otherwise."""
    return outcome is FeedOutcome.FAILED and attempts >= MOST_ATTEMPTS


def told_before(feed: Sequence[Said]) -> frozenset[int]:
    """The places in a feed of events that stand there before."""
    seen: set[str] = set()
    found = set()
    for place, name in enumerate(said.get("event", "") for said in feed):
        if name and name in seen:
            found.add(place)
        seen.add(name)
    return frozenset(found)


def told_twice() -> Decision:
    """R156: of one event a feed says one thing."""
    return _wrong(_("This event stands in the feed twice. The first line counts."))
