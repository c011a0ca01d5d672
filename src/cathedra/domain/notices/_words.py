"""The words of the notices room: what is told, how e-mail of it is wanted, what became of a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

NoticeId = NewType("NoticeId", UUID)
LetterId = NewType("LetterId", UUID)


class NoticeKind(StrEnum):
    """What people are told (section 23 of the rules); the value is the rule's number."""

    RECORDING_READY = "N6"
    PROCESSING_FAILED = "N7"
    INPUT_DROPPED = "N8"
    SHARED_WITH_YOU = "N9"
    CAPTURE_SCHEDULED = "N1"
    CAPTURE_MOVED = "N2"
    CAPTURE_CANCELLED = "N3"
    CAPTURE_MISSED = "N4"
    CAPTURE_CAME_LATE = "N5"
    RECORDER_TROUBLE = "N43"
    SCHEDULES_CHECKED = "SCHEDULES_CHECKED"  # R157
    WAITING_FOR_APPROVAL = "N10"
    APPROVED = "N11"
    REJECTED = "N12"
    APPROVAL_OVERDUE = "N13"
    WAITING_IN_FOLDER = "N10_FOLDER"  # R69: approval was switched on
    APPROVED_IN_FOLDER = "N11_FOLDER"  # R70: approval was switched off
    WITHDRAWN = "WITHDRAWN"  # T21
    HELD_BY_POLICY = "N14"
    USE_REFERRED = "N15"
    USE_RECEIPT = "N15_RECEIPT"
    USE_OVERDUE = "N15_OVERDUE"
    USE_REPEATED = "USE_REPEATED"  # R91
    USE_SUSPENDED = "USE_SUSPENDED"  # R91
    USE_SUSPENSION_ENDED = "USE_SUSPENSION_ENDED"  # R91
    UNDECLARED = "N16"
    HELD = "N17"
    HOLD_RELEASED = "N18"
    REMOVAL_DECIDED = "N19"
    REMOVAL_SOON = "N19_SOON"  # seven days before
    REMOVED_BY_POLICY = "N19_REMOVED"
    APPEAL_ANSWERED = "N19_APPEAL"
    TAKEDOWN_DECIDED = "N19_TAKEDOWN"  # R197
    TAKEDOWN_SOON = "N19_TAKEDOWN_SOON"  # seven days before
    TAKEN_DOWN = "N19_TAKEN_DOWN"
    ORIGINAL_IN_BIN = "ORIGINAL_IN_BIN"  # R140
    ORIGINAL_IN_RUN = "ORIGINAL_IN_RUN"  # R140: a deletion run takes it
    SAVED_ANEW = "SAVED_ANEW"  # R103
    SAVING_FAILED = "SAVING_FAILED"  # R103
    CAPTIONS_READY = "N29"
    CAPTIONS_FAILED = "N29_FAILED"
    STAFF_ACCESS_GRANTED = "N20"
    STAFF_ACCESS_ENDED = "N21"
    STAFF_ACCESS_ASKED = "STAFF_ACCESS_ASKED"  # R144: a second person gives it
    ACCESS_REQUESTED = "N22"
    ACCESS_REQUEST_ANSWERED = "N23"
    FOLDER_LEFT = "FOLDER_LEFT"  # R40: it has no active Creator any more, nor a contact
    ITEM_DELETED = "N35"
    OWNER_CHANGED = "N36"
    ROLE_REVIEW_DUE = "N46"
    TERMS_CHANGED = "N47"
    WILL_BE_ARCHIVED = "N30"
    WAS_ARCHIVED = "N31"
    NOT_ARCHIVED = "NOT_ARCHIVED"  # R117: what somebody wanted archived by hand stays live
    RESTORE_STARTED = "N32"
    RESTORE_ASKED = "N32b"
    RESTORED = "N33"
    RESTORE_FAILED = "N34"
    RESTORE_LATE = "N34_LATE"  # R120: it takes longer than was promised
    WILL_BE_DELETED = "N37"
    WAS_DELETED = "N38"
    BIN_PURGES_SOON = "N39"
    RUN_ENDED = "N48"
    EXEMPTION_ENDING = "N52"
    SHARING_EXEMPTION_ENDING = "N52_SHARING"  # R33: the same of one from the cap of sharing
    EXEMPTION_ASKED = "EXEMPTION_ASKED"  # R128
    EXEMPTION_ANSWERED = "EXEMPTION_ANSWERED"  # R128
    METER_NOTICE = "N40"
    METER_WARNING = "N41"
    METER_OVER = "N42"
    METERS_DISAGREE = "N49"
    IMPORT_WAITS = "N50"
    CAPTURE_FINISHED = "CAPTURE_FINISHED"  # T10: by the product, or somebody else, with what had arrived
    CAPTURE_EMPTY = "CAPTURE_EMPTY"  # T10: nothing had
    ALLOCATION = "N51"
    LIMIT_EXCEPTION_ASKED = "LIMIT_EXCEPTION_ASKED"  # R108
    LIMIT_EXCEPTION_ANSWERED = "LIMIT_EXCEPTION_ANSWERED"  # R108
    ACCOUNT_INVITATION = "INVITATION"
    ROLE_GIVEN = "ROLE_GIVEN"  # R27
    ROLE_ENDED = "ROLE_ENDED"  # R27: downgraded with notice


