"""Put away notices, their letters, what somebody chose, and addresses that take no mail."""

from cathedra.db.writes.notices._letters import (
    add_letter,
    claim_letter,
    hand_over,
    hold,
    keep_on_site,
    keep_queued_on_site,
    settle_letter,
    unsettle_letter,
)
from cathedra.db.writes.notices._tell import (
    SEND,
    add,
    forget_unreachable,
    mark_unreachable,
    set_choice,
    set_read,
)

__all__ = [
    "SEND",
    "add",
    "add_letter",
    "claim_letter",
    "forget_unreachable",
    "hand_over",
    "hold",
    "keep_on_site",
    "keep_queued_on_site",
    "mark_unreachable",
    "set_choice",
    "set_read",
    "settle_letter",
    "unsettle_letter",
]
