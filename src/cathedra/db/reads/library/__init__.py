"""Folders and recordings as facts, rows and pages."""

from cathedra.db.reads._standing import standing_of
from cathedra.db.reads.library._folders import (
    Audience,
    Crumb,
    FolderPage,
    FolderRow,
    find_root_folder,
    get_audience,
    get_folder,
    is_name_taken,
    kind_for_subfolder,
    list_folders,
    list_places_to_upload,
    list_subfolders,
)
from cathedra.db.reads.library._recordings import (
    RecordingOrder,
    RecordingPage,
    RecordingRow,
    get_recording,
    list_needing_me,
    list_newest,
    list_recordings,
    list_rows,
)

__all__ = [
    "Audience",
    "Crumb",
    "FolderPage",
    "FolderRow",
    "RecordingOrder",
    "RecordingPage",
    "RecordingRow",
    "find_root_folder",
    "get_audience",
    "get_folder",
    "get_recording",
    "is_name_taken",
    "kind_for_subfolder",
    "list_folders",
    "list_needing_me",
    "list_newest",
    "list_places_to_upload",
    "list_recordings",
    "list_rows",
    "list_subfolders",
    "standing_of",
]
