"""Getting bytes in: open an upload, add bytes, join parts, cancel, clear away what was left behind; and what becomes of
imports."""

from cathedra.actions.ingest._append import Advanced, Ticket, advance_upload, begin_append, release_upload
from cathedra.actions.ingest._capture import BegunCapture, CaptureWish, begin_capture, decide_step, step_capture
from cathedra.actions.ingest._capture_end import Ended, cancel_capture, finish_capture, finish_left_captures
from cathedra.actions.ingest._clear import expire_uploads, sweep_stray_files, terminate_upload
from cathedra.actions.ingest._file import receive_file
from cathedra.actions.ingest._imports import Kept, TendedIntake, discard_import, keep_import, tend_intake
from cathedra.actions.ingest._join import join_parts
from cathedra.actions.ingest._open import Opened, open_upload
from cathedra.actions.ingest._receive import end_if_whole
from cathedra.actions.ingest._wish import Wish

__all__ = [
    "Advanced",
    "BegunCapture",
    "CaptureWish",
    "Ended",
    "Kept",
    "Opened",
    "TendedIntake",
    "Ticket",
    "Wish",
    "advance_upload",
    "begin_append",
    "begin_capture",
    "cancel_capture",
    "decide_step",
    "discard_import",
    "end_if_whole",
    "expire_uploads",
    "finish_capture",
    "finish_left_captures",
    "join_parts",
    "keep_import",
    "open_upload",
    "receive_file",
    "release_upload",
    "step_capture",
    "sweep_stray_files",
    "tend_intake",
    "terminate_upload",
]
