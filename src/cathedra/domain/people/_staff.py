"""The staff area: which pages there are, and which system roles enter them (R25, R38 rows 22 to 25)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cathedra.domain.people._words import SystemRole
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


class StaffArea(StrEnum):
    """A part of the staff area. Whoever adds a page adds its area here, and its line to `web/staff/pages.py`."""

    START = "start"
    TERMS = "terms"
    PEOPLE = "people"
    GROUPS = "groups"
    ROLES = "roles"
    NOTICES = "notices"
    RECORDINGS = "recordings"
    GRANTS = "grants"
    AUDIT = "audit"
    EXEMPTIONS = "exemptions"
    HOURS = "hours"
    RETENTION = "retention"
    CASES = "cases"
    POLICY = "policy"
    STANDING = "standing"
    HOLDS = "holds"
    BINS = "bins"
    FACILITIES = "facilities"
    TIMETABLE = "timetable"


_ANY = frozenset(SystemRole)
MAY_ENTER: Mapping[StaffArea, frozenset[SystemRole]] = {
    StaffArea.START: _ANY,
    StaffArea.TERMS: frozenset({SystemRole.SYS_ADMIN, SystemRole.SERVICE_ADMIN}),
    StaffArea.PEOPLE: frozenset({SystemRole.SYS_ADMIN}),  # R38 row 24
    StaffArea.GROUPS: frozenset({SystemRole.SYS_ADMIN}),  # R38 row 24
    StaffArea.ROLES: frozenset({SystemRole.SYS_ADMIN}),  # R38 row 24
    StaffArea.NOTICES: frozenset({SystemRole.SYS_ADMIN, SystemRole.SERVICE_ADMIN}),  # R229
    StaffArea.RECORDINGS: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN}),  # R26
    StaffArea.GRANTS: frozenset({SystemRole.SERVICE_ADMIN}),  # R144
    StaffArea.AUDIT: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN, SystemRole.AUDITOR}),  # R38 row 25, R25
    StaffArea.EXEMPTIONS: frozenset({SystemRole.SERVICE_ADMIN}),  # R38 row 22
    StaffArea.HOURS: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN, SystemRole.AUDITOR}),  # row 23, R25
    StaffArea.RETENTION: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN}),  # R38 rows 22 and 23
    StaffArea.CASES: frozenset({SystemRole.SERVICE_ADMIN}),  # R89
    StaffArea.HOLDS: frozenset({SystemRole.SERVICE_ADMIN}),  # R38 row 22
    StaffArea.BINS: frozenset({SystemRole.SERVICE_ADMIN}),  # R137, R38 row 9
    StaffArea.FACILITIES: frozenset({SystemRole.SERVICE_ADMIN}),  # R25 and R38 row 21: see domain/ingest/_rooms
    StaffArea.TIMETABLE: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SCHEDULER}),  # R156
    StaffArea.POLICY: frozenset({SystemRole.SERVICE_ADMIN}),  # R25, R79
    StaffArea.STANDING: frozenset({SystemRole.SERVICE_ADMIN, SystemRole.SCHEDULER}),  # R83
}


def roles_for(roles: Iterable[SystemRole], area: StaffArea) -> tuple[SystemRole, ...]:
    """Those of the held roles by which one enters the area; none means that it is not there."""
    return tuple(role for role in roles if role in MAY_ENTER[area])


def decide_enter(roles: Iterable[SystemRole], area: StaffArea) -> Decision:
    """May somebody with these roles enter? To everybody else the area does not exist."""
    if roles_for(roles, area):
        return permit()
    return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
