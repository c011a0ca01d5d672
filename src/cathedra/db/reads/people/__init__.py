"""Who somebody is; whom one finds; what staff see of people, groups and system roles."""

from cathedra.db.reads.people._find import FEWEST_LETTERS, Found, find, resolve, seeker
from cathedra.db.reads.people._me import (
    Person,
    SignedIn,
    find_account_by_login,
    find_signed_in,
    get_person,
    has_administrator,
)

__all__ = [
    "FEWEST_LETTERS",
    "Found",
    "Person",
    "SignedIn",
    "find",
    "find_account_by_login",
    "find_signed_in",
    "get_person",
    "has_administrator",
    "resolve",
    "seeker",
]
