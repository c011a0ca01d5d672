"""The audit trail: all of it for those who may read it, to owners what concerns them, and the chain as it stands."""

from cathedra.db.reads.audit._chain import find_head, list_links
from cathedra.db.reads.audit._concerns import list_approvals, list_of_account, list_of_folder, list_of_recording
from cathedra.db.reads.audit._downloads import find_last_download, find_last_view_by_download
from cathedra.db.reads.audit._events import Event, list_events, stream_events, stream_lines
from cathedra.db.reads.audit._names import Named, find_people, find_things
from cathedra.db.reads.audit._settings import last_settings

__all__ = [
    "Event",
    "Named",
    "find_head",
    "find_last_download",
    "find_last_view_by_download",
    "find_people",
    "find_things",
    "last_settings",
    "list_approvals",
    "list_events",
    "list_links",
    "list_of_account",
    "list_of_folder",
    "list_of_recording",
    "stream_events",
    "stream_lines",
]
