"""What is scheduled again and again: its days, its hours by the clock on the wall, and how much of it a change reaches
(R155)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cathedra.domain.ingest._schedules import Span
from cathedra.domain.terms import Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_WEEK = frozenset(range(7))


class Reach(StrEnum):
    """How much of a series a change is for."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Repeat:
    """On which weekdays (0: Monday), up to and with which day."""

    weekdays: frozenset[int]
    until: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of a series: a recording of its own."""

    recording_id: RecordingId
    span: Span


def decide_repeat(repeat: Repeat, first: date) -> Decision:
    """May it be repeated so? Its first day is one of its days, and its last lies within a year of that."""
    if not repeat.weekdays or not repeat.weekdays <= _WEEK:
        return deny(Code.BAD_REQUEST, "R155", _("Choose the weekdays on which it is repeated."))
    if first.weekday() not in repeat.weekdays:
        return deny(
            Code.BAD_REQUEST,
            "R155",
            _("{first_date} is not one of the weekdays that you chose. Choose that weekday too, or another first day."),
            first_date=first.isoformat(),
        )
    if repeat.until < first:
        return deny(Code.BAD_REQUEST, "R155", _("It would end before its first day. Choose a later last day."))
    if repeat.until > _a_year_after(first):
        return deny(
            Code.BAD_REQUEST,
            "R155",
            _("A series lasts twelve months at most. Choose {last_date} or an earlier last day."),
            last_date=_a_year_after(first).isoformat(),
        )
    return permit()


def occurrences(first: Span, repeat: Repeat, zone: ZoneInfo) -> tuple[Span, ...]:
    """Each of its times, in order: at the same hours by the clock on the wall, whatever that is to the world."""
    begin = first.starts_at.astimezone(zone).date()
    every = (begin + timedelta(days=number) for number in range((repeat.until - begin).days + 1))
    return tuple(_by_the_clock(day, first, zone) for day in every if day.weekday() in repeat.weekdays)


def reached(
    waiting: Iterable[Occurrence], chosen: Occurrence, reach: Reach, *, now: datetime
) -> tuple[Occurrence, ...]:
    """Which ones a change of `chosen` is for, in order: it itself, whatever has become of it, and of those of its series
    that wait and are not over the ones that `reach` names."""
    found = {chosen.recording_id: chosen}
    for one in waiting if reach is not Reach.THIS else ():
        if one.span.ends_at > now and (reach is Reach.ALL or one.span >= chosen.span):
            found[one.recording_id] = one
    return tuple(sorted(found.values(), key=lambda one: (one.span, str(one.recording_id))))


def moved_alike(other: Span, before: Span, after: Span, zone: ZoneInfo) -> Span:
    """Where another one of the series goes when one of it goes from `before` to `after`: as many days on, at the same new
    hours by the clock on the wall."""
    old, new, its = (one.starts_at.astimezone(zone).date() for one in (before, after, other))
    return _by_the_clock(its + (new - old), after, zone)


def _by_the_clock(day: date, span: Span, zone: ZoneInfo) -> Span:
    """The hours of a span on another day. In a night when the clock is changed, an end that is not later by it is as long
    after the start as ever."""
    start, end = span.starts_at.astimezone(zone), span.ends_at.astimezone(zone)
    starts_at = _instant(day, start.time(), zone)
    ends_at = _instant(day + (end.date() - start.date()), end.time(), zone)
    return Span(starts_at, ends_at if ends_at > starts_at else starts_at + (span.ends_at - span.starts_at))


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
