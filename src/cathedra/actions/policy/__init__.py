"""Verbs of the policy: documents that people agree to, the acceptable use policy as rules, declarations, cases."""

from cathedra.actions.policy._again import (
    LookedAgain,
    look_again,
)
from cathedra.actions.policy._by_hand import Held, decide_takedown, open_hold, release_hold
from cathedra.actions.policy._cases import report_use
from cathedra.actions.policy._decide import ReviewWish, appeal_use, consent_to_exemption, decide_case
from cathedra.actions.policy._declare import (
    NOTE_CHARACTERS,
    DeclareWish,
    Judged,
    decide_declaring,
    declare_use,
    judge_upload,
    judge_use,
    keep_declaration,
)
from cathedra.actions.policy._documents import (
    accept_terms,
    decline_terms,
    publish_shipped,
    publish_terms,
    tell_of_terms,
)
from cathedra.actions.policy._force import policy_in_force
from cathedra.actions.policy._holds import hold_if_undecided
from cathedra.actions.policy._standing import (
    Stands,
    declare_scheduled,
    give_standing_declaration,
    judge_schedule,
    standing_for_folder,
    withdraw_standing_declaration,
)
from cathedra.actions.policy._suspend import end_suspension, suspend_creator
from cathedra.actions.policy._tend import TendedCases, remove_refused, tend_cases
from cathedra.actions.policy._use import activate_use_policy, dry_run_use_policy, take_dry_run

__all__ = [
    "NOTE_CHARACTERS",
    "DeclareWish",
    "Held",
    "Judged",
    "LookedAgain",
    "ReviewWish",
    "Stands",
    "TendedCases",
    "accept_terms",
    "activate_use_policy",
    "appeal_use",
    "consent_to_exemption",
    "decide_case",
    "decide_declaring",
    "decide_takedown",
    "declare_scheduled",
    "declare_use",
    "decline_terms",
    "dry_run_use_policy",
    "end_suspension",
    "give_standing_declaration",
    "hold_if_undecided",
    "judge_schedule",
    "judge_upload",
    "judge_use",
    "keep_declaration",
    "look_again",
    "open_hold",
    "policy_in_force",
    "publish_shipped",
    "publish_terms",
    "release_hold",
    "remove_refused",
    "report_use",
    "standing_for_folder",
    "suspend_creator",
    "take_dry_run",
    "tell_of_terms",
    "tend_cases",
    "withdraw_standing_declaration",
]
