"""Recordings that are to be made in a room: scheduled, put to another time, called off, and found to be missed."""

from cathedra.actions.scheduling._change import cancel_scheduled, reschedule
from cathedra.actions.scheduling._details import change_scheduled
from cathedra.actions.scheduling._missed import tend_missed
from cathedra.actions.scheduling._schedule import Scheduled, ScheduleWish, schedule_recordings

__all__ = [
    "ScheduleWish",
    "Scheduled",
    "cancel_scheduled",
    "change_scheduled",
    "reschedule",
    "schedule_recordings",
    "tend_missed",
]
