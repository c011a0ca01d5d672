"""What a rule would do over the next years, before anybody switches it on."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from cathedra.domain.retention._calendar import Calendar, RunDay
from cathedra.domain.retention._eligible import is_old_enough, stays_archived, stays_live
from cathedra.domain.retention._moves import ARCHIVED, ONLINE, RESTORING
from cathedra.domain.retention._words import Facts, Rule, RunKind, Why
from cathedra.domain.terms import AccountId


@dataclass(slots=True)
class Tally:
    """What one run would take: recordings, seconds, and of how many people."""

    run: RunDay
    recordings: int = 0
    seconds: int = 0
    owners: set[AccountId] = field(default_factory=set)

    def add(self, facts: Facts) -> None:
        """One more."""
        self.recordings += 1
        self.seconds += facts.seconds
        self.owners.add(facts.owner_id)


def runs_between(calendar: Calendar, now: datetime, *, years: int) -> list[RunDay]:
    """Both runs of the next years, in the order of their days."""
    found = []
    for kind in RunKind:
        run = calendar.next_run(kind, now)
        for _turn in range(years):
            found.append(run)
            run = calendar.after(run)
    return sorted(found, key=lambda run: (run.day, run.kind))


def simulate(
    every: Iterable[Facts], rule: Rule, *, calendar: Calendar, now: datetime, years: int = 3
) -> tuple[Tally, ...]:
    """What the runs of the next years would take of the library as it stands, if nobody does anything and everybody
    is told in time. What is on its way back from the archive is there again, and its time counts from now (R114).
    Memory is that of the owners, however many recordings there are."""
    tallies = [Tally(run) for run in runs_between(calendar, now, years=years)]
    for facts in every:
        _follow(_back(facts, now) if facts.keeping == RESTORING else facts, rule, tallies, calendar)
    return tuple(tallies)


def _follow(facts: Facts, rule: Rule, tallies: list[Tally], calendar: Calendar) -> None:
    at = facts
    for tally in tallies:
        run = tally.run
        if run.kind is RunKind.ARCHIVE:
            if stays_live(at, rule, run, began_at=run.cutoff) is None:
                tally.add(facts)
                at = archived(at, run.cutoff)
        elif stays_archived(at, calendar, run, is_told=True) is None:
            tally.add(facts)
            return


def _back(facts: Facts, at: datetime) -> Facts:
    return replace(facts, keeping=ONLINE, anchor=at, archived_at=None)


def archived(facts: Facts, at: datetime) -> Facts:
    """The same recording after an archive run."""
    return replace(facts, keeping=ARCHIVED, archived_at=at)


@dataclass(frozen=True, slots=True)
class Deletion:
    """When something in the archive is deleted if nobody does anything (R121): the run that takes it, and what made an
    earlier one leave it alone. No run while something without an end keeps it."""

    run: RunDay | None
    why: Why | None = None


_WITHOUT_END = frozenset({Why.HELD, Why.RESTORE_FAILED})
_SAID = _WITHOUT_END | {Why.EXEMPT, Why.ASSESSED, Why.NOT_PLANNED}


def deletion_of(facts: Facts, *, calendar: Calendar, now: datetime) -> Deletion:
    """The deletion run that would take it as it stands, with everything that keeps it longer: a hold, a restore that
    failed, an exemption, assessed work (R121, R128 to R130). None of what is not in the archive."""
    run, why = calendar.next_run(RunKind.DELETION, now), None
    for _turn in range(20):
        stays = stays_archived(facts, calendar, run, is_told=True)
        if stays is None:
            return Deletion(run, why)
        why = stays if stays in _SAID else why
        if facts.keeping != ARCHIVED or stays in _WITHOUT_END:
            return Deletion(None, why)
        run = calendar.after(run)
    return Deletion(None, why)


def archive_run_of(facts: Facts, rule: Rule, *, calendar: Calendar, now: datetime) -> RunDay | None:
    """The archive run that would take a live recording if nothing changes: said on its page. None within ten years."""
    run = calendar.next_run(RunKind.ARCHIVE, now)
    for _turn in range(10):
        is_free = facts.exempt_archive_until is None or facts.exempt_archive_until <= run.cutoff
        if is_free and run.name not in facts.left_out_of and is_old_enough(facts, rule, run.cutoff):
            return run
        run = calendar.after(run)
    return None