class Topic(StrEnum):
    """How kinds are grouped for people."""

    RECORDINGS = "RECORDINGS"
    APPROVAL = "APPROVAL"
    ACCESS = "ACCESS"
    ACCOUNT = "ACCOUNT"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of ours that stands in a place of another one. It is kept as the source has it and put into the
    reader's language when it is read, as the wording around it; so are days and instants in it."""

    sentence: str
    values: Mapping[str, str | date] = field(default_factory=dict)


# What stands in a place: text as somebody wrote it, a sentence of ours, or several of both, one after another; or a day,
# or an instant (which is a day with a time), told as its reader's language and the site's time zone have it.
Value = str | date | Phrase | Sequence[str | Phrase]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind is told. Sentences are translatable, with `{places}`; a paragraph whose places are all empty is
    left out. A place may only stand where every caller can fill it.

    `when` says in the preferences when this is sent; `subject` is also the line in the list on the site;
    `digest` is the subject of several in one e-mail, with `{count}`; `button` says what the link does, and
    `other_button` what a second link does. Of a kind, `at_once` notices an hour to one person go singly (R229, R64).
    """

    topic: Topic
    when: str
    subject: str
    paragraphs: tuple[str, ...]
    way_on: str
    button: str
    digest: str
    is_must: bool
    example: Mapping[str, Value]
    other_button: str = ""
    at_once: int = 1


class MailChoice(StrEnum):
    """What somebody chose for the e-mails of a kind."""

    AT_ONCE = "AT_ONCE"
    DIGEST = "DIGEST"
    OFF = "OFF"


class MailWay(StrEnum):
    """Whether a notice goes by e-mail too; otherwise why it stands on the site only."""

    AT_ONCE = "AT_ONCE"
    DIGEST = "DIGEST"
    OFF = "OFF"  # the person chose so
    NO_ADDRESS = "NO_ADDRESS"
    UNREACHABLE = "UNREACHABLE"
    NO_SERVER = "NO_SERVER"
    CLOSED = "CLOSED"  # the account is


WAITING_WAYS = (MailWay.AT_ONCE, MailWay.DIGEST)


class LetterState(StrEnum):
    """Where an e-mail stands."""

    QUEUED = "QUEUED"  # to be sent at `due_at`, for the first time or again
    SENDING = "SENDING"  # a worker holds it
    SENT = "SENT"  # the mail server took it
    FAILED = "FAILED"  # given up
    UNREACHABLE = "UNREACHABLE"  # the address does not exist or does not take mail
    UNSURE = "UNSURE"  # the line or the worker died while the server was taking it; never sent again


class WrongNotice(Exception):
    """A notice was asked for with values that its wording does not have, or with a link that leaves the site."""
