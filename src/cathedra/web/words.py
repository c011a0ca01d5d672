"""How states, roles and kinds are called and drawn: a word, an icon, a tone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, State
from cathedra.domain.notices import LetterState
from cathedra.domain.people import ROLE_NAMES, Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import TermsDocument


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

SYSTEM_ROLES: Mapping[SystemRole, str] = {role: _(name) for role, name in ROLE_NAMES.items()}

GROUPS: Mapping[GroupKind, Mark] = {
    GroupKind.INTERNAL: Mark(_("Made here"), "users"),
    GroupKind.EXTERNAL: Mark(_("From the teaching system"), "graduation-cap"),
    GroupKind.DIRECTORY: Mark(_("From the directory"), "building-2"),
}

FOLDER_ROLES: Mapping[str, str] = {
    FolderRole.VIEWER: _("Viewer"),
    FolderRole.CREATOR: _("Creator"),
    FolderRole.PUBLISHER: _("Publisher"),
    FolderRole.CONTENT_ORGANIZER: _("Content organizer"),
    FolderRole.ANALYTICS_MANAGER: _("Analytics manager"),
}

LETTERS: Mapping[LetterState, Mark] = {
    LetterState.QUEUED: Mark(_("Queued"), "clock", "busy"),
    LetterState.SENDING: Mark(_("Being sent"), "loader-circle", "busy"),
    LetterState.SENT: Mark(_("Sent"), "circle-check", "good"),
    LetterState.FAILED: Mark(_("Failed"), "circle-x", "bad"),
    LetterState.UNREACHABLE: Mark(_("Unreachable"), "ban", "bad"),
    LetterState.UNSURE: Mark(_("Unsure"), "circle-help", "warn"),
}

DOCUMENTS: Mapping[TermsDocument, str] = {
    TermsDocument.EULA: _("Terms of use"),
    TermsDocument.AUP: _("Acceptable use policy"),
}
