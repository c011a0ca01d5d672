"""Put away facilities and their recorders (R165)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Facility, Recorder
from cathedra.domain.terms import AccountId


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


def add_recorder(facility_id: int, name: str, *, keeps_primary: bool = True, now: datetime) -> int:
    """Make a recorder of a facility."""
    row = Recorder.objects.create(facility_id=facility_id, name=name, keeps_primary=keeps_primary, created_at=now)
    return row.id


def retire_recorder(recorder_id: int, *, now: datetime) -> bool:
    """It takes no new schedules. False when it was retired before."""
    return bool(Recorder.objects.filter(id=recorder_id, retired_at=None).update(retired_at=now))
