"""Approval: who decides, what waits, how a recording and a folder stand."""

from cathedra.db.reads.publishing._facts import (
    FolderApproval,
    MediaFacts,
    Submission,
    folder_approval,
    list_submissions,
    may_approve_own,
    media_of,
    original_of,
    reach_of,
    reapproves_media_edits,
    submission,
)
from cathedra.db.reads.publishing._people import Approvers, approvers, contact_address, holders
from cathedra.db.reads.publishing._queue import (
    MOST_COUNTED,
    Waiting,
    count_copies,
    count_queue,
    find_waiting,
    get_approval,
    list_overdue,
    list_queue,
    list_targets,
)

__all__ = [
    "MOST_COUNTED",
    "Approvers",
    "FolderApproval",
    "MediaFacts",
    "Submission",
    "Waiting",
    "approvers",
    "contact_address",
    "count_copies",
    "count_queue",
    "find_waiting",
    "folder_approval",
    "get_approval",
    "holders",
    "list_overdue",
    "list_queue",
    "list_submissions",
    "list_targets",
    "may_approve_own",
    "media_of",
    "original_of",
    "reach_of",
    "reapproves_media_edits",
    "submission",
]
