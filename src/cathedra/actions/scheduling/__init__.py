"""Rooms and their recorders; and what is to be recorded there: scheduled, put to another time, called off, and found to
be missed."""

from cathedra.actions.scheduling._change import cancel_scheduled, reschedule
from cathedra.actions.scheduling._details import change_scheduled
from cathedra.actions.scheduling._missed import tend_missed
from cathedra.actions.scheduling._recorders import add_recorder, bring_recorder_back, rename_recorder, retire_recorder
from cathedra.actions.scheduling._rooms import (
    RoomOutcome,
    add_facility,
    change_facility,
    may_look_after,
    name_people,
    remove_person,
)
from cathedra.actions.scheduling._schedule import Scheduled, ScheduleWish, schedule_recordings

__all__ = [
    "RoomOutcome",
    "ScheduleWish",
    "Scheduled",
    "add_facility",
    "add_recorder",
    "bring_recorder_back",
    "cancel_scheduled",
    "change_facility",
    "change_scheduled",
    "may_look_after",
    "name_people",
    "remove_person",
    "rename_recorder",
    "reschedule",
    "retire_recorder",
    "schedule_recordings",
    "tend_missed",
]
