"""How states, roles and kinds are called and drawn: a word, an icon, a tone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cathedra.domain.library import FolderKind, State
from cathedra.domain.people import Affiliation, SystemRole


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with an icon; colour is never alone."""

    word: str
    icon: str
    tone: str = ""


STATES: Mapping[State, Mark] = {
    State.DRAFT: Mark(_("Draft"), "circle-dashed"),
    State.SCHEDULED: Mark(_("Scheduled"), "calendar"),
    State.RECORDING: Mark(_("Recording"), "video", "bad"),
    State.UPLOADED: Mark(_("Uploaded"), "clock", "busy"),
    State.PROCESSING: Mark(_("Processing"), "loader-circle", "busy"),
    State.FAILED: Mark(_("Failed"), "circle-x", "bad"),
    State.WAITING: Mark(_("Waiting for approval"), "hourglass", "warn"),
    State.REJECTED: Mark(_("Returned"), "undo-2", "warn"),
    State.PUBLISHED: Mark(_("Published"), "circle-check", "good"),
    State.HELD: Mark(_("On hold"), "hand", "warn"),
    State.ARCHIVED: Mark(_("Archived"), "archive"),
    State.RESTORING: Mark(_("Restoring"), "loader-circle", "busy"),
    State.RECYCLED: Mark(_("In the bin"), "trash-2"),
    State.PURGED: Mark(_("Deleted"), "trash-2"),
    State.CANCELLED: Mark(_("Cancelled"), "ban"),
    State.MISSED: Mark(_("Missed"), "circle-x", "warn"),
}

FOLDERS: Mapping[FolderKind, Mark] = {
    FolderKind.COURSE: Mark(_("Course"), "graduation-cap"),
    FolderKind.PERSONAL: Mark(_("Personal"), "user"),
    FolderKind.ASSIGNMENT: Mark(_("Assignment"), "upload"),
    FolderKind.DEPARTMENT: Mark(_("Department"), "building-2"),
    FolderKind.GENERAL: Mark(_("Folder"), "folder"),
}

AFFILIATIONS: Mapping[Affiliation, str] = {
    Affiliation.STUDENT: _("Student"),
    Affiliation.UNIVERSITY_STAFF: _("University staff"),
    Affiliation.COLLEGE_STAFF: _("College staff"),
    Affiliation.EXTERNAL: _("External"),
    Affiliation.SERVICE_ACCOUNT: _("Service account"),
}

SYSTEM_ROLES: Mapping[SystemRole, str] = {
    SystemRole.SYS_ADMIN: _("Systems administrator"),
    SystemRole.SERVICE_ADMIN: _("Service administrator"),
    SystemRole.VIDEOGRAPHER: _("Videographer"),
    SystemRole.CAPTION_REQUESTER: _("Caption requester"),
    SystemRole.AUDITOR: _("Auditor"),
}
