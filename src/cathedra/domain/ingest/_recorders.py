"""Recorders in rooms: how one is connected, when it may begin what was scheduled on it, when it counts as silent (R158 to
R164, T5, T7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.ingest._opening import POSITIONS
from cathedra.domain.ingest._schedules import Span
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

CODE_LASTS = timedelta(minutes=30)
EARLIEST = timedelta(minutes=30)  # before its start, whoever is in the room may have it begin (T5)
SCHEDULE_DAYS = 7  # R158
LOST_AFTER = timedelta(minutes=2)  # a heartbeat comes every half a minute
OVERDUE_AFTER = timedelta(minutes=5)  # R164, from the start
SILENT_AFTER = timedelta(minutes=10)  # R164, without a sound
ERROR_CHARACTERS = 250  # R158
MOST_ERRORS = 500  # of one recorder; older ones make place
_WAITS, _RUNS, _MISSED = "SCHEDULED", "RECORDING", "MISSED"  # of the library's states of media
_ARRIVED = ("RECEIVED", "PREPARING", "READY")


class RecorderState(StrEnum):
    """R158. The last two are not told by the recorder: they are what is seen of it here."""

    STOPPED = "stopped"
    PREVIEWING = "previewing"
    RECORDING = "recording"
    PAUSED = "paused"
    FAULTED = "faulted"
    DISCONNECTED = "disconnected"
    BLOCKED = "blocked"


TOLD_STATES = frozenset(RecorderState) - {RecorderState.DISCONNECTED, RecorderState.BLOCKED}


class ErrorSeverity(StrEnum):
    """How bad it is; of a fault the room's technicians are told (N43)."""

    INFO = "info"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """How a recorder is connected, and what was heard of it."""

    state: RecorderState
    is_connected: bool
    is_blocked: bool
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code that somebody types at a recorder. `configurer_stands`: whoever issued it has an open account and has
    accepted the terms of use (R14)."""

    expires_at: datetime
    is_blocked: bool
    is_retired: bool
    configurer_stands: bool


def decide_configure(*, may: bool, is_retired: bool) -> Decision:
    """May somebody connect, block and free a recorder? Those who look after its room, and who runs the service."""
    if not may:
        return deny(Code.NO_PERMISSION, "R158", _("There is nothing here, or you may not see it."))
    if is_retired:
        return deny(Code.CONFLICT, "R158", _("This recorder is not in use any more. Connect another one."))
    return permit()


def decide_connect(facts: CodeFacts | None, *, now: datetime) -> Decision:
    """May a recorder connect by this code? One that is unknown, used, over or blocked is told the same, so that nobody
    learns by trying which codes there were."""
    if facts is None or facts.is_blocked or facts.is_retired or facts.expires_at <= now:
        return deny(
            Code.NOT_FOUND,
            "R158",
            _("This code is not known, was used, or its half hour is over. Ask for a new one and type that."),
        )
    if not facts.configurer_stands:
        return deny(
            Code.CONFLICT,
            "R14",
            _("Whoever made this code has not accepted the terms of use. They sign in and accept, then connect again."),
        )
    return permit()


def seen_state(facts: ConnectionFacts, *, now: datetime) -> RecorderState:
    """R158: the state that people see: blocked, disconnected, or what it told last."""
    if facts.is_blocked:
        return RecorderState.BLOCKED
    is_lost = facts.heard_at is None or now - facts.heard_at > LOST_AFTER
    return RecorderState.DISCONNECTED if is_lost or not facts.is_connected else facts.state


def decide_state(state: RecorderState) -> Decision:
    """May a recorder tell this of itself?"""
    if state in TOLD_STATES:
        return permit()
    return deny(Code.BAD_REQUEST, "R158", _("A recorder does not tell this of itself. Send what it is doing."))


def begun_when(told: datetime, span: Span, *, now: datetime) -> datetime:
    """When it began, as the recorder says: its clock may be wrong and its word is not proved, so never in the future,
    never long before the start, never after the end. When it was heard of is kept apart, by our clock."""
    return max(span.starts_at - EARLIEST, min(told, now, span.ends_at))


def decide_begin(media: str, span: Span, *, has_begun: bool, in_the_way: bool, now: datetime) -> Decision:
    """T5, T7: may what is scheduled on a recorder begin, or be reported that was recorded without us? `has_begun`: a
    recorder did so before. `in_the_way`: something else is recorded there until after it would begin."""
    if has_begun and media in _ARRIVED:
        return permit()  # a second recorder's part may come later than the first one's (R159)
    if media not in (_WAITS, _RUNS, _MISSED):
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R54",
            _("This is not to be recorded any more. What the recorder holds stays there."),
        )
    if now < span.starts_at - EARLIEST:
        return deny(
            Code.ILLEGAL_TRANSITION, "T5", _("It is too early to begin. It can begin half an hour before its start.")
        )
    if in_the_way and media == _WAITS:
        return deny(Code.CONFLICT, "R153", _("Something else is still recorded here. It can begin after that."))
    return permit()


def places_for(files: int, *, keeps_primary: bool, taken: frozenset[int]) -> tuple[int, ...] | None:
    """Which files of the recording those of a recorder become: the first one only where it keeps the main picture (R151).
    None where there is no place for them."""
    free = [one for one in POSITIONS if one not in taken and (keeps_primary or one != 0)]
    return tuple(free[:files]) if 1 <= files <= len(free) else None


def parts_of(begun: frozenset[int], *, is_primary_due: bool) -> tuple[int, ...]:
    """Which files are waited for: those that have begun, and the main one where another recorder of the room keeps it."""
    return tuple(sorted(begun | ({0} if is_primary_due else frozenset())))


def no_place() -> Decision:
    """A recording holds two files."""
    return deny(
        Code.CONFLICT, "R6", _("This recording has its files already, or gets them from another recorder of the room.")
    )


def not_its_own() -> Decision:
    """A recorder knows of what is scheduled on it, and of nothing else (security class 29)."""
    return deny(Code.NOT_FOUND, "R158", _("Nothing like this is scheduled on this recorder. Fetch its schedule again."))


def recorder_shut_out() -> Decision:
    """It was blocked, or its token taken back, while it sent."""
    return deny(Code.SIGN_IN, "R158", _("This token is not good any more. Connect the recorder again."))


def untold_checksum() -> Decision:
    """R159: a file of a recorder is whole when its checksum is right; so that is told first."""
    return deny(Code.CONFLICT, "R159", _("Tell the checksum of this file first, when the recording stops."))


def wrong_checksum() -> Decision:
    """R159: what came is not what the recorder holds."""
    return deny(
        Code.CHECKSUM_MISMATCH,
        "R159",
        _("What has arrived is not what the recorder holds, by its checksum. Begin again and send the file anew."),
    )


def is_overdue(span: Span, heard_at: datetime | None, *, now: datetime) -> bool:
    """R164: five minutes after the start of what it is to record, nothing was heard of a recorder for as long."""
    is_due = span.starts_at + OVERDUE_AFTER <= now < span.ends_at
    return is_due and (heard_at is None or now - heard_at >= OVERDUE_AFTER)


def is_silent(silent_since: datetime | None, *, now: datetime) -> bool:
    """R164: it has recorded without a sound for ten minutes."""
    return silent_since is not None and now - silent_since >= SILENT_AFTER
