"""The words of access: roles, standings, actions, sharing levels, settings of availability, rights of a grant."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

GrantId = NewType("GrantId", UUID)


class FolderRole(StrEnum):
    """What a principal may be on a folder (R23)."""

    VIEWER = "viewer"
    CREATOR = "creator"
    PUBLISHER = "publisher"
    CONTENT_ORGANIZER = "content_organizer"
    ANALYTICS_MANAGER = "analytics_manager"


class Standing(StrEnum):
    """How a person stands to a folder or recording: the columns of R38, and those whom other rules add."""

    ANONYMOUS = "anonymous"
    VIEWER = "viewer"
    CREATOR = "creator"
    PUBLISHER = "publisher"
    CONTENT_ORGANIZER = "content_organizer"
    ANALYTICS_MANAGER = "analytics_manager"
    SCHEDULER = "scheduler"
    VIDEOGRAPHER = "videographer"
    SERVICE_ADMIN = "service_admin"
    SYS_ADMIN = "sys_admin"
    AUDITOR = "auditor"  # R25: reads the audit trail and the meters only
    CAPTION_REQUESTER = "caption_requester"  # R38 row 20: a condition, gives nothing by itself
    OWNER = "owner"  # what "own" means beside the columns' own cells (R43)
    GRANTEE = "grantee"  # R145: whoever holds a live administrative grant


class Action(StrEnum):
    """What somebody wants to do to a recording or in a folder. The number is the row of R38."""

    VIEW = "recording:view"  # 1 to 3
    VIEW_OWN = "recording:view_own"  # 2
    VIEW_EARLY = "recording:view_early"  # 3: waiting, returned, not yet or no longer available
    LIST = "recording:list"  # R31, R121: stands in lists and search
    SEE_PROGRESS = "recording:see_progress"  # R60
    SEE_METADATA = "recording:see_metadata"  # R26: never what is said or shown in it
    CREATE_RECORDING = "folder:create_recording"  # 4
    EDIT_MEDIA = "recording:edit_media"  # 5
    EDIT_RECORDING = "recording:edit"  # 6
    DELETE = "recording:delete"  # 7
    RESTORE_FROM_BIN = "recording:restore_from_bin"  # 8
    PURGE = "recording:purge"  # 9
    APPROVE = "recording:approve"  # 10: and reject
    SET_AVAILABILITY = "recording:set_availability"  # 11
    SHARE = "recording:share"  # 12: level, viewers
    MANAGE_MEMBERS = "folder:manage_members"  # 13: Creators, Publishers
    COPY = "recording:copy"  # 14
    MOVE = "recording:move"  # 14
    DOWNLOAD = "recording:download"  # 15
    RESTORE_FROM_ARCHIVE = "recording:restore_from_archive"  # 16
    KEEP_NOTES = "recording:keep_notes"  # 17: and bookmarks, and where one stopped
    COMMENT = "recording:comment"  # 18
    MODERATE = "recording:moderate"  # 18
    SEE_STATISTICS = "recording:see_statistics"  # 19
    ORDER_CAPTIONS = "recording:order_captions"  # 20
    SCHEDULE_RECORDER = "folder:schedule_recorder"  # 21
    REVIEW = "recording:review"  # 22: AUP decision, exemption, hold, takedown
    SEE_METERS = "meter:see"  # 23
    MANAGE_METERS = "meter:manage"  # 23
    ADMINISTER = "site:administer"  # 24
    READ_AUDIT = "audit:read"  # 25
    SEE_FOLDER = "folder:see"  # R28: its page, by who is told its address
    LIST_FOLDER = "folder:list"  # R31: stands in lists
    CREATE_FOLDER = "folder:create_folder"  # R23
    EDIT_FOLDER = "folder:edit"  # its name and settings
    PROCESS_AGAIN = "recording:process_again"  # T18: as it is
    REPLACE_FILE = "recording:replace_file"  # T18: with another file
    CHANGE_OWNER = "recording:change_owner"  # R219
    SUBMIT = "recording:submit"  # T21, T22: withdraw, hand in again


# What is asked of a folder alone: nothing that a single recording gives counts.
FOLDER_ACTIONS = frozenset(action for action in Action if action.startswith("folder:"))
# What decides whether a thing stands in lists: only listed levels count (R31).
LISTING_ACTIONS = frozenset({Action.LIST, Action.LIST_FOLDER})


class SharingLevel(StrEnum):
    """Whom a folder or recording reaches beside its members (R31). Unlisted: by its link only."""

    RESTRICTED = "restricted"
    ORGANISATION_UNLISTED = "organisation_unlisted"
    ORGANISATION = "organisation"
    PUBLIC_UNLISTED = "public_unlisted"
    PUBLIC = "public"


class FolderStart(StrEnum):
    """From when a folder's recordings can be watched (R44)."""

    IMMEDIATELY = "immediately"
    WHEN_APPROVED = "when_approved"
    NEVER_UNLESS_SESSION = "never_unless_session"
    DATE = "date"


class FolderEnd(StrEnum):
    """Until when a folder's recordings can be watched (R44)."""

    FOREVER = "forever"
    DATE = "date"


class RecordingStart(StrEnum):
    """From when a recording can be watched (R44)."""

    IMMEDIATELY = "immediately"
    WITH_FOLDER = "with_folder"
    DATE = "date"
    NEVER = "never"


class RecordingEnd(StrEnum):
    """Until when a recording can be watched (R44)."""

    FOREVER = "forever"
    WITH_FOLDER = "with_folder"
    DATE = "date"


class Downloads(StrEnum):
    """Who may download from a folder; the owner always may (R38 row 15, R43)."""

    NOBODY = "nobody"
    CREATORS = "creators"
    VIEWERS = "viewers"


class ExemptionKind(StrEnum):
    """What a folder or recording is exempt from (R33; R128 brings more)."""

    PUBLIC_SHARING = "public_sharing"


class RequestAnswer(StrEnum):
    """What became of a request for access (R36)."""

    GIVEN = "given"
    DECLINED = "declined"


class GrantPurpose(StrEnum):
    """The only purposes of an administrative grant (R142)."""

    IMPROVE_SYSTEM = "improve_system"
    MANAGE_SYSTEM = "manage_system"


class DeferGround(StrEnum):
    """The only grounds on which the owner is not told of a grant at once (R147)."""

    SECURITY_INCIDENT = "security_incident"
    LEGAL_DUTY = "legal_duty"


class GrantRight(StrEnum):
    """What a grant lets its holder do (R145). `view` comes with every grant."""

    VIEW = "view"
    MANAGE = "manage"
    EXPORT = "export"


class GrantUse(StrEnum):
    """What was done under a grant (R148)."""

    PLAYED = "played"
    DOWNLOADED = "downloaded"
    EDITED = "edited"
    LOOKED = "looked"  # at its details, without playing it


class GrantStanding(StrEnum):
    """How a grant stands."""

    AWAITING_NOTICE = "awaiting_notice"  # told, but not delivered yet (R146)
    AWAITING_REASON = "awaiting_reason"  # a second person must write down why the owner is not told (R147)
    AWAITING_START = "awaiting_start"
    LIVE = "live"
    DEFERRED = "deferred"  # live, and the owner is told at the review
    ENDED = "ended"
    REVOKED = "revoked"


class Informed(StrEnum):
    """Who was told of a grant for an owner's things (R147)."""

    OWNER = "owner"
    CREATORS = "creators"
    DEPARTMENT = "department"
    NOBODY = "nobody"
