"""Schedules, and the facilities and recorders that they take (R151 to R155, R165)."""

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
    "ScheduleNotFound",
    "ScheduleRow",
    "ScheduleTelling",
    "Slot",
    "get_schedule",
    "list_overdue",
    "list_series",
    "list_taken",
    "list_tellings",
    "lock_recorders",
    "seconds_by_day",
]
