"""The words of the retention room: runs, rules, why something stays, what a run knows of a recording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cathedra.domain.terms import AccountId, FolderId, RecordingId
from cathedra.domain.terms import gettext_noop as _


class RunKind(StrEnum):
    """The two runs of a year (R115, R122)."""

    ARCHIVE = "ARCHIVE"
    DELETION = "DELETION"


class Profile(StrEnum):
    """What makes a recording old enough for the archive (R132). Only `calendar` is active out of the box."""

    CALENDAR = "calendar"  # made before the day of the run
    LAST_VIEW = "last_view"  # not watched for so many days
    AGE = "age"  # made so many days ago
    NONE = "none"  # never by itself


class Exempt(StrEnum):
    """What a folder or recording is exempt from (R128)."""

    ARCHIVE = "archive"
    DELETION = "deletion"
    BOTH = "both"


class ExemptionReason(StrEnum):
    """Why something may be kept longer (R128)."""

    ALTERNATE_YEAR = "alternate_year"
    ACCREDITATION = "accreditation"
    REASONABLE_ADJUSTMENT = "reasonable_adjustment"
    APPEAL = "appeal"
    ASSESSMENT = "assessment"
    LEGAL = "legal"
    REUSABLE = "reusable"  # whole folders of teaching material that is used again


EXEMPTION_REASONS = {
    ExemptionReason.ALTERNATE_YEAR: _("The course is taught every other year"),
    ExemptionReason.ACCREDITATION: _("An accrediting body asks for it"),
    ExemptionReason.REASONABLE_ADJUSTMENT: _("A student's reasonable adjustment needs it"),
    ExemptionReason.APPEAL: _("An appeal or a complaint is open"),
    ExemptionReason.ASSESSMENT: _("An assessment is in progress"),
    ExemptionReason.LEGAL: _("The law asks for it"),
    ExemptionReason.REUSABLE: _("It is teaching material that is used again"),
}


class Why(StrEnum):
    """Why a run leaves a recording alone."""

    NOT_LIVE = "NOT_LIVE"
    NOT_ARCHIVED = "NOT_ARCHIVED"
    NOT_READY = "NOT_READY"
    NOT_OVER = "NOT_OVER"
    TOO_NEW = "TOO_NEW"
    READY_TOO_LATE = "READY_TOO_LATE"
    ARCHIVED_TOO_LATE = "ARCHIVED_TOO_LATE"
    IN_BIN = "IN_BIN"
    RESTORING = "RESTORING"
    RESTORE_FAILED = "RESTORE_FAILED"
    HELD = "HELD"
    EXEMPT = "EXEMPT"
    ASSESSED = "ASSESSED"
    REFERENCE = "REFERENCE"
    NOT_TOLD = "NOT_TOLD"
    NOT_PLANNED = "NOT_PLANNED"
    DAMAGED = "DAMAGED"
    GONE = "GONE"


WHY_SENTENCES = {
    Why.NOT_LIVE: _("It is in the archive already."),
    Why.NOT_ARCHIVED: _("It is not in the archive."),
    Why.NOT_READY: _("It is still being received or prepared, or its original is not in place."),
    Why.NOT_OVER: _("It is scheduled, or still being recorded, received or prepared."),
    Why.TOO_NEW: _("It is too new for this run."),
    Why.READY_TOO_LATE: _("It became ready after the run had begun."),
    Why.ARCHIVED_TOO_LATE: _("It came to the archive after the last run, and stays there for a full year."),
    Why.IN_BIN: _("It is in the bin, which has its own time."),
    Why.RESTORING: _("Somebody has asked for it back."),
    Why.RESTORE_FAILED: _("It could not be restored; it is kept until that is resolved."),
    Why.HELD: _("It is on hold."),
    Why.EXEMPT: _("It is exempt."),
    Why.ASSESSED: _("It is assessed work, which is kept longer."),
    Why.REFERENCE: _("It has no media of its own: it plays another recording's."),
    Why.NOT_TOLD: _("Nobody who can be reached was told 30 days before."),
    Why.NOT_PLANNED: _("It was not in the frozen plan."),
    Why.DAMAGED: _("A file of it is missing or differs from what was received. Nothing of it was changed."),
    Why.GONE: _("It is not there any more."),
}


class ItemState(StrEnum):
    """Where a recording stands in a run."""

    PLANNED = "PLANNED"
    CLAIMED = "CLAIMED"  # its copy is being made
    DONE = "DONE"
    SKIPPED = "SKIPPED"


class Joined(StrEnum):
    """How a recording came to a run (R127)."""

    PLANNED = "PLANNED"  # in the frozen plan
    LATE = "LATE"  # made, ready or restored after the plan was frozen
    EXTRA = "EXTRA"  # there when the plan was frozen, and not in it: skipped


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about one recording. Words are those of the library; instants in UTC."""

    recording_id: RecordingId
    owner_id: AccountId
    folder_id: FolderId
    seconds: int
    media: str
    publication: str
    keeping: str
    anchor: datetime
    ready_at: datetime | None = None
    archived_at: datetime | None = None
    last_viewed_at: datetime | None = None
    is_held: bool = False
    is_reference: bool = False
    is_whole: bool = True  # everything of it is made, and every original is in its place
    exempt_archive_until: datetime | None = None
    exempt_deletion_until: datetime | None = None
    keep_until: datetime | None = None  # R129
    is_restore_failed: bool = False  # T33, until somebody resolves it
    title: str = ""
    ruled_by: FolderId | None = None  # the nearest folder above that has a rule of its own
    left_out_of: frozenset[str] = frozenset()  # names of runs whose plan stands without it, and which skip it (R127)


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule a site chose (R132)."""

    profile: Profile = Profile.CALENDAR
    days: int = 0  # of `age` and `last_view`
    folders: Mapping[FolderId, "Rule"] = field(default_factory=dict)  # of single folders with what is below them

    def of(self, folder_id: FolderId | None) -> "Rule":
        """The rule of a folder that has one of its own, or this."""
        return self.folders.get(folder_id, self) if folder_id is not None else self

    @property
    def profiles(self) -> frozenset[Profile]:
        """Every profile that is active."""
        return frozenset({self.profile, *(rule.profile for rule in self.folders.values())})
