"""What can be asked to happen later: the kinds of job, as words that `actions` enqueue and `worker` knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from uuid import UUID


class JobKind(StrEnum):
    """What can be asked to happen later. `worker/` holds exactly one handler for each."""

    PROBE_SOURCE = "PROBE_SOURCE"
    PACKAGE_SOURCE = "PACKAGE_SOURCE"
    ENCODE_LADDER = "ENCODE_LADDER"
    MEND_LADDERS = "MEND_LADDERS"
    STORE_ORIGINAL = "STORE_ORIGINAL"
    DROP_SOURCE = "DROP_SOURCE"
    EXPIRE_UPLOADS = "EXPIRE_UPLOADS"
    SWEEP_STRAY_FILES = "SWEEP_STRAY_FILES"
    TEND_INTAKE = "TEND_INTAKE"
    FINISH_CAPTURES = "FINISH_CAPTURES"
    TEND_MISSED = "TEND_MISSED"
    CHECK_SCHEDULES = "CHECK_SCHEDULES"
    WORK_TIMETABLE = "WORK_TIMETABLE"
    TEND_TIMETABLE = "TEND_TIMETABLE"
    WATCH_RECORDERS = "WATCH_RECORDERS"
    SWEEP_WORK_FOLDERS = "SWEEP_WORK_FOLDERS"
    REVIEW_SYSTEM_ROLES = "REVIEW_SYSTEM_ROLES"
    REMIND_PUBLISHERS = "REMIND_PUBLISHERS"
    COPY_MEDIA = "COPY_MEDIA"
    MAKE_COPY_FULL = "MAKE_COPY_FULL"
    WARN_OF_EXEMPTIONS = "WARN_OF_EXEMPTIONS"
    TEND_GRANTS = "TEND_GRANTS"
    RETRY_STALLED_JOBS = "RETRY_STALLED_JOBS"
    SEND_NOTICES = "SEND_NOTICES"
    READ_BOUNCES = "READ_BOUNCES"
    PROVE_METERS = "PROVE_METERS"
    WATCH_METERS = "WATCH_METERS"
    ARCHIVE_RECORDING = "ARCHIVE_RECORDING"
    RESTORE_MEDIA = "RESTORE_MEDIA"
    TEND_RETENTION = "TEND_RETENTION"
    TEND_BINS = "TEND_BINS"
    TRY_RETENTION = "TRY_RETENTION"
    TEND_USE_CASES = "TEND_USE_CASES"
    CUT_EDGES = "CUT_EDGES"
    SWEEP_EDGES = "SWEEP_EDGES"
    MEND_EDITS = "MEND_EDITS"
    JOIN_EDITED = "JOIN_EDITED"
    SAVE_ANEW = "SAVE_ANEW"
    CLEAR_SAVING = "CLEAR_SAVING"
    TRANSCRIBE = "TRANSCRIBE"
    WRITE_CAPTIONS = "WRITE_CAPTIONS"
    CATCH_UP_CAPTIONS = "CATCH_UP_CAPTIONS"
    READ_SLIDES = "READ_SLIDES"
    PREPARE_DESCRIPTION = "PREPARE_DESCRIPTION"
    INDEX_RECORDING = "INDEX_RECORDING"
    MEND_INDEX = "MEND_INDEX"
    RENEW_VIEW_FIGURES = "RENEW_VIEW_FIGURES"


class Queue(StrEnum):
    """Queues are named for what their jobs occupy."""

    CPU = "cpu"
    IO = "io"
    MAIL = "mail"
    SPEECH = "speech"


class Turn(IntEnum):
    """Whose turn it is with what takes a processor, the first last in this list (R60). Cutting is not in the rule: its
    editor waits for some seconds of work, which is done beside whatever has the processor now. The slides of a recording are read when nothing else waits."""

    SLIDES = 0
    RE_ENCODES = 1
    RESTORES = 2
    UPLOADS = 3
    CAPTURES = 4
    SUBMISSIONS = 5
    CAPTURES_OF_TODAY = 6
    EDITS = 7

    def priority(self, *, is_first: bool = False) -> int:
        """Of two jobs of one class, what somebody waits to watch is `is_first`."""
        return 10 * self + (5 if is_first else 0)


_ROOMS = frozenset({"scheduled", "adhoc_room", "webcast"})
_CAPTURED = _ROOMS | {"browser", "desktop", "mobile"}


def turn_of(origin: str, captured_on: date | None, *, is_submission: bool, is_restoring: bool, today: date) -> Turn:
    """The class of what is made of a recording (R60). `captured_on` and `today` are days of the site's calendar. No folder
    says here when an assignment is due, so every submission counts as one that is due soon: none may come too late.
    """
    if is_restoring:
        return Turn.RESTORES
    if origin in _ROOMS and captured_on == today:
        return Turn.CAPTURES_OF_TODAY
    if is_submission:
        return Turn.SUBMISSIONS
    return Turn.CAPTURES if origin in _CAPTURED else Turn.UPLOADS


@dataclass(frozen=True, slots=True)
class Job:
    """A job to enqueue with its cause. `arguments` are ids and plain values only; `lock` serialises equal locks. What takes
    a processor says whose `turn` it is in, and waits in a queue of that class."""

    kind: JobKind
    arguments: Mapping[str, str | int]
    queue: Queue = Queue.IO
    priority: int = 0
    lock: str | None = None
    queueing_lock: str | None = None
    turn: Turn | None = None

    @property
    def queue_name(self) -> str:
        """The queue, of a class where there are classes."""
        return self.queue.value if self.turn is None or self.queue is not Queue.CPU else turn_queue(self.turn)


def turn_queue(turn: Turn) -> str:
    """Where jobs of a class wait for a processor."""
    return f"{Queue.CPU.value}.{turn.name.lower()}"


def probe_source(source_id: UUID, recording_id: UUID, turn: Turn) -> Job:
    """Look into a file that has arrived (T13)."""
    return Job(
        JobKind.PROBE_SOURCE,
        {"source_id": str(source_id)},
        priority=turn.priority(is_first=True),
        lock=f"recording:{recording_id}",
    )


def encode_ladder(source_id: UUID, turn: Turn) -> Job:
    """Make everything of a file besides what already plays."""
    return Job(
        JobKind.ENCODE_LADDER,
        {"source_id": str(source_id)},
        queue=Queue.CPU,
        priority=turn.priority(),
        turn=turn,
        lock=f"source:{source_id}",
    )


def drop_source(source_id: UUID, recording_id: UUID) -> Job:
    """Remove the file of a source that is none any more (T18), after whatever is being done with it now."""
    told = {"source_id": str(source_id), "recording_id": str(recording_id)}
    return Job(JobKind.DROP_SOURCE, told, lock=f"source:{source_id}")


def cut_edges(recording_id: UUID, *, turn: Turn = Turn.EDITS) -> Job:
    """Make what viewers need of the latest version of an edited recording: somebody waits for it, unless it is made of
    what was made anew."""
    return Job(
        JobKind.CUT_EDGES,
        {"recording_id": str(recording_id)},
        queue=Queue.CPU,
        priority=turn.priority(is_first=True),
        turn=turn,
        lock=f"edges:{recording_id}",
    )


def join_edited(recording_id: UUID) -> Job:
    """Make one file of what viewers have of an edited recording: somebody wants to download it."""
    name = f"edited:{recording_id}"
    told = {"recording_id": str(recording_id)}
    return Job(JobKind.JOIN_EDITED, told, queue=Queue.IO, lock=name, queueing_lock=name)


def prepare_description(recording_id: UUID) -> Job:
    """Make an audio description ready to be heard: after what is not there to be watched at all (R60)."""
    name = f"description:{recording_id}"
    return Job(
        JobKind.PREPARE_DESCRIPTION,
        {"recording_id": str(recording_id)},
        queue=Queue.CPU,
        priority=Turn.RE_ENCODES.priority(is_first=True),
        turn=Turn.RE_ENCODES,
        lock=name,
        queueing_lock=name,
    )


def settle_description(recording_id: UUID) -> Job:
    """Take an audio description that is none any more from the playlists: light work, which waits for no processor."""
    told, name = {"recording_id": str(recording_id)}, f"description:{recording_id}"
    return Job(JobKind.PREPARE_DESCRIPTION, told, queue=Queue.IO, lock=name, queueing_lock=f"{name}:settle")
