"""The shared words: identifiers, who acts, what was decided and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
GroupId = NewType("GroupId", UUID)
PrincipalId = NewType("PrincipalId", UUID)  # an account or a group, in one space
FolderId = NewType("FolderId", UUID)
RecordingId = NewType("RecordingId", UUID)
SourceId = NewType("SourceId", UUID)
StreamId = NewType("StreamId", UUID)
UploadId = NewType("UploadId", UUID)


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; the door that shows it translates it."""
    return sentence


class Channel(StrEnum):
    """The door somebody came through; audited with every change (R224)."""

    WEB = "WEB"
    EDGE = "EDGE"
    API = "API"
    CLI = "CLI"
    WORKER = "WORKER"
    RECORDER = "RECORDER"


@dataclass(frozen=True, slots=True)
class Device:
    """A recorder in a room, which acts as itself and as no person (R14). `name` is with that of its room."""

    recorder_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as a value: made by a door, understood by every floor below it."""

    account_id: AccountId | None
    channel: Channel
    address: str = ""
    correlation_id: str = ""
    device: Device | None = None

    @property
    def recorder_id(self) -> int | None:
        """The recorder's number, where it is one that acts."""
        return self.device.recorder_id if self.device else None

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None


def system_actor(correlation_id: str = "") -> Actor:
    """The product itself, acting through a job."""
    return Actor(account_id=None, channel=Channel.WORKER, correlation_id=correlation_id)


class Effect(StrEnum):
    """What a rule says: yes, no, or somebody has to look at it (R78)."""

    PERMIT = "PERMIT"
    DENY = "DENY"
    REFER = "REFER"


class Code(StrEnum):
    """Every refusal a person or a program can be given (R41, R108, R228)."""

    ALLOW = "ALLOW"
    SIGN_IN = "SIGN_IN"
    EULA_REQUIRED = "EULA_REQUIRED"
    AUP_REQUIRED = "AUP_REQUIRED"
    NOT_PERMITTED = "NOT_PERMITTED"
    NO_PERMISSION = "NO_PERMISSION"
    NOT_FOUND = "NOT_FOUND"
    GONE = "GONE"
    ORIGINAL_DELETED = "ORIGINAL_DELETED"
    RECYCLED = "RECYCLED"
    NOT_READY = "NOT_READY"
    HELD = "HELD"
    ARCHIVED = "ARCHIVED"
    RESTORING = "RESTORING"
    WAITING_APPROVAL = "WAITING_APPROVAL"
    REJECTED = "REJECTED"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    NEVER = "NEVER"
    PUBLISHER_NEEDED = "PUBLISHER_NEEDED"
    SIGHT_NEEDED = "SIGHT_NEEDED"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    TOO_LARGE = "TOO_LARGE"
    NO_SPACE = "NO_SPACE"
    LIMIT_REACHED = "LIMIT_REACHED"
    BAD_REQUEST = "BAD_REQUEST"
    CONFLICT = "CONFLICT"
    LOCKED = "LOCKED"
    CHECKSUM_MISMATCH = "CHECKSUM_MISMATCH"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code, the rule it comes from, and a translatable sentence; the door fills its `{name}` places from `values`."""

    code: Code
    rule: str
    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)


class Obligation(StrEnum):
    """What must also be done when a decision is carried out."""

    NOTIFY_OWNER = "NOTIFY_OWNER"
    RECORD_REASON = "RECORD_REASON"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule. An expected "no" is this value, never an exception."""

    effect: Effect
    reasons: tuple[Reason, ...] = ()
    obligations: tuple[Obligation, ...] = ()

    @property
    def is_permitted(self) -> bool:
        return self.effect is Effect.PERMIT

    @property
    def code(self) -> Code:
        """The first reason's code; ALLOW when permitted."""
        return Code.ALLOW if self.is_permitted or not self.reasons else self.reasons[0].code


def permit(*obligations: Obligation) -> Decision:
    """Yes."""
    return Decision(Effect.PERMIT, obligations=obligations)


def deny(code: Code, rule: str, sentence: str, **values: str) -> Decision:
    """No, with the rule and the sentence that explains it."""
    return Decision(Effect.DENY, reasons=(Reason(code, rule, sentence, values),))


class UnableTo(Exception):
    """Something outside failed in a way worth a sentence: a disk, a server, a tool."""


class NotFound(Exception):
    """A thing that was asked for by id is not there."""


class RecordingNotFound(NotFound):
    """No recording has this id."""


class FolderNotFound(NotFound):
    """No folder has this id."""


class UploadNotFound(NotFound):
    """No upload has this id, or it ended."""


class AccountNotFound(NotFound):
    """No account has this id or login name."""
