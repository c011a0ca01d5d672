"""Plans of runs: what a run would take, frozen 30 days ahead, compared with the library when it begins (R127)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.retention import Calendar, Facts, Joined, Rule, RunDay, RunKind, Tally, Why
from cathedra.domain.terms import Actor


@dataclass(slots=True)
class Preview:
    """What a run would take and leave, said without changing anything."""

    run: RunDay
    taken: Tally
    left: Counter[Why] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules of this site on one run, for a page of recordings at a time."""

    run: RunDay
    calendar: Calendar
    rule: Rule
    began_at: datetime
    run_id: UUID | None = None  # asked for proof of notices; None: as if everybody had been told

    def page(self, some: list[Facts]) -> Iterator[tuple[Facts, Why | None]]:
        """Each with why it is left alone, or None."""
        proven = None
        if self.run.kind is RunKind.DELETION and self.run_id is not None:
            proven = reads.proven_of(self.run_id, [facts.recording_id for facts in some], run=self.run)
        for facts in some:
            yield facts, self.one(facts, is_told=proven is None or facts.recording_id in proven)

    def sole(self, facts: Facts) -> Why | None:
        """Why one is left alone, or None, with its proof read for it alone."""
        is_told = True
        if self.run.kind is RunKind.DELETION and self.run_id is not None:
            is_told = reads.is_proven(self.run_id, facts.recording_id, run=self.run)
        return self.one(facts, is_told=is_told)

    def one(self, facts: Facts, *, is_told: bool = True) -> Why | None:
        """Why this one is left alone, or None."""
        if self.run.kind is RunKind.ARCHIVE:
            return retention.stays_live(facts, self.rule, self.run, began_at=self.began_at)
        return retention.stays_archived(facts, self.calendar, self.run, is_told=is_told)


def judge(run: RunDay, *, began_at: datetime | None = None, proof: UUID | None = None) -> Judge:
    """The rules as they are set here now."""
    return Judge(run, reads.calendar(), reads.rule(), began_at or run.cutoff, proof)


def dry_run(kind: RunKind, *, now: datetime, rule: Rule | None = None) -> Preview:
    """What the next run of this kind would do with the library as it stands; the same rules, pages and order as the
    run, and the same plan, once it stands (R127). Nothing is changed, and memory stays flat."""
    run, row = _next(kind, now)
    plans = [row] if row is not None else []
    known = Judge(run, reads.calendar(), rule or reads.rule(), _begins(run, row), row.id if row else None)
    found = Preview(run, Tally(run))
    for page in reads.each_of_tier(kind):
        for facts, why in known.page(reads.beside_plans(plans, page)):
            if why is None:
                found.taken.add(facts)
            else:
                found.left[why] += 1
    return found


def _next(kind: RunKind, now: datetime) -> tuple[RunDay, reads.RunRow | None]:
    """The next run that has not ended, with its plan where that stands."""
    calendar = reads.calendar()
    run = calendar.next_run(kind, now)
    row = reads.find_run(kind, run.day)
    if row is not None and row.ended_at is not None:
        return calendar.after(run), None
    return run, row if row is not None and row.frozen_at is not None else None


def _begins(run: RunDay, row: reads.RunRow | None) -> datetime:
    return row.began_at if row is not None and row.began_at is not None else run.cutoff


def look_ahead(*, now: datetime) -> bool:
    """Keep what the next archive run would take, for forecasts (R107). Once its plan stands that says it: False."""
    run = reads.calendar().next_run(RunKind.ARCHIVE, now)
    row = reads.find_run(RunKind.ARCHIVE, run.day)
    if row is not None and row.frozen_at is not None:
        return False
    taken = dry_run(RunKind.ARCHIVE, now=now).taken
    with transaction():
        writes.set_outlook(run, recordings=taken.recordings, seconds=taken.seconds, now=now)
    return True


def simulate(rule: Rule, *, now: datetime, years: int = 3) -> tuple[Tally, ...]:
    """What a rule would archive and delete over the next years, of the library as it stands. Changes nothing."""
    every = (facts for page in each_page(now) for facts in page)
    return retention.simulate(every, with_folders(rule), calendar=reads.calendar(), now=now, years=years)


def each_page(now: datetime) -> Iterator[list[Facts]]:
    """The whole library, beside the plans that stand, as the simulator follows it."""
    plans = reads.list_planned_runs(since=reads.calendar().local_day(now))
    return (reads.beside_plans(plans, page) for page in reads.each_page())


def with_folders(rule: Rule) -> Rule:
    """A rule as it would count here: folders with one of their own keep that, whichever is chosen for the rest (R132)."""
    return replace(rule, folders=rule.folders or reads.rule().folders)


def freeze(row: reads.RunRow, *, actor: Actor, now: datetime) -> None:
    """The plan stands from now on. Killed in the middle it is made again, and what is in it stays."""
    known = judge(row.run_day)
    for page in reads.each_of_tier(row.kind):
        taken = [(facts, Joined.PLANNED) for facts, why in known.page(page) if why is None]
        with transaction():
            writes.add_items(row.id, taken, now=now)
    with transaction():
        if writes.mark(row.id, "frozen_at", now=now):
            record(row, "run:freeze", actor, now, **_amount(row.id))


def join(row: reads.RunRow, *, began_at: datetime, frozen_at: datetime, actor: Actor, now: datetime) -> None:
    """The library at the start against the plan: what came later is taken along, what is there beside the plan is
    skipped, and both are lines of it."""
    known = judge(row.run_day, began_at=began_at)
    for page in reads.each_of_tier(row.kind):
        _join_page(row, known, page, frozen_at, now)
    with transaction():
        if writes.mark(row.id, "joined_at", now=now):
            joined = {how.value.lower(): count for how, count in reads.count_joined(row.id).items()}
            record(row, "run:begin", actor, now, **joined)


def _join_page(row: reads.RunRow, known: Judge, page: list[Facts], frozen_at: datetime, now: datetime) -> None:
    planned = reads.planned_among(row.id, [facts.recording_id for facts in page])
    found: dict[Joined, list[tuple[Facts, Joined]]] = {Joined.LATE: [], Joined.EXTRA: []}
    for facts, why in known.page(page):
        if why is None and facts.recording_id not in planned:
            how = retention.join(facts, kind=row.kind, is_planned=False, frozen_at=frozen_at)
            found[how].append((facts, how))
    with transaction():
        writes.add_items(row.id, found[Joined.LATE], now=now)
        writes.add_items(row.id, found[Joined.EXTRA], now=now, skipped=Why.NOT_PLANNED)


def _amount(run_id: UUID) -> dict[str, int]:
    counts = reads.counts_of(run_id).values()
    return {"recordings": sum(one.recordings for one in counts), "seconds": sum(one.seconds for one in counts)}


def record(row: reads.RunRow, action: str, actor: Actor, now: datetime, **facts: object) -> None:
    """On the trail of a run, inside the caller's transaction."""
    audit.record(actor, action, target_kind="run", target_id=row.run_day.name, now=now, facts=facts)
