"""Pages of publishing: the Publisher's queue, a recording's approval, a folder's, moving and copying."""

from cathedra.web.publishing._bar import approval_bar, may_make_full
from cathedra.web.publishing._crossing import crossing_of_several
from cathedra.web.publishing._decisions import approve, reject, resubmit, withdraw
from cathedra.web.publishing._folder import folder_approval
from cathedra.web.publishing._journeys import copy, make_full, move
from cathedra.web.publishing._queue import approvals

__all__ = [
    "approval_bar",
    "approvals",
    "approve",
    "copy",
    "crossing_of_several",
    "folder_approval",
    "make_full",
    "may_make_full",
    "move",
    "reject",
    "resubmit",
    "withdraw",
]
