"""How states, roles and kinds are called and drawn: a word, an icon, a tone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cathedra.domain import metering
from cathedra.domain.access import (
    DEFER_GROUND_NAMES,
    PURPOSE_NAMES,
    Audience,
    DeferGround,
    Downloads,
    FolderEnd,
    FolderRole,
    FolderStart,
    GrantPurpose,
    GrantRight,
    GrantStanding,
    GrantUse,
    Informed,
    Path,
    RecordingEnd,
    RecordingStart,
    SharingLevel,
    Standing,
)
from cathedra.domain.ingest import CapturePhase
from cathedra.domain.library import FolderKind, Origin, State
from cathedra.domain.metering import Level, Step, Use
from cathedra.domain.notices import LetterState
from cathedra.domain.people import ROLE_NAMES, Affiliation, GroupKind, SystemRole
from cathedra.domain.playback import Picture
from cathedra.domain.policy import TermsDocument, Verdict


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
    State.CANCELLED: Mark(_("Called off"), "ban"),
    State.MISSED: Mark(_("Missed"), "circle-x", "warn"),
}
PHASES: Mapping[str, Mark] = {  # R55: what is stopped is not shown as if it were recorded now
    CapturePhase.CAPTURING: STATES[State.RECORDING],
    CapturePhase.PAUSED: Mark(_("Recording, paused"), "clock", "warn"),
    CapturePhase.TRANSFERRING: Mark(_("Stopped, arriving"), "upload", "busy"),
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

LEVELS: Mapping[SharingLevel, str] = {
    SharingLevel.RESTRICTED: _("Restricted: members only"),
    SharingLevel.ORGANISATION_UNLISTED: _("Organisation, unlisted: everybody signed in who has the link"),
    SharingLevel.ORGANISATION: _("Organisation: everybody signed in, who also finds it in lists and search"),
    SharingLevel.PUBLIC_UNLISTED: _("Public, unlisted: anybody who has the link"),
    SharingLevel.PUBLIC: _("Public: anybody, who also finds it in lists and search"),
}

DOWNLOADS: Mapping[Downloads, str] = {
    Downloads.NOBODY: _("Nobody but the owner of a recording"),
    Downloads.CREATORS: _("Creators, and the owner of a recording"),
    Downloads.VIEWERS: _("Everybody who can watch a recording"),
}

# What a policy means, in a sentence: for a folder that reaches its members only, and for one that reaches further.
MAY_DOWNLOAD: Mapping[Downloads, str] = {
    Downloads.NOBODY: _("Nobody can download recordings from here, but each owner their own."),
    Downloads.CREATORS: _(
        "Creators and videographers of this folder can download its recordings, and each owner their own. Viewers cannot."
    ),
    Downloads.VIEWERS: _("Everybody who can watch a recording here can download it."),
}
MAY_DOWNLOAD_FURTHER: Mapping[Audience, str] = {
    Audience.ORGANISATION: _("As the folder is shared now, that is everybody who is signed in."),
    Audience.PUBLIC: _("As the folder is shared now, that is anybody, signed in or not."),
}

PICTURES: Mapping[Picture, str] = {
    Picture.ONLY: _("Original file"),
    Picture.SLIDES: _("Slides"),
    Picture.CAMERA: _("Camera"),
    Picture.SOUND: _("Sound"),
    Picture.FIRST: _("First picture"),
    Picture.SECOND: _("Second picture"),
}

STANDINGS: Mapping[Standing, str] = {
    **{Standing(role): label for role, label in FOLDER_ROLES.items()},
    Standing.OWNER: _("Owner"),
    Standing.VIDEOGRAPHER: _("Videographer"),
    Standing.SCHEDULER: _("Scheduler"),
    Standing.GRANTEE: _("Administrative access"),
}

WAYS: Mapping[Path, str] = {
    Path.OWNER: _("Owns this recording"),
    Path.FOLDER: _("Member of the folder “{through}”"),
    Path.ANCESTOR: _("Member of “{through}”, from which the folder inherits"),
    Path.RECORDING: _("Added to this recording alone"),
    Path.APPOINTMENT: _("Appointed to the folder “{through}”"),
    Path.GRANT: _("Let in by the service to “{through}”, until {until}"),
    Path.LEVEL: _("By the sharing of “{through}”"),
}

AUDIENCES: Mapping[Audience, str] = {
    Audience.ORGANISATION: _("Everybody who is signed in"),
    Audience.PUBLIC: _("Anybody, signed in or not"),
}

FOLDER_STARTS: Mapping[FolderStart, str] = {
    FolderStart.IMMEDIATELY: _("As soon as they are ready"),
    FolderStart.DATE: _("From a day and time"),
    FolderStart.NEVER_UNLESS_SESSION: _("Not at all, unless a recording says otherwise"),
    FolderStart.WHEN_APPROVED: _("Once a Publisher has approved them"),
}

FOLDER_ENDS: Mapping[FolderEnd, str] = {
    FolderEnd.FOREVER: _("Without end"),
    FolderEnd.DATE: _("Until a day and time"),
}

RECORDING_STARTS: Mapping[RecordingStart, str] = {
    RecordingStart.WITH_FOLDER: _("With its folder"),
    RecordingStart.IMMEDIATELY: _("As soon as it is ready"),
    RecordingStart.DATE: _("From a day and time"),
    RecordingStart.NEVER: _("Not at all"),
}

RECORDING_ENDS: Mapping[RecordingEnd, str] = {
    RecordingEnd.WITH_FOLDER: _("With its folder"),
    RecordingEnd.FOREVER: _("Without end"),
    RecordingEnd.DATE: _("Until a day and time"),
}

GRANTS: Mapping[GrantStanding, Mark] = {
    GrantStanding.AWAITING_NOTICE: Mark(_("Waiting until the owner is told"), "hourglass", "warn"),
    GrantStanding.AWAITING_REASON: Mark(_("Waiting for a second person"), "hourglass", "warn"),
    GrantStanding.AWAITING_START: Mark(_("Begins later"), "calendar"),
    GrantStanding.LIVE: Mark(_("In force"), "key-round", "good"),
    GrantStanding.DEFERRED: Mark(_("In force, owner not told yet"), "key-round", "warn"),
    GrantStanding.ENDED: Mark(_("Ended"), "clock"),
    GrantStanding.REVOKED: Mark(_("Ended early"), "ban"),
}

DEFER_GROUNDS: Mapping[DeferGround, str] = {one: _(name) for one, name in DEFER_GROUND_NAMES.items()}
PURPOSES: Mapping[GrantPurpose, str] = {purpose: _(name) for purpose, name in PURPOSE_NAMES.items()}

RIGHTS: Mapping[GrantRight, str] = {
    GrantRight.VIEW: _("watch"),
    GrantRight.MANAGE: _("change, move and set"),
    GrantRight.EXPORT: _("download"),
}

USES: Mapping[GrantUse, Mark] = {
    GrantUse.PLAYED: Mark(_("Watched"), "play"),
    GrantUse.DOWNLOADED: Mark(_("Downloaded"), "download"),
    GrantUse.EDITED: Mark(_("Changed"), "pencil"),
    GrantUse.LOOKED: Mark(_("Details looked at"), "eye"),
}

INFORMED: Mapping[Informed, str] = {
    Informed.OWNER: _("The owner is told."),
    Informed.CREATORS: _("The owner could not be reached, so the Creators of the folder were told instead."),
    Informed.DEPARTMENT: _(
        "Neither the owner nor a Creator of the folder could be reached, so the contact of the department was told instead."
    ),
    Informed.NOBODY: _("Neither the owner nor anybody in their place could be reached. That is written down."),
}

ORIGINS: Mapping[Origin, str] = {
    Origin.SCHEDULED: _("Scheduled in a room"),
    Origin.ADHOC_ROOM: _("Started in a room"),
    Origin.BROWSER: _("Recorded in the browser"),
    Origin.DESKTOP: _("Recorded on a computer"),
    Origin.MOBILE: _("Recorded on a phone"),
    Origin.UPLOAD: _("Uploaded"),
    Origin.IMPORT: _("Imported"),
    Origin.WEBCAST: _("Webcast"),
    Origin.FULL_COPY: _("Full copy"),
    Origin.REFERENCE_COPY: _("Reference copy"),
}

FULLNESS: Mapping[Level, Mark] = {
    Level.OK: Mark(_("Within the limit"), "circle-check", "good"),
    Level.NOTICE: Mark(_("Three quarters used"), "info", "busy"),
    Level.WARNING: Mark(_("Nearly used up"), "triangle-alert", "warn"),
    Level.CRITICAL: Mark(_("Almost nothing left"), "triangle-alert", "warn"),
    Level.OVER: Mark(_("Over the limit"), "circle-x", "bad"),
}

OF_USE: Mapping[Use, Mark] = {
    Use.WATCHED: Mark(_("Watched within a year"), "eye"),
    Use.NEW: Mark(_("Newer than four weeks, not watched yet"), "clock"),
    Use.LONG_UNWATCHED: Mark(_("Not watched for a year"), "hourglass"),
    Use.NEVER_WATCHED: Mark(_("Never watched"), "circle-dashed"),
    Use.BINNED: Mark(_("In the bin"), "trash-2"),
}

# What to do about stored hours, and what comes of it (R109).
STEPS: Mapping[Step, Mark] = {
    Step.EMPTY_BIN: Mark(_("Empty the bin"), "trash-2"),
    Step.ARCHIVE_NEVER_WATCHED: Mark(_("Archive what nobody has watched"), "archive"),
    Step.ARCHIVE_LONG_UNWATCHED: Mark(_("Archive what nobody has watched for a year"), "archive"),
    Step.REFERENCE_FULL_COPIES: Mark(_("Make reference copies of full copies"), "copy"),
}
STEPS_EXPLAINED: Mapping[Step, str] = {
    Step.EMPTY_BIN: _("What is in the bin still counts as stored. It is gone for good once the bin is emptied."),
    Step.ARCHIVE_NEVER_WATCHED: _(
        "Ready for more than four weeks, and nobody has watched it. From the archive it can be restored."
    ),
    Step.ARCHIVE_LONG_UNWATCHED: _("It was watched once. From the archive it can be restored."),
    Step.REFERENCE_FULL_COPIES: _("A reference copy plays what the first recording holds, and counts no hours."),
}

# The steps of what is set aside (R110).
SET_ASIDE: Mapping[int, Mark] = {
    0: Mark(_("Within what was set aside"), "circle-check", "good"),
    75: Mark(_("Three quarters used"), "info", "busy"),
    90: Mark(_("Nearly used up"), "triangle-alert", "warn"),
    100: Mark(_("Used up"), "circle-x", "bad"),
}

VERDICTS: Mapping[Verdict, Mark] = {
    Verdict.PERMITTED: Mark(_("Permitted"), "circle-check", "good"),
    Verdict.REFERRED: Mark(_("Referred"), "hourglass", "warn"),
    Verdict.NOT_PERMITTED: Mark(_("Not permitted"), "circle-x", "bad"),
    Verdict.EXEMPT: Mark(_("Exempt"), "shield-check"),
}


def hours(seconds: int) -> str:
    """Hours for a sentence: to one decimal place, and of what is too short for that, that it is not nothing."""
    return gettext("under 0.1") if (told := metering.hours(seconds)) == metering.hours(0) and seconds > 0 else told
