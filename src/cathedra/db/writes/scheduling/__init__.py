"""Put away facilities, recorders and schedules (R151 to R155, R165)."""

from cathedra.db.writes.scheduling._rooms import (
    add_facility,
    add_recorder,
    bring_recorder_back,
    hold_facility_names,
    name_people,
    remove_person,
    retire_recorder,
    set_facility,
    set_recorder_name,
)
from cathedra.db.writes.scheduling._schedules import (
    NewSchedule,
    add_schedule,
    add_schedules,
    release,
    set_presenter,
    set_times,
)

__all__ = [
    "NewSchedule",
    "add_facility",
    "add_recorder",
    "add_schedule",
    "add_schedules",
    "bring_recorder_back",
    "hold_facility_names",
    "name_people",
    "release",
    "remove_person",
    "retire_recorder",
    "set_facility",
    "set_presenter",
    "set_recorder_name",
    "set_times",
]
