"""Recordings beside the plans that stand: which runs will skip them (R127), for dry runs, notices and pages."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from cathedra.db.reads.retention._facts import calendar, facts_of, get_facts
from cathedra.db.reads.retention._runs import RunRow, lines_among, list_planned_runs
from cathedra.domain import retention
from cathedra.domain.retention import Facts, ItemState, Joined
from cathedra.domain.terms import RecordingId


def beside_plans(plans: Sequence[RunRow], page: Sequence[Facts]) -> list[Facts]:
    """These, with the runs that skip them because their plan stands without them: as `join` has it when a run begins. Of
    what came into being since, the archive run takes what it finds then."""
    ids = [facts.recording_id for facts in page]
    lines = {row.id: lines_among(row.id, ids) for row in plans}
    return [
        replace(
            facts,
            left_out_of=frozenset(
                row.run_day.name for row in plans if _is_left_out(row, facts, lines[row.id].get(facts.recording_id))
            ),
        )
        for facts in page
    ]


def _is_left_out(row: RunRow, facts: Facts, line: tuple[ItemState, str] | None) -> bool:
    if row.frozen_at is None:
        return False
    if line is not None:
        return line[0] not in (ItemState.PLANNED, ItemState.CLAIMED)
    how = retention.join(facts, kind=row.kind, is_planned=False, frozen_at=row.frozen_at)
    return how is not Joined.LATE or row.joined_at is not None


def planned_facts_of(recording_ids: Collection[RecordingId], *, now: datetime) -> list[Facts]:
    """What decides how long these are kept, for pages that say when a run takes them (R121)."""
    return beside_plans(list_planned_runs(since=calendar().local_day(now)), facts_of(recording_ids))


def get_planned_facts(recording_id: RecordingId, *, now: datetime) -> Facts:
    """The same of one. Raises RecordingNotFound."""
    plans = list_planned_runs(since=calendar().local_day(now))
    return beside_plans(plans, [get_facts(recording_id)])[0]
