"""Getting bytes in: open an upload, add bytes, join parts, cancel, and clear away what was left behind."""

from cathedra.actions.ingest._append import Advanced, Ticket, advance_upload, begin_append, release_upload
from cathedra.actions.ingest._clear import expire_uploads, sweep_stray_files, terminate_upload
from cathedra.actions.ingest._file import receive_file
from cathedra.actions.ingest._join import join_parts
from cathedra.actions.ingest._open import Opened, Wish, open_upload

__all__ = [
    "Advanced",
    "Opened",
    "Ticket",
    "Wish",
    "advance_upload",
    "begin_append",
    "expire_uploads",
    "join_parts",
    "open_upload",
    "receive_file",
    "release_upload",
    "sweep_stray_files",
    "terminate_upload",
]
