"""What a mail server's answer means, and when a letter is tried again (R229)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.notices._words import LetterState

# After the first attempt: five more over 48 hours.
RETRY_AFTER = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=48),
)
LEASE = timedelta(minutes=10)  # a worker that has held a letter for longer is dead; no conversation lasts so long
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Stage(StrEnum):
    """How far a conversation with a mail server came."""

    CONNECT = "CONNECT"  # greeting, TLS, sign-in: it is about us
    SENDER = "SENDER"
    RECIPIENT = "RECIPIENT"
    CONTENT = "CONTENT"  # the address was taken, the letter not yet given
    HANDED = "HANDED"  # every byte was given
    TAKEN = "TAKEN"


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """Where a conversation ended, and the server's words; `code` 0: the line died, or there was none."""

    stage: Stage
    code: int
    said: str


class Verdict(StrEnum):
    """What an answer means for the letter."""

    TAKEN = "TAKEN"
    AGAIN = "AGAIN"
    NEVER = "NEVER"
    UNREACHABLE = "UNREACHABLE"
    UNSURE = "UNSURE"


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a letter after an attempt; `due_at` only when it is tried again."""

    state: LetterState
    due_at: datetime | None = None

    @property
    def marks_address(self) -> bool:
        """The address takes no mail: nothing more is sent there."""
        return self.state is LetterState.UNREACHABLE


def judge(answer: MailAnswer) -> Verdict:
    """A refusal of the address for good makes it unreachable; of the letter (5.7: policy, spam) only ends the letter.

    What goes wrong before the server heard the address is about this installation, whatever its code, and is tried
    again. A line that dies after the last byte leaves open whether the letter was taken: it is not sent twice.
    """
    if answer.stage is Stage.TAKEN:
        return Verdict.TAKEN
    if answer.code == 0:
        return Verdict.UNSURE if answer.stage is Stage.HANDED else Verdict.AGAIN
    if answer.stage in (Stage.CONNECT, Stage.SENDER) or answer.code < 500:
        return Verdict.AGAIN
    kind = _ENHANCED.search(answer.said)
    if answer.stage is Stage.RECIPIENT:
        return Verdict.NEVER if kind and kind[2] == "7" else Verdict.UNREACHABLE
    return Verdict.UNREACHABLE if kind and kind[2] == "1" else Verdict.NEVER


def settle(verdict: Verdict, *, attempts: int, first_tried_at: datetime, now: datetime) -> Settled:
    """What becomes of the letter after so many attempts."""
    match verdict:
        case Verdict.TAKEN:
            return Settled(LetterState.SENT)
        case Verdict.UNREACHABLE:
            return Settled(LetterState.UNREACHABLE)
        case Verdict.NEVER:
            return Settled(LetterState.FAILED)
        case Verdict.UNSURE:
            return Settled(LetterState.UNSURE)
        case Verdict.AGAIN if attempts > len(RETRY_AFTER):
            return Settled(LetterState.FAILED)
        case Verdict.AGAIN:
            return Settled(LetterState.QUEUED, max(now, first_tried_at + RETRY_AFTER[attempts - 1]))


@dataclass(frozen=True, slots=True)
class Report:
    """A delivery report (RFC 3464) about a letter of ours: what became of it at its server."""

    message_ids: tuple[str, ...]
    action: str
    status: str
    diagnosis: str

    @property
    def is_final(self) -> bool:
        """Undeliverable for good; a delay or a temporary fault is not."""
        return self.action == "failed" and self.status.startswith("5")
