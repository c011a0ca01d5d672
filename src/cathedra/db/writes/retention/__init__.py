"""Put away how long things are kept: moves between the tiers, runs and their plans, exemptions."""

from cathedra.db.writes.retention._exemptions import add_exemption, decide_exemption, end_exemption
from cathedra.db.writes.retention._keeping import (
    archive,
    begin_restore,
    end_restore,
    fail_restore,
    forget_tombstones,
    purge,
    recycle,
    resolve_failures,
    set_files,
    take_back,
    tidied,
)
from cathedra.db.writes.retention._runs import (
    add_items,
    add_tellings,
    claim_item,
    mark,
    mark_told,
    open_run,
    set_outlook,
    set_stopped,
    settle_item,
)

__all__ = [
    "add_exemption",
    "add_items",
    "add_tellings",
    "archive",
    "begin_restore",
    "claim_item",
    "decide_exemption",
    "end_exemption",
    "end_restore",
    "fail_restore",
    "forget_tombstones",
    "mark",
    "mark_told",
    "open_run",
    "purge",
    "recycle",
    "resolve_failures",
    "set_files",
    "set_outlook",
    "set_stopped",
    "settle_item",
    "take_back",
    "tidied",
]
