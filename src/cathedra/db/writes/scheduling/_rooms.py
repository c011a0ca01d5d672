"""Put away facilities and their recorders (R165)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from cathedra.db.models import Facility, Recorder
from cathedra.domain.ingest import RoomPart
from cathedra.domain.terms import AccountId


def hold_facility_names() -> None:
    """Until the transaction ends, only this one may make a facility or call one something else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cathedra facility names'))")


def add_facility(
    name: str,
    *,
    department_id: UUID,
    schedulers: Iterable[AccountId] = (),
    technicians: Iterable[AccountId] = (),
    now: datetime,
) -> int:
    """Make a facility; its department is the host."""
    row = Facility.objects.create(name=name, department_id=department_id, created_at=now)
    row.schedulers.set(schedulers)
    row.technicians.set(technicians)
    return row.id


def set_facility(facility_id: int, *, name: str, department_id: UUID) -> None:
    """What it is called, and which department is its host."""
    Facility.objects.filter(id=facility_id).update(name=name, department_id=department_id)


def name_people(facility_id: int, part: RoomPart, account_ids: Iterable[AccountId]) -> None:
    """Name these there, besides who was named before."""
    row = Facility.objects.get(id=facility_id)
    (row.schedulers if part is RoomPart.SCHEDULER else row.technicians).add(*account_ids)


def remove_person(facility_id: int, part: RoomPart, account_id: AccountId) -> bool:
    """They are named there no more. False when they were not."""
    row = Facility.objects.get(id=facility_id)
    named = row.schedulers if part is RoomPart.SCHEDULER else row.technicians
    was_named = named.filter(id=account_id).exists()
    named.remove(account_id)
    return was_named


def add_recorder(facility_id: int, name: str, *, keeps_primary: bool = True, now: datetime) -> int:
    """Make a recorder of a facility."""
    row = Recorder.objects.create(facility_id=facility_id, name=name, keeps_primary=keeps_primary, created_at=now)
    return row.id


def set_recorder_name(recorder_id: int, name: str) -> None:
    """Call a recorder something else."""
    Recorder.objects.filter(id=recorder_id).update(name=name)


def retire_recorder(recorder_id: int, *, now: datetime) -> bool:
    """It takes no new schedules. False when it was retired before."""
    return bool(Recorder.objects.filter(id=recorder_id, retired_at=None).update(retired_at=now))


def bring_recorder_back(recorder_id: int) -> bool:
    """It takes new schedules again. False when it was in use."""
    return bool(Recorder.objects.filter(id=recorder_id, retired_at__isnull=False).update(retired_at=None))
