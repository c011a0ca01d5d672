"""What is planned for a recording: said on its own page and on the page of its keeping."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.db.reads import retention as reads
from cathedra.domain import retention
from cathedra.domain.terms import RecordingId


@dataclass(frozen=True, slots=True)
class Plan:
    """How a recording is kept, and the runs that take it next; none where none does."""

    found: reads.KeepingFacts
    facts: retention.Facts
    archive_run: retention.RunDay | None
    deletion: retention.Deletion


def plan_of(wanted: RecordingId, now: datetime) -> Plan:
    """For a page whose door has asked whether the person may see it."""
    found, facts = reads.facts(wanted), reads.get_planned_facts(wanted, now=now)
    calendar = reads.calendar()
    archive_run = None
    if found.keeping == retention.ONLINE and not facts.is_reference:
        archive_run = retention.archive_run_of(facts, reads.rule(), calendar=calendar, now=now)
    return Plan(found, facts, archive_run, retention.deletion_of(facts, calendar=calendar, now=now))
