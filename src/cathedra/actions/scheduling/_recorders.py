"""The recorders of a facility: added, called something else, taken out of use and brought back (R151, R157, R165)."""

from collections.abc import Mapping
from datetime import datetime

from cathedra.actions.scheduling._rooms import RoomOutcome, may_look_after, may_run
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RecorderRow
from cathedra.db.writes import audit
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.terms import Actor, Decision


def add_recorder(
    facility_id: int, name: str, *, keeps_primary: bool = True, actor: Actor, now: datetime
) -> RoomOutcome:
    """A recorder of a facility, on which its schedulers may schedule from now on. Raises FacilityNotFound."""
    called = ingest.clean_room_name(name)
    with transaction():
        decision = may_run(facility_id, actor)
        if decision.is_permitted:
            reads.lock_facility(facility_id)
            is_taken = reads.is_recorder_called(facility_id, called)
            decision = ingest.decide_recorder_name(called, is_taken=is_taken)
        if not decision.is_permitted:
            return RoomOutcome(decision)
        made = writes.add_recorder(facility_id, called, keeps_primary=keeps_primary, now=now)
        told = {"name": called, "facility_id": facility_id, "keeps_primary": keeps_primary}
        audit.record(actor, "recorder:create", target_kind="recorder", target_id=str(made), now=now, after=told)
    return RoomOutcome(decision, made)


def rename_recorder(recorder_id: int, name: str, *, actor: Actor, now: datetime) -> Decision:
    """Call a recorder something else. Raises RecorderNotFound."""
    called = ingest.clean_room_name(name)
    with transaction():
        row = reads.lock_recorder(recorder_id, now=now)
        decision = may_look_after(row.facility_id, actor)
        if decision.is_permitted:
            is_taken = reads.is_recorder_called(row.facility_id, called, besides=recorder_id)
            decision = ingest.decide_recorder_name(called, is_taken=is_taken)
        if decision.is_permitted and called != row.name:
            writes.set_recorder_name(recorder_id, called)
            _record(row, "recorder:rename", actor, now, facts={}, before={"name": row.name}, after={"name": called})
    return decision


def retire_recorder(recorder_id: int, *, even_so: bool = False, actor: Actor, now: datetime) -> Decision:
    """It takes no new schedules. While recordings wait for it that is done only `even_so`; nothing changes where it was
    retired before. Raises RecorderNotFound."""
    with transaction():
        row = reads.lock_recorder(recorder_id, now=now)
        decision = may_run(row.facility_id, actor)
        if not decision.is_permitted or row.retired_at is not None:
            return decision
        waiting = reads.list_waiting(recorder_id, now=now)
        decision = ingest.decide_retire(row.name, waiting, even_so=even_so)
        if decision.is_permitted:
            writes.retire_recorder(recorder_id, now=now)
            _record(row, "recorder:retire", actor, now, facts={"name": row.name, "count": len(waiting)})
    return decision


def bring_recorder_back(recorder_id: int, *, actor: Actor, now: datetime) -> Decision:
    """It takes new schedules again, and what waited for it is recorded after all. Raises RecorderNotFound."""
    with transaction():
        row = reads.lock_recorder(recorder_id, now=now)
        decision = may_run(row.facility_id, actor)
        if decision.is_permitted:
            decision = ingest.decide_bring_back(row.retired_at)
        if decision.is_permitted:
            writes.bring_recorder_back(recorder_id)
            _record(row, "recorder:bring_back", actor, now, facts={"name": row.name})
    return decision


def _record(
    row: RecorderRow,
    action: str,
    actor: Actor,
    now: datetime,
    *,
    facts: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    told = {"facility_id": row.facility_id, **facts}
    audit.record(
        actor,
        action,
        target_kind="recorder",
        target_id=str(row.id),
        now=now,
        facts=told,
        before=before,
        after=after,
    )
