"""What availability may be set to (R44 to R47, R49), and how long recordings of a course stay (R48)."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from cathedra.domain.access._availability import Availability, obstacle, window
from cathedra.domain.access._words import FolderEnd, FolderStart, RecordingEnd, RecordingStart
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_DELAY_HOURS = 168  # R49


@dataclass(frozen=True, slots=True)
class FolderSchedule:
    """A folder's own settings; None is as the folder that it inherits from, or the default at the top (R46)."""

    start: FolderStart | None = None
    starts_at: datetime | None = None
    end: FolderEnd | None = None
    ends_at: datetime | None = None
    release_delay_hours: int | None = None


@dataclass(frozen=True, slots=True)
class RecordingSchedule:
    """A recording's own settings; the defaults follow the folder (R46)."""

    start: RecordingStart = RecordingStart.WITH_FOLDER
    starts_at: datetime | None = None
    end: RecordingEnd = RecordingEnd.WITH_FOLDER
    ends_at: datetime | None = None

    @property
    def follows_folder(self) -> bool:
        """Nothing is its own."""
        return self.start is RecordingStart.WITH_FOLDER and self.end is RecordingEnd.WITH_FOLDER


def resolve(own: FolderSchedule, given: FolderSchedule) -> FolderSchedule:
    """What counts in a folder that follows another (R28): its own settings, else those given. Approval cannot be set
    aside by a setting of one's own (R71)."""
    keeps_start = own.start is not None and given.start is not FolderStart.WHEN_APPROVED
    delay = own.release_delay_hours
    return FolderSchedule(
        start=own.start if keeps_start else given.start,
        starts_at=own.starts_at if keeps_start else given.starts_at,
        end=own.end if own.end is not None else given.end,
        ends_at=own.ends_at if own.end is not None else given.ends_at,
        release_delay_hours=delay if delay is not None else given.release_delay_hours,
    )


def with_approval(schedule: FolderSchedule, *, is_needed: bool) -> FolderSchedule:
    """What a folder asks for itself that no longer has it from one above: approval is not left behind (R71)."""
    return replace(schedule, start=FolderStart.WHEN_APPROVED, starts_at=None) if is_needed else schedule


def availability_of(folder: FolderSchedule, recording: RecordingSchedule | None = None) -> Availability:
    """The settings as the rule reads them, the folder's resolved."""
    own = recording or RecordingSchedule()
    return Availability(
        folder_start=folder.start or FolderStart.IMMEDIATELY,
        folder_starts_at=folder.starts_at,
        folder_end=folder.end or FolderEnd.FOREVER,
        folder_ends_at=folder.ends_at,
        start=own.start,
        starts_at=own.starts_at,
        end=own.end,
        ends_at=own.ends_at,
        release_delay_hours=folder.release_delay_hours or 0,
    )


def decide_schedule(wanted: FolderSchedule | RecordingSchedule, resulting: Availability) -> Decision:
    """Is it whole, and does it end after it starts (R47)? `resulting` is what it makes, inheritance resolved."""
    if (wanted.start == "date") != (wanted.starts_at is not None):
        return deny(Code.BAD_REQUEST, "R44", _("Give the day and the time from which it can be watched."))
    if (wanted.end == "date") != (wanted.ends_at is not None):
        return deny(Code.BAD_REQUEST, "R44", _("Give the day and the time until which it can be watched."))
    if isinstance(wanted, FolderSchedule) and not 0 <= (wanted.release_delay_hours or 0) <= MOST_DELAY_HOURS:
        return deny(Code.BAD_REQUEST, "R49", _("Captures can wait up to 168 hours, a week, before they are available."))
    found = window(resulting)
    if found.from_at and found.until_at and found.until_at <= found.from_at:
        return deny(Code.BAD_REQUEST, "R47", _("The end must be later than the start."))
    return permit()


def decide_approval_kept(before: FolderSchedule, after: FolderSchedule, *, needs_approval: bool) -> Decision:
    """Approval is turned on and off by itself, with what it does to waiting recordings (R71), never from here."""
    is_waiting_start = FolderStart.WHEN_APPROVED in (before.start, after.start)
    if before.start is after.start or not (needs_approval or is_waiting_start):
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R71",
        _("Recordings here are available once a Publisher approves them. Turn approval on or off by itself."),
    )


# --- R48: recordings of a course


