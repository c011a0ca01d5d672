"""Tables and constraints, no behaviour; only db/ may import this package. One module per room."""

from cathedra.db.models.access import (
    AccessRequest,
    Exemption,
    FolderAccess,
    FolderMember,
    RecordingViewer,
    SystemRoleScope,
)
from cathedra.db.models.encoding import Rendition
from cathedra.db.models.grants import AccessGrant, AccessGrantItem, AccessGrantTelling, AccessGrantUse
from cathedra.db.models.ingest import Upload
from cathedra.db.models.library import Course, Department, Folder, Hold, Recording, Source, Stream
from cathedra.db.models.metering import Allocation, LicenceLimit, LimitException, MeterEntry, MeterLevel, MeterTotal
from cathedra.db.models.notices import Letter, MailPreference, Notice, UnreachableAddress
from cathedra.db.models.people import (
    Account,
    Group,
    Invitation,
    Membership,
    Principal,
    SystemRoleHolder,
    WebSession,
)
from cathedra.db.models.playback import ViewingPosition
from cathedra.db.models.plumbing import AuditEvent, AuditHead
from cathedra.db.models.policy import (
    TermsAcceptance,
    TermsVersion,
    UseCase,
    UseDecision,
    UseDeclaration,
    UsePolicyVersion,
    UseReport,
)
from cathedra.db.models.retention import (
    FolderBin,
    Kept,
    Restore,
    RetentionExemption,
    RetentionItem,
    RetentionRun,
    RetentionTelling,
    RetentionTrial,
    RunOutlook,
    Tombstone,
)

__all__ = [
    "AccessGrant",
    "AccessGrantItem",
    "AccessGrantTelling",
    "AccessGrantUse",
    "AccessRequest",
    "Account",
    "Allocation",
    "AuditEvent",
    "AuditHead",
    "Course",
    "Department",
    "Exemption",
    "Folder",
    "FolderAccess",
    "FolderBin",
    "FolderMember",
    "Group",
    "Hold",
    "Invitation",
    "Kept",
    "Letter",
    "LicenceLimit",
    "LimitException",
    "MailPreference",
    "Membership",
    "MeterEntry",
    "MeterLevel",
    "MeterTotal",
    "Notice",
    "Principal",
    "Recording",
    "RecordingViewer",
    "Rendition",
    "Restore",
    "RetentionExemption",
    "RetentionItem",
    "RetentionRun",
    "RetentionTelling",
    "RetentionTrial",
    "RunOutlook",
    "Source",
    "Stream",
    "SystemRoleHolder",
    "SystemRoleScope",
    "TermsAcceptance",
    "TermsVersion",
    "Tombstone",
    "UnreachableAddress",
    "Upload",
    "UseCase",
    "UseDecision",
    "UseDeclaration",
    "UsePolicyVersion",
    "UseReport",
    "ViewingPosition",
    "WebSession",
]
