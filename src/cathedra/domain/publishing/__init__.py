"""Whether a recording is offered to its audience: approval by Publishers, per folder."""

from cathedra.domain.publishing._arrival import Arrival, JourneyFacts, arrive, decide_leaving, is_kept_back
from cathedra.domain.publishing._decide import (
    ApprovalFacts,
    ApprovalOutcome,
    after_media_edit,
    at_readiness,
    decide,
)
from cathedra.domain.publishing._reminders import Reminder, earliest_overdue, reminder, working_days
from cathedra.domain.publishing._switch import SwitchFacts, SwitchOutcome, switch_off, switch_on
from cathedra.domain.publishing._whole import WholeFacts, decide_make_full
from cathedra.domain.publishing._words import (
    DRAFT,
    MOVES,
    PUBLISHED,
    REASON_LIMIT,
    REJECTED,
    WAITING,
    WITHDRAWN_BY_CREATOR,
    ApprovalStep,
    Command,
    clean_reason,
    decide_move,
)

__all__ = [
    "DRAFT",
    "MOVES",
    "PUBLISHED",
    "REASON_LIMIT",
    "REJECTED",
    "WAITING",
    "WITHDRAWN_BY_CREATOR",
    "ApprovalFacts",
    "ApprovalOutcome",
    "ApprovalStep",
    "Arrival",
    "Command",
    "JourneyFacts",
    "Reminder",
    "SwitchFacts",
    "SwitchOutcome",
    "WholeFacts",
    "after_media_edit",
    "arrive",
    "at_readiness",
    "clean_reason",
    "decide",
    "decide_leaving",
    "decide_make_full",
    "decide_move",
    "earliest_overdue",
    "is_kept_back",
    "reminder",
    "switch_off",
    "switch_on",
    "working_days",
]
