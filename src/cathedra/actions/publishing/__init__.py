"""Verbs of publishing: approve, reject, withdraw, hand in again; switch approval; move, copy; remind."""

from cathedra.actions.publishing._copy import (
    CopyOutcome,
    abandon_copy,
    admit_full,
    copy_media,
    copy_recording,
    preview_copy,
)
from cathedra.actions.publishing._decide import (
    ApprovalResult,
    approve_all,
    approve_recording,
    doubt_media_edit,
    reject_all,
    reject_recording,
    resubmit_recording,
    withdraw_recording,
)
from cathedra.actions.publishing._journey import Journey, decide_leaving
from cathedra.actions.publishing._move import Preview, carry_out, judge_taking_back, move_recording, preview_move
from cathedra.actions.publishing._remind import remind_publishers
from cathedra.actions.publishing._switch import (
    SwitchPreview,
    SwitchResult,
    follow_above,
    preview_switch,
    switch_approval,
)
from cathedra.actions.publishing._tell import tell_released, tell_waiting
from cathedra.actions.publishing._whole import abandon_full, fill_copy, make_full, preview_make_full

__all__ = [
    "ApprovalResult",
    "CopyOutcome",
    "Journey",
    "Preview",
    "SwitchPreview",
    "SwitchResult",
    "abandon_copy",
    "abandon_full",
    "admit_full",
    "approve_all",
    "approve_recording",
    "carry_out",
    "copy_media",
    "copy_recording",
    "decide_leaving",
    "doubt_media_edit",
    "fill_copy",
    "follow_above",
    "judge_taking_back",
    "make_full",
    "move_recording",
    "preview_copy",
    "preview_make_full",
    "preview_move",
    "preview_switch",
    "reject_all",
    "reject_recording",
    "remind_publishers",
    "resubmit_recording",
    "switch_approval",
    "tell_released",
    "tell_waiting",
    "withdraw_recording",
]
