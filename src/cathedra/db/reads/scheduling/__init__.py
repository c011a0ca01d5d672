"""Schedules, and the facilities and recorders that they take (R151 to R155, R165)."""

from cathedra.db.reads.scheduling._lists import (
    LastTime,
    RecorderChoice,
    ScheduleLine,
    find_last_time,
    get_line,
    list_in_folder,
    list_own,
    list_recorder_choices,
)
from cathedra.db.reads.scheduling._schedules import (
    ScheduleNotFound,
    ScheduleRow,
    ScheduleTelling,
    Slot,
    get_schedule,
    list_overdue,
    list_series,
    list_taken,
    list_tellings,
    lock_recorders,
    seconds_by_day,
)

__all__ = [
    "LastTime",
    "RecorderChoice",
    "ScheduleLine",
    "ScheduleNotFound",
    "ScheduleRow",
    "ScheduleTelling",
    "Slot",
    "find_last_time",
    "get_line",
    "get_schedule",
    "list_in_folder",
    "list_overdue",
    "list_own",
    "list_recorder_choices",
    "list_series",
    "list_taken",
    "list_tellings",
    "lock_recorders",
    "seconds_by_day",
]
