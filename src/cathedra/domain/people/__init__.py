"""Who someone is: affiliations, account types, system roles, groups, and who may change them."""

from cathedra.domain.people._accounts import LOGIN_NAME_LENGTH, decide_first_administrator, decide_new_account
from cathedra.domain.people._staff import MAY_ENTER, StaffArea, decide_enter, roles_for
from cathedra.domain.people._words import (
    STAFF,
    AccountType,
    Affiliation,
    GroupKind,
    SystemRole,
    account_types,
    is_staff,
)

__all__ = [
    "LOGIN_NAME_LENGTH",
    "MAY_ENTER",
    "STAFF",
    "AccountType",
    "Affiliation",
    "GroupKind",
    "StaffArea",
    "SystemRole",
    "account_types",
    "decide_enter",
    "decide_first_administrator",
    "decide_new_account",
    "is_staff",
    "roles_for",
]
