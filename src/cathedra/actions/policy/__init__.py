"""Verbs of the policy: documents that people agree to, the acceptable use policy as rules, declarations."""

from cathedra.actions.policy._documents import (
    accept_terms,
    decline_terms,
    publish_shipped,
    publish_terms,
)
from cathedra.actions.policy._use import (
    DeclareWish,
    activate_use_policy,
    declare_use,
    dry_run_use_policy,
)

__all__ = [
    "DeclareWish",
    "accept_terms",
    "activate_use_policy",
    "declare_use",
    "decline_terms",
    "dry_run_use_policy",
    "publish_shipped",
    "publish_terms",
]
