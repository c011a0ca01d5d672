"""Who someone is: affiliations, system roles, and the account type people are shown."""

from collections.abc import Iterable
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


class Affiliation(StrEnum):
    """What a person is to the university (R1)."""

    STUDENT = "student"
    UNIVERSITY_STAFF = "university_staff"
    COLLEGE_STAFF = "college_staff"
    EXTERNAL = "external"
    SERVICE_ACCOUNT = "service_account"


class SystemRole(StrEnum):
    """Roles on the platform itself (R25). None of them lets anybody play other people's content (R26)."""

    SYS_ADMIN = "sys_admin"
    SERVICE_ADMIN = "service_admin"
    VIDEOGRAPHER = "videographer"
    CAPTION_REQUESTER = "caption_requester"
    AUDITOR = "auditor"


class GroupKind(StrEnum):
    """Who edits a group's members (R2)."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    DIRECTORY = "directory"


class AccountType(StrEnum):
    """The user-visible kinds of account (R17)."""

    VIEWER = "Viewer"
    CREATOR = "Creator"
    PUBLISHER = "Publisher"


def account_types(folder_roles: Iterable[str]) -> tuple[AccountType, ...]:
    """The account types shown for a person, derived from the folder roles they hold anywhere (R22)."""
    held = set(folder_roles)
    found = tuple(
        kind for role, kind in (("creator", AccountType.CREATOR), ("publisher", AccountType.PUBLISHER)) if role in held
    )
    return found or (AccountType.VIEWER,)


LOGIN_NAME_LENGTH = 150
_LOGIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_@+")


def decide_first_administrator(*, has_administrator: bool, is_code_right: bool) -> Decision:
    """May this stranger become the administrator? Only of an installation that has none, with the terminal's code."""
    if has_administrator:
        return deny(Code.GONE, "R25", _("This installation has an administrator already. Sign in, or ask them."))
    if not is_code_right:
        return deny(
            Code.NO_PERMISSION, "R25", _("That is not the code. It stands in the terminal where Cathedra was started.")
        )
    return permit()


def decide_new_account(login_name: str, *, is_taken: bool) -> Decision:
    """May an account of this name be made?"""
    if not 0 < len(login_name) <= LOGIN_NAME_LENGTH or not set(login_name.lower()) <= _LOGIN_LETTERS:
        return deny(
            Code.BAD_REQUEST,
            "R1",
            _("A login name is made of letters a to z, digits and the signs . - _ @ +, at most 150."),
        )
    if is_taken:
        return deny(Code.CONFLICT, "R1", _("There is an account with this login name already."))
    return permit()