@dataclass(frozen=True, slots=True)
class Term:
    """A term of teaching, first and last day."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class CoursePolicy:
    """`policies/availability.toml`: academic years with their terms, and how long after a term recordings stay."""

    days_after_term: int
    year_ends: tuple[int, int]  # month, day
    years: Mapping[str, tuple[Term, ...]]

    def year_end(self, academic_year: str) -> date:
        """The last day of an academic year as 2026-27."""
        month, day = self.year_ends
        return date(int(academic_year[:4]) + 1, month, day)

    def vacations(self) -> tuple[tuple[date, date], ...]:
        """First and last days between the terms that are known, in their order."""
        terms = sorted((term for each in self.years.values() for term in each), key=lambda term: term.starts)
        day = timedelta(days=1)
        pairs = itertools.pairwise(terms)
        return tuple((one.ends + day, after.starts - day) for one, after in pairs if one.ends + day < after.starts)

    def floor(self, academic_year: str, taught_on: date) -> date:
        """The earliest last day: some days after the term of teaching. What is recorded between two terms is for the
        next one. Of a year without known terms, the end of the year."""
        terms = self.years.get(academic_year, ())
        if not terms:
            return self.year_end(academic_year)
        term = next((term for term in terms if taught_on <= term.ends), terms[-1])
        return min(term.ends + timedelta(days=self.days_after_term), self.year_end(academic_year))


def parse_course_policy(document: Mapping[str, Any]) -> CoursePolicy:
    """The policy from its document. Raises ValueError or KeyError when it is not one."""
    years: dict[str, tuple[Term, ...]] = {}
    for year in document["year"]:
        terms = tuple(Term(term["name"], term["starts"], term["ends"]) for term in year["term"])
        _check(terms)
        years[year["name"]] = terms
    month, day = document["year_ends"]
    days = int(document["days_after_term"])
    if days < 0:
        raise ValueError("days_after_term cannot be below 0.")
    return CoursePolicy(days, (month, day), years)


def _check(terms: Sequence[Term]) -> None:
    days = [day for term in terms for day in (term.starts, term.ends)]
    if days != sorted(days):
        raise ValueError("Terms must follow one another.")


@dataclass(frozen=True, slots=True)
class CourseGuard:
    """Until when recordings of a course have to stay: up to and with these days, in the site's time zone."""

    floor: date
    year_end: date
    zone: tzinfo

    def is_before(self, ends_at: datetime, day: date) -> bool:
        """Whether somebody is shut out before that day is over."""
        return ends_at < datetime.combine(day + timedelta(days=1), time(), self.zone)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The terms of teaching, and the time zone in which their days are meant."""

    policy: CoursePolicy
    zone: tzinfo

    def guard(self, academic_year: str, taught_at: datetime) -> CourseGuard | None:
        """Until when recordings of a course stay (R48); of anything else, nothing."""
        if not academic_year:
            return None
        floor = self.policy.floor(academic_year, taught_at.astimezone(self.zone).date())
        return CourseGuard(floor, self.policy.year_end(academic_year), self.zone)


def shut_from(guard: CourseGuard, *, was: Availability | None, will: Availability, now: datetime) -> datetime | None:
    """From when on nobody watches it: its end; or now, where it could be watched and its start is put off for good, or
    so far that the floor has passed by then, which ends it just as well. None: never."""
    found = window(will)
    is_put_off = found.is_never or (found.from_at is not None and not guard.is_before(found.from_at, guard.floor))
    return now if is_put_off and was is not None and obstacle(was, now) is None else found.until_at


def decide_course_end(
    guard: CourseGuard,
    *,
    before: datetime | None,
    after: datetime | None,
    reference: str,
    is_service_admin: bool,
) -> Decision:
    """May availability of a course's recordings end then? An end that is not brought forward is not asked about."""
    if not _ends_earlier(guard, before, after):
        return permit()
    days = {"floor_date": guard.floor.isoformat(), "year_end_date": guard.year_end.isoformat()}
    if after is not None and guard.is_before(after, guard.floor) and not is_service_admin:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R48",
            _(
                "Recordings of a course stay for its students until {floor_date}. Choose a later end, or ask the service team."
            ),
            **days,
        )
    if not reference:
        return deny(
            Code.BAD_REQUEST,
            "R48",
            _(
                "This ends before the academic year does ({year_end_date}). Give the reference of the course's decision."
            ),
            **days,
        )
    return permit()


def decide_end_in_passing(
    guard: CourseGuard | None, *, was: Availability, will: Availability, now: datetime
) -> Decision:
    """R48 where something else is changed, and availability with it: a recording moves, or follows its folder again.
    Nobody is asked for the course's decision there, so it has to be set, with its reference, first."""
    if guard is None or not _ends_earlier(guard, window(was).until_at, shut_from(guard, was=was, will=will, now=now)):
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R48",
        _(
            "Students of the course would lose it before the academic year ends ({year_end_date}). If the course has decided so, first set when it ends under Availability, with the reference of that decision."
        ),
        year_end_date=guard.year_end.isoformat(),
    )


def _ends_earlier(guard: CourseGuard, before: datetime | None, after: datetime | None) -> bool:
    """An end before the academic year's that is brought forward."""
    return after is not None and guard.is_before(after, guard.year_end) and (before is None or after < before)
