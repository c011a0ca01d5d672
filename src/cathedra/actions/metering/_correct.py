"""Put the ledger right where the proof found it wrong, once somebody has understood why (R8, R104)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.metering._allocations import refused
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.writes import audit
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering
from cathedra.domain.metering import Line
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of it, and the lines that were added."""

    decision: Decision
    lines: tuple[Line, ...] = ()


def correct_meters(recording_id: RecordingId, *, reason: str, actor: Actor, now: datetime) -> Corrected:
    """Add the lines that are missing for one recording, there or not there any more; nothing that was written is changed.
    Where the ledger agrees with the library, nothing happens."""
    why = metering.clean_reason(reason)
    decision = refused(actor)
    if decision is None and not why:
        decision = deny(Code.BAD_REQUEST, "R8", _("Say what was wrong: it is kept with the correction."))
    if decision is not None:
        return Corrected(decision)
    with transaction():
        facts = next(iter(reads.facts_of([recording_id], lock=True)), None)
        said = reads.said_of([recording_id]).get(recording_id, {})
        lines = metering.corrections(recording_id, facts, said, calendar=calendar(), now=now)
        if writes.add_lines(lines):
            told = [{"category": line.category.value, "delta_s": line.delta_s} for line in lines]
            audit.record(
                actor,
                "meters:correct",
                target_kind="recording",
                target_id=recording_id,
                now=now,
                reason=why,
                facts={"lines": told},
            )
    return Corrected(permit(), lines)
