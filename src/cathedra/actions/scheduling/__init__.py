"""Rooms and their recorders; and what is to be recorded there: scheduled, put to another time, called off, found to
be missed; and what timetables tell."""

from cathedra.actions.scheduling._change import cancel_scheduled, reschedule
from cathedra.actions.scheduling._details import change_scheduled
from cathedra.actions.scheduling._missed import tend_missed
from cathedra.actions.scheduling._nightly import check_schedules
from cathedra.actions.scheduling._place import move_scheduled
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
from cathedra.actions.scheduling._timetable import (
    MOST_LINES,
    do_tried,
    feed_rules,
    may_send,
    receive_timetable,
    tend_timetable,
    try_timetable_again,
    work_timetable,
)

__all__ = [
    "MOST_LINES",
    "RoomOutcome",
    "ScheduleWish",
    "Scheduled",
    "add_facility",
    "add_recorder",
    "bring_recorder_back",
    "cancel_scheduled",
    "change_facility",
    "change_scheduled",
    "check_schedules",
    "do_tried",
    "feed_rules",
    "may_look_after",
    "may_send",
    "move_scheduled",
    "name_people",
    "receive_timetable",
    "remove_person",
    "rename_recorder",
    "reschedule",
    "retire_recorder",
    "schedule_recordings",
    "tend_missed",
    "tend_timetable",
    "try_timetable_again",
    "work_timetable",
]
