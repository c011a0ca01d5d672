"""The days of the two runs, as local midnights of the site (R115, R122, R123)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cathedra.domain.retention._words import Profile, Rule, RunKind
from cathedra.domain.terms import FolderId

FROZEN_BEFORE = timedelta(days=30)  # R127
PROOF_BEFORE = timedelta(days=30)  # R126
# R125: how many days before a run people are told.
STEPS: dict[RunKind, tuple[int, ...]] = {RunKind.ARCHIVE: (30, 7), RunKind.DELETION: (90, 30, 7, 1)}
_FULL_YEAR = timedelta(days=364)  # from 1 September to 31 August
_RUN_LASTS = timedelta(days=2)  # R123: until 2 September, 24:00


@dataclass(frozen=True, slots=True)
class RunDay:
    """One run: its day in the site's calendar and the instant at which that day begins."""

    kind: RunKind
    day: date
    cutoff: datetime

    @property
    def name(self) -> str:
        """As archive-2026."""
        return f"{self.kind.lower()}-{self.day.year}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the runs are. The 29th of February is the 1st of March where there is none."""

    zone: ZoneInfo
    archive: tuple[int, int] = (9, 1)
    deletion: tuple[int, int] = (8, 31)

    def run(self, kind: RunKind, year: int) -> RunDay:
        """The run of a calendar year."""
        day = _day(year, *(self.archive if kind is RunKind.ARCHIVE else self.deletion))
        return RunDay(kind, day, self.midnight(day))

    def next_run(self, kind: RunKind, now: datetime) -> RunDay:
        """Today's, or else the next one."""
        today = self.local_day(now)
        this = self.run(kind, today.year)
        return this if this.day >= today else self.run(kind, today.year + 1)

    def after(self, run: RunDay) -> RunDay:
        """The same run a year later."""
        return self.run(run.kind, run.day.year + 1)

    def has(self, run: RunDay) -> bool:
        """Whether it is one of these still: the days of a site may be changed while a run is on its way (R132)."""
        return self.run(run.kind, run.day.year).day == run.day

    def archived_before(self, deletion: RunDay) -> datetime:
        """R123: what was archived before this had a full year in the archive when the deletion run comes."""
        at = self.run(RunKind.ARCHIVE, deletion.day.year)
        while deletion.day - at.day < _FULL_YEAR:
            at = self.run(RunKind.ARCHIVE, at.day.year - 1)
        return self.midnight(at.day + _RUN_LASTS)

    def deletion_after(self, archived_at: datetime, *, now: datetime) -> RunDay:
        """The run that deletes what was archived then, if nothing keeps it longer: told of many at once (N31). Of one
        recording `deletion_of` says it."""
        run = self.next_run(RunKind.DELETION, now)
        while not archived_at < self.archived_before(run):
            run = self.after(run)
        return run

    def year_end_after(self, instant: datetime) -> RunDay:
        """When the academic year of an instant ends: the next day of the archive run."""
        run = self.next_run(RunKind.ARCHIVE, instant)
        return run if run.cutoff > instant else self.after(run)

    def local_day(self, instant: datetime) -> date:
        """The day it is in the site's calendar."""
        return instant.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins there, in UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def due_steps(run: RunDay, today: date) -> tuple[int, ...]:
    """The steps whose day has come, the earliest first, none on the day of the run or after it (R125)."""
    left = (run.day - today).days
    return tuple(days for days in STEPS[run.kind] if 0 < left <= days)


def is_due_to_freeze(run: RunDay, today: date) -> bool:
    """Whether the plan must stand (R127)."""
    return run.day - today <= FROZEN_BEFORE


def parse_day(text: str, name: str) -> tuple[int, int]:
    """A month and a day, as 09-01. Raises ValueError with a sentence."""
    month, dash, day = text.partition("-")
    try:
        date(2024, int(month), int(day))
    except ValueError:
        dash = ""
    if not dash or len(text) != 5 or not (month + day).isascii():
        raise ValueError(f"{name} must be a month and a day, as 09-01, and not {text!r}.")
    return int(month), int(day)


def parse_profiles(text: str, name: str) -> dict[FolderId, Rule]:
    """Rules of single folders, as id=age:730, id=none. Raises ValueError with a sentence."""
    found: dict[FolderId, Rule] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        folder, _is, rule = part.partition("=")
        profile, _colon, days = rule.partition(":")
        try:
            found[FolderId(UUID(folder))] = Rule(Profile(profile), int(days or 0))
        except ValueError:
            raise ValueError(f"{name} must be a folder's id=profile or id=profile:days, and not {part!r}.") from None
    return found


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 3, 1)


def keep_submission_until(submitted_at: datetime, *, months: int, calendar: Calendar) -> datetime:
    """Until when assessed work stays (R129): so many months after the end of the academic year it was handed in."""
    end = calendar.year_end_after(submitted_at).day
    years, month = divmod(end.month - 1 + months, 12)
    return calendar.midnight(_day(end.year + years, month + 1, min(end.day, 28) if month == 1 else min(end.day, 30)))
