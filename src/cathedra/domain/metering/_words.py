"""The words of the metering room: what is licensed, how full it is, what may refuse."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cathedra.domain.terms import AccountId, RecordingId
from cathedra.domain.terms import gettext_noop as _


class Category(StrEnum):
    """What is metered, in whole seconds: recorded and stored are licensed (R94), archived is a third figure (R95)."""

    RECORDED = "RECORDED"
    STORED = "STORED"
    ARCHIVED = "ARCHIVED"


CATEGORY_NAMES = {
    Category.RECORDED: _("hours recorded this licence year"),
    Category.STORED: _("hours stored"),
    Category.ARCHIVED: _("hours archived"),
}


class Cause(StrEnum):
    """Why a line was written (R104)."""

    READY = "READY"
    COPIED = "COPIED"
    MOVED = "MOVED"
    OWNER_CHANGED = "OWNER_CHANGED"
    ARCHIVED = "ARCHIVED"
    RESTORED = "RESTORED"
    RECYCLED = "RECYCLED"
    TAKEN_BACK = "TAKEN_BACK"
    PURGED = "PURGED"
    OPENING = "OPENING"  # what was there when the ledger began
    CORRECTION = "CORRECTION"  # R8: the nightly proof found a difference, and a person had it put right


class Level(StrEnum):
    """How full a limit is (R106)."""

    OK = "ok"
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"
    OVER = "over"


class LimitMode(StrEnum):
    """What happens above a limit (R108)."""

    WARN = "warn"
    PROTECT_TEACHING = "protect_teaching"
    HARD = "hard"


class Intake(StrEnum):
    """How something new comes in, as far as a limit cares (R108)."""

    IN_PROGRESS = "IN_PROGRESS"  # a recording that runs already
    SCHEDULED = "SCHEDULED"
    SUBMISSION = "SUBMISSION"  # a student's, into an assignment folder
    RESTORE = "RESTORE"  # requested already
    UPLOAD = "UPLOAD"
    IMPORT = "IMPORT"
    ADHOC = "ADHOC"
    COPY = "COPY"  # a full one: its hours are stored once more, and recorded not again (R102)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how one recording is metered. Words are those of the library's facts."""

    recording_id: RecordingId
    origin: str
    is_ready: bool
    keeping: str
    recycled_from: str | None
    duration_ms: int | None
    captured_at: datetime | None
    uploaded_at: datetime | None
    ready_at: datetime | None
    owner_id: AccountId
    department_id: UUID | None
    folder_path: str


@dataclass(frozen=True, slots=True)
class Key:
    """Whose hours, of which category and licence year."""

    category: Category
    licence_year: str
    department_id: UUID | None
    owner_id: AccountId


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger (R104), before it has its number."""

    recording_id: RecordingId
    category: Category
    delta_s: int
    cause: Cause
    at: datetime
    licence_year: str
    department_id: UUID | None
    owner_id: AccountId
    folder_path: str
