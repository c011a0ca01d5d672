"""Tables and constraints, no behaviour; only db/ may import this package. One module per room."""

from cathedra.db.models.access import FolderAccess, FolderMember
from cathedra.db.models.encoding import Rendition
from cathedra.db.models.ingest import Upload
from cathedra.db.models.library import Course, Department, Folder, Hold, Recording, Source, Stream
from cathedra.db.models.people import Account, Group, Membership, Principal, SystemRoleHolder, WebSession
from cathedra.db.models.playback import ViewingPosition
from cathedra.db.models.plumbing import AuditEvent

__all__ = [
    "Account",
    "AuditEvent",
    "Course",
    "Department",
    "Folder",
    "FolderAccess",
    "FolderMember",
    "Group",
    "Hold",
    "Membership",
    "Principal",
    "Recording",
    "Rendition",
    "Source",
    "Stream",
    "SystemRoleHolder",
    "Upload",
    "ViewingPosition",
    "WebSession",
]
