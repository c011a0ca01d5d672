"""Verbs of sharing: members, inheritance, levels, extra viewers, availability, requests, exemptions."""

from cathedra.actions.access._availability import (
    clear_overrides,
    follow_folder,
    set_folder_schedule,
    set_recording_schedule,
)
from cathedra.actions.access._downloads import set_folder_downloads, set_recording_downloads
from cathedra.actions.access._exempt import warn_of_exemptions
from cathedra.actions.access._inheritance import inherit_again, stop_inheriting
from cathedra.actions.access._levels import end_exemption, give_exemption, set_folder_level, set_recording_level
from cathedra.actions.access._members import share_folder, unshare_folder
from cathedra.actions.access._requests import answer_request, decide_answer, request_access
from cathedra.actions.access._viewers import Restricted, restrict_recording, share_recording, unshare_recording

__all__ = [
    "Restricted",
    "answer_request",
    "clear_overrides",
    "decide_answer",
    "end_exemption",
    "follow_folder",
    "give_exemption",
    "inherit_again",
    "request_access",
    "restrict_recording",
    "set_folder_downloads",
    "set_folder_level",
    "set_folder_schedule",
    "set_recording_downloads",
    "set_recording_level",
    "set_recording_schedule",
    "share_folder",
    "share_recording",
    "stop_inheriting",
    "unshare_folder",
    "unshare_recording",
    "warn_of_exemptions",
]
