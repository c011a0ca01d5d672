"""Recorders in rooms, as they act themselves: connected, heard of, and what they record (R158 to R164; T5, T7, T9, T10)."""

from cathedra.actions.recorders._capture import RoomCapture, begin_scheduled, look_at_scheduled, step_scheduled
from cathedra.actions.recorders._connect import (
    ConnectedRecorder,
    IssuedCode,
    block_recorder,
    connect_recorder,
    decide_look,
    find_by_token,
    issue_code,
    revoke_recorder,
)
from cathedra.actions.recorders._hear import hear_recorder, report_error, watch_recorders
from cathedra.db.writes.recorders import Heard, NewError

__all__ = [
    "ConnectedRecorder",
    "Heard",
    "IssuedCode",
    "NewError",
    "RoomCapture",
    "begin_scheduled",
    "block_recorder",
    "connect_recorder",
    "decide_look",
    "find_by_token",
    "hear_recorder",
    "issue_code",
    "look_at_scheduled",
    "report_error",
    "revoke_recorder",
    "step_scheduled",
    "watch_recorders",
]
