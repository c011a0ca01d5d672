"""What the access rule needs to know about one thing, and the same rule as a condition over all of them."""

from cathedra.db.reads.access._facts import (
    Sight,
    folder_facts,
    max_level,
    may_view,
    may_view_now,
    principals_of,
    recording_facts,
    roles_on,
)
from cathedra.db.reads.access._lists import listed_in, may, may_in_folders, visible_to
from cathedra.db.reads.access._places import levels_for

__all__ = [
    "Sight",
    "folder_facts",
    "levels_for",
    "listed_in",
    "max_level",
    "may",
    "may_in_folders",
    "may_view",
    "may_view_now",
    "principals_of",
    "recording_facts",
    "roles_on",
    "visible_to",
]
