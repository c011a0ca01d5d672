"""Facilities and their recorders, as those who run the service keep them and as a room's own schedulers look after them
(R25, R165; who may do what, and why, is said in `domain/ingest/_rooms`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.reads import people as people_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import audit
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import RoomPart
from cathedra.domain.people import names_in
from cathedra.domain.terms import AccountId, Actor, Channel, Decision


@dataclass(frozen=True, slots=True)
class RoomOutcome:
    """What came of a change: the decision, the number of what was made or changed, how many people came in or went, and
    which login names stand for nobody."""

    decision: Decision
    id: int | None = None
    added: int = 0
    removed: int = 0
    missing: tuple[str, ...] = ()


def add_facility(name: str, *, department_id: UUID, actor: Actor, now: datetime) -> RoomOutcome:
    """R165: a place with recorders, of a host department. Its people and recorders are added to it after."""
    called = ingest.clean_room_name(name)
    with transaction():
        decision = may_run(None, actor)
        if decision.is_permitted:
            writes.hold_facility_names()
            decision = _decide_facility(called, department_id)
        if not decision.is_permitted:
            return RoomOutcome(decision)
        made = writes.add_facility(called, department_id=department_id, now=now)
        told = {"name": called, "department_id": str(department_id)}
        audit.record(actor, "facility:create", target_kind="facility", target_id=str(made), now=now, after=told)
    return RoomOutcome(decision, made)


def change_facility(facility_id: int, *, name: str, department_id: UUID, actor: Actor, now: datetime) -> Decision:
    """Call a facility something else, or give it another host (R165). Raises FacilityNotFound."""
    called = ingest.clean_room_name(name)
    with transaction():
        decision = may_run(facility_id, actor)
        if not decision.is_permitted:
            return decision
        writes.hold_facility_names()
        before, host = reads.lock_facility(facility_id)
        decision = _decide_facility(called, department_id, besides=facility_id)
        if not decision.is_permitted or (before, host) == (called, department_id):
            return decision
        writes.set_facility(facility_id, name=called, department_id=department_id)
        audit.record(
            actor,
            "facility:change",
            target_kind="facility",
            target_id=str(facility_id),
            now=now,
            before={"name": before, "department_id": str(host)},
            after={"name": called, "department_id": str(department_id)},
        )
    return decision


def name_people(facility_id: int, part: RoomPart, names: str, *, actor: Actor, now: datetime) -> RoomOutcome:
    """Name people of these login names as a facility's schedulers or technicians, or none of them where one may not be;
    names that stand for nobody are told. Raises FacilityNotFound."""
    with transaction():
        decision = _may_name(facility_id, part, actor)
        if not decision.is_permitted:
            return RoomOutcome(decision)
        called, _host = reads.lock_facility(facility_id)
        wanted = names_in(names)
        found = people_reads.accounts_called(wanted)
        decision = ingest.decide_named(part, reads.room_people(found.values()))
        if not decision.is_permitted:
            return RoomOutcome(decision)
        inside = {one.id for one in _named(facility_id, part, now)}
        new = [one for one in found.values() if one not in inside]
        writes.name_people(facility_id, part, new)
        if new:
            told = {"role": part.value, "members": _listed(new)}
            _record_people(facility_id, called, "facility:name_people", actor, now, after=told)
    return RoomOutcome(decision, facility_id, added=len(new), missing=tuple(one for one in wanted if one not in found))


def remove_person(
    facility_id: int, part: RoomPart, account_id: AccountId, *, actor: Actor, now: datetime
) -> RoomOutcome:
    """Somebody is a facility's scheduler or technician no more; what they scheduled stays. Nothing changes when they
    were not. Raises FacilityNotFound."""
    with transaction():
        decision = _may_name(facility_id, part, actor)
        if not decision.is_permitted:
            return RoomOutcome(decision)
        called, _host = reads.lock_facility(facility_id)
        is_gone = writes.remove_person(facility_id, part, account_id)
        if is_gone:
            told = {"role": part.value, "members": _listed([account_id])}
            _record_people(facility_id, called, "facility:remove_person", actor, now, before=told)
    return RoomOutcome(decision, facility_id, removed=int(is_gone))


def may_run(facility_id: int | None, actor: Actor) -> Decision:
    """Whether whoever acts runs the service, or is at the command line of the server (R25)."""
    return ingest.decide_run_facility(
        runs_service=_runs_service(actor),
        looks_after=facility_id is not None and reads.looks_after(actor.account_id, facility_id),
    )


def may_look_after(facility_id: int, actor: Actor) -> Decision:
    """The same, or looks after this facility as one of its own schedulers (R165, R169)."""
    return ingest.decide_look_after(
        runs_service=_runs_service(actor), looks_after=reads.looks_after(actor.account_id, facility_id)
    )


def _runs_service(actor: Actor) -> bool:
    if actor.account_id is None:
        return actor.channel is Channel.CLI
    return reads.runs_service(actor.account_id)


def _may_name(facility_id: int, part: RoomPart, actor: Actor) -> Decision:
    return may_run(facility_id, actor) if part is RoomPart.SCHEDULER else may_look_after(facility_id, actor)


def _decide_facility(name: str, department_id: UUID, *, besides: int | None = None) -> Decision:
    decision = ingest.decide_facility_name(name, is_taken=reads.is_facility_called(name, besides=besides))
    return ingest.decide_host(exists=reads.has_department(department_id)) if decision.is_permitted else decision


def _named(facility_id: int, part: RoomPart, now: datetime) -> tuple[ingest.RoomPerson, ...]:
    found = reads.get_facility(facility_id, now=now)
    return found.schedulers if part is RoomPart.SCHEDULER else found.technicians


def _record_people(
    facility_id: int,
    called: str,
    action: str,
    actor: Actor,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        actor,
        action,
        target_kind="facility",
        target_id=str(facility_id),
        now=now,
        before=before,
        after=after,
        facts={"name": called},
    )


def _listed(account_ids: Iterable[AccountId]) -> list[str]:
    return sorted(str(one) for one in account_ids)
