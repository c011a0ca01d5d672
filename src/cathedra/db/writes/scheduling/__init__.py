"""Put away facilities, recorders and schedules (R151 to R155, R165)."""

from cathedra.db.writes.scheduling._rooms import add_facility, add_recorder, retire_recorder
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
    "release",
    "retire_recorder",
    "set_presenter",
    "set_times",
]
