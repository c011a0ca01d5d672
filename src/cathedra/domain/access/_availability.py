"""From when until when a recording can be watched (R44 to R49). Every instant is in UTC already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.access._words import FolderEnd, FolderStart, RecordingEnd, RecordingStart


class Obstacle(StrEnum):
    """Why it cannot be watched now, in the order of R41."""

    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True)
class Availability:
    """The settings of a recording and, inheritance resolved, of its folder. `ready_at` counts for a delay only."""

    folder_start: FolderStart = FolderStart.IMMEDIATELY
    folder_starts_at: datetime | None = None
    folder_end: FolderEnd = FolderEnd.FOREVER
    folder_ends_at: datetime | None = None
    start: RecordingStart = RecordingStart.WITH_FOLDER
    starts_at: datetime | None = None
    end: RecordingEnd = RecordingEnd.WITH_FOLDER
    ends_at: datetime | None = None
    is_capture: bool = False
    ready_at: datetime | None = None
    release_delay_hours: int = 0

    @property
    def delays_captures(self) -> bool:
        """R49: a capture that follows its folder is available some hours after it is ready."""
        follows = self.start is RecordingStart.WITH_FOLDER
        return follows and self.is_capture and self.release_delay_hours > 0


@dataclass(frozen=True, slots=True)
class Window:
    """`[from_at, until_at)`; None is open. `is_never`: no instant opens it."""

    from_at: datetime | None = None
    until_at: datetime | None = None
    is_never: bool = False


def window(settings: Availability) -> Window:
    """The recording's own setting wins over the folder's, in both directions (R45)."""
    from_at, is_never = _from(settings)
    return Window(from_at, _until(settings), is_never)


def obstacle(settings: Availability, now: datetime) -> Obstacle | None:
    """What stands in the way now; None when nothing does. The start is inside, the end is not (R47)."""
    found = window(settings)
    if found.from_at is not None and now < found.from_at:
        return Obstacle.NOT_YET
    if found.until_at is not None and now >= found.until_at:
        return Obstacle.EXPIRED
    return Obstacle.NEVER if found.is_never else None


def _from(settings: Availability) -> tuple[datetime | None, bool]:
    match settings.start:
        case RecordingStart.NEVER:
            return None, True
        case RecordingStart.DATE:
            return settings.starts_at, False
        case RecordingStart.IMMEDIATELY:
            return None, False
        case RecordingStart.WITH_FOLDER:
            return _from_folder(settings)


def _from_folder(settings: Availability) -> tuple[datetime | None, bool]:
    """Approval itself is a state, decided before (R71); a scheduled capture waits out the delay (R49)."""
    if settings.folder_start is FolderStart.NEVER_UNLESS_SESSION:
        return None, True
    opens = settings.folder_starts_at if settings.folder_start is FolderStart.DATE else None
    if not (settings.delays_captures and settings.ready_at):
        return opens, False
    released = settings.ready_at + timedelta(hours=settings.release_delay_hours)
    return (max(opens, released) if opens else released), False


def _until(settings: Availability) -> datetime | None:
    match settings.end:
        case RecordingEnd.DATE:
            return settings.ends_at
        case RecordingEnd.FOREVER:
            return None
        case RecordingEnd.WITH_FOLDER:
            return settings.folder_ends_at if settings.folder_end is FolderEnd.DATE else None
