"""Put away who may see what: members, levels, viewers, availability, requests, exemptions."""

from cathedra.db.writes.access._members import (
    add_member,
    add_members,
    follow_parent,
    own_access,
    recompute,
    remove_member,
)
from cathedra.db.writes.access._requests import add_exemption, add_request, answer_request, end_exemption
from cathedra.db.writes.access._settings import (
    add_viewers,
    clear_overrides,
    remove_viewers,
    set_folder_downloads,
    set_folder_level,
    set_folder_schedule,
    set_recording_downloads,
    set_recording_level,
    set_recording_schedule,
)

__all__ = [
    "add_exemption",
    "add_member",
    "add_members",
    "add_request",
    "add_viewers",
    "answer_request",
    "clear_overrides",
    "end_exemption",
    "follow_parent",
    "own_access",
    "recompute",
    "remove_member",
    "remove_viewers",
    "set_folder_downloads",
    "set_folder_level",
    "set_folder_schedule",
    "set_recording_downloads",
    "set_recording_level",
    "set_recording_schedule",
]
