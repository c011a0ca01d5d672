"""Folders and recordings as facts, rows and pages."""

from cathedra.db.reads._standing import standing_of
from cathedra.db.reads.library._folders import (
    MOST_COUNTED,
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
    list_folders_in,
    list_places_to_upload,
    list_subfolders,
)
from cathedra.db.reads.library._listing import RecordingOrder
from cathedra.db.reads.library._metadata import Metadata, MetadataLine, find_metadata, get_metadata
from cathedra.db.reads.library._recordings import (
    RecordingPage,
    RecordingRow,
    details_of,
    get_recording,
    list_needing_me,
    list_newest,
    list_recordings,
    list_recordings_here,
    list_rows,
)

__all__ = [
    "MOST_COUNTED",
    "Audience",
    "Crumb",
    "FolderPage",
    "FolderRow",
    "Metadata",
    "MetadataLine",
    "RecordingOrder",
    "RecordingPage",
    "RecordingRow",
    "details_of",
    "find_metadata",
    "find_root_folder",
    "get_audience",
    "get_folder",
    "get_metadata",
    "get_recording",
    "is_name_taken",
    "kind_for_subfolder",
    "list_folders",
    "list_folders_in",
    "list_needing_me",
    "list_newest",
    "list_places_to_upload",
    "list_recordings",
    "list_recordings_here",
    "list_rows",
    "list_subfolders",
    "standing_of",
]
