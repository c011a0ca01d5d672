"""Pages of the audit trail for those whom it concerns (R225); the whole of it is in `web/staff/audit.py`."""

from cathedra.web.audit._histories import account_history, folder_history, own_approvals, recording_history
from cathedra.web.audit._lines import Change, Line, lines

__all__ = [
    "Change",
    "Line",
    "account_history",
    "folder_history",
    "lines",
    "own_approvals",
    "recording_history",
]
