"""Verbs of administrative access to content: give, defer the notice, use, end; and what time and post do (R141 to R150)."""

from cathedra.actions.grants._ask import ask_for_grant, note_report, note_search
from cathedra.actions.grants._defer import defer_notice, tell_now
from cathedra.actions.grants._end import end_grants_of, revoke_grant
from cathedra.actions.grants._give import GrantOutcome, give_grant
from cathedra.actions.grants._look import note_look
from cathedra.actions.grants._tend import Tended, tend_grants
from cathedra.actions.grants._use import note_download, note_edit, note_folder_edit, note_playback

__all__ = [
    "GrantOutcome",
    "Tended",
    "ask_for_grant",
    "defer_notice",
    "end_grants_of",
    "give_grant",
    "note_download",
    "note_edit",
    "note_folder_edit",
    "note_look",
    "note_playback",
    "note_report",
    "note_search",
    "revoke_grant",
    "tell_now",
    "tend_grants",
]
