"""Bring the ledger to what recordings count now (R104)."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from cathedra import config
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.domain import metering
from cathedra.domain.metering import Calendar, Cause
from cathedra.domain.terms import RecordingId


def calendar() -> Calendar:
    """When licence years begin here (`licence.year_start`, `site.timezone`)."""
    configured = config.get()
    return Calendar(ZoneInfo(configured.site.timezone), *metering.parse_year_start(configured.licence.year_start))


def settle(recording_ids: Iterable[RecordingId], *, cause: Cause, now: datetime, are_held: bool = False) -> int:
    """Write the lines that are missing, in the transaction of the change that made them so; returns how many.

    To be called after the change, by whatever moves a recording's media, keeping, folder or owner. The recordings stay
    locked to the end of that transaction (`are_held`: the caller has locked them); a second call finds nothing to write.
    """
    known = calendar()
    facts = reads.facts_of(recording_ids, lock=not are_held)
    said = reads.said_of([one.recording_id for one in facts])
    return writes.add_lines(
        line
        for one in facts
        for line in metering.lines(one, said.get(one.recording_id, {}), cause=cause, calendar=known, now=now)
    )
