"""How long things are kept: archive, restore, the bin, the runs of a year with their plans, exemptions."""

from cathedra.actions.retention._archive import abandon_archive, archive_media, archive_recording
from cathedra.actions.retention._bin import (
    TEND,
    decide_recycling,
    purge_bins,
    purge_by_order,
    purge_recording,
    recycle_by_decision,
    recycle_cancelled,
    recycle_recording,
    recycle_saved,
    recycle_waiting,
    take_back_recording,
)
from cathedra.actions.retention._bin_time import lengthen_after_hold
from cathedra.actions.retention._daily import Swept, tend_bins
from cathedra.actions.retention._empty import Emptied, empty_bin
from cathedra.actions.retention._exempt import (
    ExemptionOutcome,
    Plea,
    ask_exemption,
    decide_exemption,
    end_exemption,
)
from cathedra.actions.retention._folders import (
    FolderPreview,
    FolderRecycled,
    preview_recycle_folder,
    recycle_folder,
    take_back_folder,
)
from cathedra.actions.retention._letting import LetGo, let_go, tell_again
from cathedra.actions.retention._objects import Damaged, Stores, tidy
from cathedra.actions.retention._plan import Preview, dry_run, simulate
from cathedra.actions.retention._queue import deal_with_left_out
from cathedra.actions.retention._restore import (
    abandon_restore,
    fail_restore,
    finish_restore,
    request_restore,
    request_restores,
    restore_media,
)
from cathedra.actions.retention._runs import Tended, is_service, resume_run, stop_run, tend_retention
from cathedra.actions.retention._summative import set_summative
from cathedra.actions.retention._trial import abandon_trial, ask_trial, make_trial

__all__ = [
    "TEND",
    "Damaged",
    "Emptied",
    "ExemptionOutcome",
    "FolderPreview",
    "FolderRecycled",
    "LetGo",
    "Plea",
    "Preview",
    "Stores",
    "Swept",
    "Tended",
    "abandon_archive",
    "abandon_restore",
    "abandon_trial",
    "archive_media",
    "archive_recording",
    "ask_exemption",
    "ask_trial",
    "deal_with_left_out",
    "decide_exemption",
    "decide_recycling",
    "dry_run",
    "empty_bin",
    "end_exemption",
    "fail_restore",
    "finish_restore",
    "is_service",
    "lengthen_after_hold",
    "let_go",
    "make_trial",
    "preview_recycle_folder",
    "purge_bins",
    "purge_by_order",
    "purge_recording",
    "recycle_by_decision",
    "recycle_cancelled",
    "recycle_folder",
    "recycle_recording",
    "recycle_saved",
    "recycle_waiting",
    "request_restore",
    "request_restores",
    "restore_media",
    "resume_run",
    "set_summative",
    "simulate",
    "stop_run",
    "take_back_folder",
    "take_back_recording",
    "tell_again",
    "tend_bins",
    "tend_retention",
    "tidy",
]
