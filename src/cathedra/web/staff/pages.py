"""The pages of the staff area, in the order of its navigation."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cathedra.domain.people import StaffArea, SystemRole, roles_for


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A line of the navigation: the area it belongs to, the name of its address, how it is called and drawn, and
    what it is for."""

    area: StaffArea
    route: str
    label: str
    icon: str
    purpose: str = ""

    @property
    def address(self) -> str:
        """Where it is."""
        return reverse(self.route)


PAGES = (
    StaffPage(StaffArea.START, "staff", _("Start"), "layout-grid"),
    StaffPage(
        StaffArea.TERMS,
        "terms_versions",
        _("Terms and policy"),
        "circle-check",
        _("What people agree to, version by version; publish the next one."),
    ),
    StaffPage(
        StaffArea.PEOPLE, "staff_people", _("People"), "circle-user", _("Accounts: make, change, close; sign-ins.")
    ),
    StaffPage(StaffArea.GROUPS, "staff_groups", _("Groups"), "users", _("Who is in which group, and where it counts.")),
    StaffPage(
        StaffArea.ROLES, "staff_roles", _("System roles"), "shield-check", _("Who may do what here, and until when.")
    ),
    StaffPage(
        StaffArea.NOTICES, "staff_notices", _("Notices"), "mail", _("What people are told, and what became of it.")
    ),
    StaffPage(StaffArea.AUDIT, "staff_audit", _("Audit"), "list", _("Who did what, to what, and when.")),
    StaffPage(
        StaffArea.EXEMPTIONS,
        "staff_exemptions",
        _("Exemptions"),
        "link",
        _("What may be shared beyond the organisation, and until when."),
    ),
    StaffPage(
        StaffArea.RECORDINGS,
        "staff_recordings",
        _("Recordings"),
        "film",
        _("What a recording is and who is responsible for it, without playing it."),
    ),
    StaffPage(
        StaffArea.CASES,
        "staff_cases",
        _("Policy desk"),
        "hand",
        _("Whether a recording belongs here: referred, reported, appealed."),
    ),
    StaffPage(
        StaffArea.HOLDS,
        "staff_holds",
        _("Holds"),
        "hand",
        _("What is on hold for a legal matter, conduct, an appeal or a takedown; release it, or take it down."),
    ),
    StaffPage(
        StaffArea.POLICY,
        "staff_policy",
        _("Use policy"),
        "shield",
        _("The rules that declarations are judged by: versions, and what the next one would change."),
    ),
    StaffPage(
        StaffArea.STANDING,
        "staff_standing",
        _("Standing declarations"),
        "calendar",
        _("Who answers for what is recorded by schedule, course by course."),
    ),
    StaffPage(
        StaffArea.FACILITIES,
        "staff_facilities",
        _("Facilities"),
        "building-2",
        _("Rooms with recorders: who schedules there, what is booked, what is in use."),
    ),
    StaffPage(
        StaffArea.TIMETABLE,
        "staff_timetable",
        _("Timetable"),
        "calendar",
        _("Events of the timetable that become recordings: send them, and see what failed and why."),
    ),
    StaffPage(
        StaffArea.HOURS,
        "staff_hours",
        _("Hours"),
        "hourglass",
        _("What is recorded and stored against the licence, by whom, and when a limit is reached."),
    ),
    StaffPage(
        StaffArea.RETENTION,
        "staff_retention",
        _("Retention"),
        "archive",
        _("When things are archived and deleted, the plans of the runs, and what is kept longer."),
    ),
    StaffPage(
        StaffArea.BINS,
        "staff_bins",
        _("Bins"),
        "trash-2",
        _("What people have deleted: take it out, or delete it for good before its time with a reason."),
    ),
    StaffPage(
        StaffArea.GRANTS,
        "staff_grants",
        _("Access grants"),
        "key-round",
        _("Access of staff to content: give, see, end; what the owner was told."),
    ),
)


def for_roles(roles: Iterable[SystemRole]) -> tuple[StaffPage, ...]:
    """What the holder of these roles finds in the navigation."""
    held = tuple(roles)
    return tuple(page for page in PAGES if roles_for(held, page.area))
