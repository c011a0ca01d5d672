"""The words of people: affiliations, system roles, kinds of group, and the account type people are shown."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

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
    SCHEDULER = "scheduler"
    CAPTION_REQUESTER = "caption_requester"
    AUDITOR = "auditor"


ROLE_NAMES: Mapping[SystemRole, str] = {
    SystemRole.SYS_ADMIN: _("Systems administrator"),
    SystemRole.SERVICE_ADMIN: _("Service administrator"),
    SystemRole.VIDEOGRAPHER: _("Videographer"),
    SystemRole.SCHEDULER: _("Scheduler"),
    SystemRole.CAPTION_REQUESTER: _("Caption requester"),
    SystemRole.AUDITOR: _("Auditor"),
}


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


# Who counts as staff of the university or a college (R143).
STAFF = frozenset({Affiliation.UNIVERSITY_STAFF, Affiliation.COLLEGE_STAFF})


def is_staff(affiliation: Affiliation) -> bool:
    """Whether somebody of this affiliation works for the university or one of its colleges (R143)."""
    return affiliation in STAFF
