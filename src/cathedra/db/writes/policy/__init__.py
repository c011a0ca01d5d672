"""Put away documents and who accepted them, versions of the acceptable use policy, and what was declared."""

from cathedra.db.writes.policy._cases import (
    add_case,
    add_decision,
    add_report,
    move_case,
    open_hold,
    release_holds,
)
from cathedra.db.writes.policy._documents import (
    add_acceptance,
    add_version,
    hold_publishing,
)
from cathedra.db.writes.policy._holds import (
    add_hold,
    decide_removal,
    end_hold,
    note_removal_told,
)
from cathedra.db.writes.policy._standing import (
    add_standing,
    hold_standing,
    withdraw_standing,
)
from cathedra.db.writes.policy._suspensions import end_suspension, suspend_creator
from cathedra.db.writes.policy._use import (
    add_declaration,
    add_use_policy,
    carry_use,
    hold_activation,
)

__all__ = [
    "add_acceptance",
    "add_case",
    "add_decision",
    "add_declaration",
    "add_hold",
    "add_report",
    "add_standing",
    "add_use_policy",
    "add_version",
    "carry_use",
    "decide_removal",
    "end_hold",
    "end_suspension",
    "hold_activation",
    "hold_publishing",
    "hold_standing",
    "move_case",
    "note_removal_told",
    "open_hold",
    "release_holds",
    "suspend_creator",
    "withdraw_standing",
]
