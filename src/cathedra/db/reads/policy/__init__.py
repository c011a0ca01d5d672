"""The documents that people agree to, the acceptable use policy as rules, and what was declared under it."""

from cathedra.db.reads.policy._documents import (
    Accepted,
    TermsPage,
    TermsRow,
    current_terms,
    find_accepted,
    find_current,
    find_version,
    list_creators,
    list_versions,
    publish_facts,
    unaccepted,
)
from cathedra.db.reads.policy._use import (
    LastDeclaration,
    UseVersion,
    activate_facts,
    find_active_use_policy,
    find_last_declaration,
    iterate_declared,
    linked_course,
    list_use_policies,
)

__all__ = [
    "Accepted",
    "LastDeclaration",
    "TermsPage",
    "TermsRow",
    "UseVersion",
    "activate_facts",
    "current_terms",
    "find_accepted",
    "find_active_use_policy",
    "find_current",
    "find_last_declaration",
    "find_version",
    "iterate_declared",
    "linked_course",
    "list_creators",
    "list_use_policies",
    "list_versions",
    "publish_facts",
    "unaccepted",
]
