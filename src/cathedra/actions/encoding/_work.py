"""What every step of processing shares: its tools, its claim on the source, its work folder, its progress."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cathedra.adapters.ffmpeg import Edge, Heard, OnProgress, Output, Scene, Source, Waveform
from cathedra.adapters.object_store import ObjectStore
from cathedra.adapters.spool import Spool
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.encoding import Ladder, Limits, Plan, Probe, VideoPlan
from cathedra.domain.terms import Actor, RecordingId, SourceId, UnableTo

_OLD = timedelta(hours=1)


class Outcome(StrEnum):
    """How a step ended, for the log."""

    DONE = "DONE"
    NOTHING_TO_DO = "NOTHING_TO_DO"
    REFUSED = "REFUSED"
    LOST = "LOST"  # another attempt took over


class Prober(Protocol):
    """Looks into files (adapters.probe)."""

    def probe(self, path: Path, *, limits: Limits) -> Probe: ...


class Renderer(Protocol):
    """Makes renditions and stills (adapters.ffmpeg)."""

    def make_first(
        self, source: Source, plan: Plan, folder: Path, *, is_screen: bool, on_progress: OnProgress | None = None
    ) -> list[Output]: ...

    def make_rest(
        self,
        source: Source,
        plan: Plan,
        videos: Sequence[VideoPlan],
        folder: Path,
        *,
        is_screen: bool,
        on_progress: OnProgress | None = None,
    ) -> tuple[list[Output], list[Scene], Waveform | None]: ...

    def make_poster(
        self, rendition: Path, folder: Path, *, at_seconds: float, size: tuple[int, int], is_exact: bool = False
    ) -> Path | None: ...

    def paint_over(self, sheet: Path, boxes: Sequence[tuple[int, int, int, int]], folder: Path) -> Path: ...

    def make_picture_edge(
        self, around: Path, codecs: str, *, begins: int, ends: int, units: int, folder: Path, name: str
    ) -> Edge: ...

    def make_sound_edge(
        self,
        around: Sequence[tuple[Path | None, int, int]],
        parts: Sequence[Heard],
        *,
        before: int,
        lasts: int,
        folder: Path,
        name: str,
    ) -> Edge: ...

    def make_storyboard(
        self, rendition: Path, folder: Path, *, every: int, size: tuple[int, int], columns: int, rows: int
    ) -> list[Path]: ...

    def join(self, tracks: Sequence[Sequence[tuple[Path, float]]], folder: Path) -> Path: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything outside that processing uses; built by `wiring`, never chosen here."""

    store: ObjectStore
    spool: Spool
    prober: Prober
    renderer: Renderer
    ladder: Ladder
    work_dir: Path
    max_hours: int


def claim(facts: reads.SourceFacts, attempt: UUID) -> bool:
    """Take the source's processing over from whoever had it."""
    with transaction():
        return writes.claim_attempt(facts.id, expected=facts.attempt, attempt=attempt)


@contextmanager
def work_folder(tools: Tools, work: str, attempt: UUID) -> Iterator[Path]:
    """A folder of our own; what earlier attempts at this work left behind goes first, ours goes at the end. `work` names
    what is done to what: others may work on the same recording at the same time."""
    for stale in tools.work_dir.glob(f"{work}.*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = tools.work_dir.absolute() / f"{work}.{attempt}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def original(tools: Tools, facts: reads.SourceFacts) -> Iterator[Path]:
    """The file as it came: still in the spool, or already in the object store. Raises UnableTo when it is in neither."""
    path = tools.spool.path(facts.id)
    if not facts.object_key and path.exists():
        yield path.absolute()
        return
    key = facts.object_key or original_key(facts)
    if not tools.store.exists(key):
        raise UnableTo("The original file is neither in the spool nor in the object store.")
    with tools.store.local_copy(key) as copy:
        yield copy.absolute()


def original_key(facts: reads.SourceFacts) -> str:
    """Where the object store keeps an original."""
    return f"originals/{facts.recording_id}/{facts.id}"


def stream_key(recording_id: RecordingId, name: str) -> str:
    """Where the object store keeps a file that may be played."""
    return f"stream/{recording_id}/{name}"


def teller(source_id: SourceId, attempt: UUID, stage: str) -> Callable[[float, float], None]:
    """Writes progress into the recording's row; stops the work when another attempt took over."""

    def tell(share: float, seconds_left: float) -> None:
        estimate = round(seconds_left) if seconds_left else None
        with transaction():
            still_ours = writes.set_stage(
                source_id, attempt=attempt, stage=stage, percent=round(share * 100), estimate_s=estimate
            )
        if not still_ours:
            raise AttemptLost(str(source_id))

    return tell


class AttemptLost(Exception):
    """Another attempt holds the source now; what we made is worth nothing."""


def begin(facts: reads.SourceFacts, attempt: UUID, stage: str, now: datetime) -> None:
    """Say what is being done. Raises AttemptLost."""
    with transaction():
        if not writes.begin_stage(facts.id, attempt=attempt, stage=stage, now=now):
            raise AttemptLost(str(facts.id))


def locked(source_id: SourceId, attempt: UUID) -> reads.SourceFacts:
    """Inside a transaction: facts with the recording's row held. Raises AttemptLost."""
    facts = reads.source_facts(source_id, lock=True, even_set_aside=True)  # whoever worked on one has lost it
    if facts.attempt != attempt:
        raise AttemptLost(str(facts.id))
    return facts


def sweep_work_folders(*, actor: Actor, now: datetime, work_dir: Path) -> int:
    """Remove what dead attempts left in the work folder: nobody's, and an hour old. Returns how many."""
    old = [path for path in _folders(work_dir) if path.stat().st_mtime < (now - _OLD).timestamp()]
    owned = {path: _owner(path) for path in old}
    current = reads.list_current_attempts([owner[0] for owner in owned.values() if owner])
    count = 0
    for path, owner in owned.items():
        if owner and current.get(owner[0]) == owner[1]:
            continue
        shutil.rmtree(path, ignore_errors=True)
        count += 1
    if count:
        with transaction():
            audit.record(actor, "work:sweep", target_kind="work", target_id="", now=now, facts={"folders": count})
    return count


def _folders(work_dir: Path) -> list[Path]:
    return [path for path in work_dir.iterdir() if path.is_dir()] if work_dir.is_dir() else []


def _owner(path: Path) -> tuple[UUID, UUID] | None:
    source, _, attempt = path.name.partition(".")
    with contextlib.suppress(ValueError):
        return UUID(source), UUID(attempt)
    return None
