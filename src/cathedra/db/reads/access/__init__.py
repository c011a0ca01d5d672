"""What the access rule needs to know about one thing, and the same rule as a condition over all of them."""

from cathedra.db.reads.access._conditions import IN_INTAKE
from cathedra.db.reads.access._crossing import crossing
from cathedra.db.reads.access._explained import as_explained, reaching, ways
from cathedra.db.reads.access._facts import (
    default_downloads,
    folder_facts,
    max_level,
    principals_of,
    recording_facts,
    roles_on,
)
from cathedra.db.reads.access._holding import hold_branch, hold_reached, keep_folder_of
from cathedra.db.reads.access._judging import OneFolder
from cathedra.db.reads.access._lists import listed_in, may, may_in_folders, visible_to
from cathedra.db.reads.access._overrides import Override, list_overrides, with_own_settings
from cathedra.db.reads.access._places import levels_for
from cathedra.db.reads.access._reach import Reach, reach_in_lists
from cathedra.db.reads.access._requests import (
    ExemptionLine,
    ExemptionNotFound,
    Request,
    RequestNotFound,
    find_open_request,
    get_exemption,
    get_request,
    list_exemptions,
    list_open_requests,
)
from cathedra.db.reads.access._sharing import (
    CourseReached,
    FolderSharing,
    MemberLine,
    RecordingSharing,
    Who,
    courses_reached,
    creators_of,
    describe,
    effective_members,
    folder_sharing,
    followers,
    followers_below,
    lines_of,
    name_of_account,
    recipients,
    recording_sharing,
    restricted_folders,
)
from cathedra.db.reads.access._sight import Question, Sight, may_view, may_view_now

__all__ = [
    "IN_INTAKE",
    "CourseReached",
    "ExemptionLine",
    "ExemptionNotFound",
    "FolderSharing",
    "MemberLine",
    "OneFolder",
    "Override",
    "Question",
    "Reach",
    "RecordingSharing",
    "Request",
    "RequestNotFound",
    "Sight",
    "Who",
    "as_explained",
    "courses_reached",
    "creators_of",
    "crossing",
    "default_downloads",
    "describe",
    "effective_members",
    "find_open_request",
    "folder_facts",
    "folder_sharing",
    "followers",
    "followers_below",
    "get_exemption",
    "get_request",
    "hold_branch",
    "hold_reached",
    "keep_folder_of",
    "levels_for",
    "lines_of",
    "list_exemptions",
    "list_open_requests",
    "list_overrides",
    "listed_in",
    "max_level",
    "may",
    "may_in_folders",
    "may_view",
    "may_view_now",
    "name_of_account",
    "principals_of",
    "reach_in_lists",
    "reaching",
    "recipients",
    "recording_facts",
    "recording_sharing",
    "restricted_folders",
    "roles_on",
    "visible_to",
    "ways",
    "with_own_settings",
]
