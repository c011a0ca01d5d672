"""What we hold and where: kinds of folder and course, and the one state a person sees."""

from dataclasses import dataclass
from enum import StrEnum


class FolderKind(StrEnum):
    """R4."""

    COURSE = "course"
    PERSONAL = "personal"
    ASSIGNMENT = "assignment"
    DEPARTMENT = "department"
    GENERAL = "general"


class CourseKind(StrEnum):
    """R3."""

    AWARD = "award"
    EXECUTIVE_EDUCATION = "executive_education"
    SUMMER_SCHOOL = "summer_school"
    OTHER = "other"


class Origin(StrEnum):
    """Where a recording came from (R5)."""

    SCHEDULED = "scheduled"
    ADHOC_ROOM = "adhoc_room"
    BROWSER = "browser"
    DESKTOP = "desktop"
    MOBILE = "mobile"
    UPLOAD = "upload"
    IMPORT = "import"
    WEBCAST = "webcast"
    FULL_COPY = "full_copy"
    REFERENCE_COPY = "reference_copy"


class MediaState(StrEnum):
    """What has happened to the media; moved only along `MEDIA_MOVES`."""

    EMPTY = "EMPTY"
    SCHEDULED = "SCHEDULED"
    RECORDING = "RECORDING"
    RECEIVED = "RECEIVED"
    PREPARING = "PREPARING"
    READY = "READY"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    MISSED = "MISSED"


class Publication(StrEnum):
    """Whether the recording is offered to its audience."""

    DRAFT = "DRAFT"
    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"


class Keeping(StrEnum):
    """Which tier keeps it."""

    ONLINE = "ONLINE"
    ARCHIVED = "ARCHIVED"
    RESTORING = "RESTORING"
    RECYCLED = "RECYCLED"
    PURGED = "PURGED"


class State(StrEnum):
    """The one state of a recording that a person sees (R52)."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RECORDING = "recording"
    UPLOADED = "uploaded"
    PROCESSING = "processing"
    FAILED = "failed"
    WAITING = "waiting"
    REJECTED = "rejected"
    PUBLISHED = "published"
    HELD = "held"
    ARCHIVED = "archived"
    RESTORING = "restoring"
    RECYCLED = "recycled"
    PURGED = "purged"
    CANCELLED = "cancelled"
    MISSED = "missed"


# Every way the media state may move, by the row of R54 that allows it. None: there was no recording before.
MEDIA_MOVES: tuple[tuple[str, MediaState | None, MediaState], ...] = (
    ("T1", None, MediaState.EMPTY),
    ("T2", MediaState.EMPTY, MediaState.SCHEDULED),
    ("T3", MediaState.SCHEDULED, MediaState.SCHEDULED),
    ("T4", MediaState.SCHEDULED, MediaState.CANCELLED),
    ("T5", MediaState.SCHEDULED, MediaState.RECORDING),
    ("T6", MediaState.SCHEDULED, MediaState.MISSED),
    ("T7", MediaState.MISSED, MediaState.RECEIVED),
    ("T8", MediaState.EMPTY, MediaState.RECORDING),
    ("T9", MediaState.RECORDING, MediaState.RECORDING),
    ("T10", MediaState.RECORDING, MediaState.RECEIVED),
    ("T12", MediaState.EMPTY, MediaState.RECEIVED),
    ("T13", MediaState.RECEIVED, MediaState.PREPARING),
    ("T14-T16", MediaState.PREPARING, MediaState.READY),
    ("T17", MediaState.PREPARING, MediaState.FAILED),
    ("T18", MediaState.FAILED, MediaState.PREPARING),
)


def media_sources(to: MediaState) -> tuple[MediaState, ...]:
    """The states from which the media may move to `to`; every other move is refused (R52)."""
    return tuple(source for _, source, target in MEDIA_MOVES if target is to and source is not None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The four orthogonal facts from which the state is derived."""

    media: MediaState
    publication: Publication
    keeping: Keeping
    is_held: bool = False


_BEFORE_READY = {
    MediaState.EMPTY: State.DRAFT,
    MediaState.SCHEDULED: State.SCHEDULED,
    MediaState.RECORDING: State.RECORDING,
    MediaState.RECEIVED: State.UPLOADED,
    MediaState.PREPARING: State.PROCESSING,
    MediaState.FAILED: State.FAILED,
    MediaState.CANCELLED: State.CANCELLED,
    MediaState.MISSED: State.MISSED,
}
_AFTER_READY = {
    # READY and still a draft lasts only inside the transaction that publishes it (T14 to T16)
    Publication.DRAFT: State.PROCESSING,
    Publication.WAITING: State.WAITING,
    Publication.PUBLISHED: State.PUBLISHED,
    Publication.REJECTED: State.REJECTED,
}
# A hold opened during these steps takes effect at the end of the step (R55).
_HOLD_WAITS_FOR = {MediaState.RECORDING, MediaState.RECEIVED, MediaState.PREPARING}


def state_of(standing: Standing) -> State:
    """The state of R52: purged, restoring, held, recycled, archived, then media, then publication.

    A hold waits for the end of a recording, of processing and of a restore (R55); it shows on everything that T27
    names, the bin included.
    """
    if standing.keeping is Keeping.PURGED:
        return State.PURGED
    if standing.keeping is Keeping.RESTORING:
        return State.RESTORING
    if standing.is_held and not (standing.keeping is Keeping.ONLINE and standing.media in _HOLD_WAITS_FOR):
        return State.HELD
    if standing.keeping is Keeping.RECYCLED:
        return State.RECYCLED
    if standing.keeping is Keeping.ARCHIVED:
        return State.ARCHIVED
    if standing.media is MediaState.READY:
        return _AFTER_READY[standing.publication]
    return _BEFORE_READY[standing.media]


NAME_LIMIT = 200
DESCRIPTION_LIMIT = 5000


def clean_name(given: str) -> str:
    """A title or a folder's name as it is kept: one line, no control characters, at most `NAME_LIMIT` long."""
    return " ".join(_seen(given).split())[:NAME_LIMIT].rstrip()


def clean_description(given: str) -> str:
    """A description as it is kept: lines stay, other control characters go, at most `DESCRIPTION_LIMIT` long."""
    lines = given.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_seen(line).rstrip() for line in lines).strip()[:DESCRIPTION_LIMIT]


def _seen(given: str) -> str:
    """Only what can be seen; the joiners stay, which some scripts and faces need."""
    return "".join(one if one.isprintable() or one in "\u200c\u200d" else " " for one in given)
