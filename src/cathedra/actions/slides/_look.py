"""Look for the slides of a recording, take a picture of each and read what is written on it."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cathedra.adapters.deck import DeckFile
from cathedra.adapters.object_store import ObjectNotFound, ObjectStore
from cathedra.adapters.ocr import Reader
from cathedra.db.reads.slides import Screen
from cathedra.db.writes.slides import NewSlide
from cathedra.domain.encoding.slides import Shot, snap
from cathedra.domain.library import NOTHING_READ, Reading, read_slide
from cathedra.domain.terms import RecordingId

_FOUND, _TAKEN = 0.45, 0.6  # share of the work when slides are found, when their pictures are taken
_MOST = 2000

Tell = Callable[[float], None]


class Camera(Protocol):
    """Looks at renditions (adapters.slides)."""

    def find_slides(
        self, rendition: Path, *, size: tuple[int, int], duration_ms: int, on_progress: Tell
    ) -> list[Shot]: ...

    def take_picture(self, rendition: Path, to: Path, *, at_ms: int) -> bool: ...


class DeckReader(Protocol):
    """Reads decks (adapters.deck)."""

    def read(self, path: Path) -> DeckFile: ...


@dataclass(frozen=True, slots=True)
class SlideTools:
    """Everything outside that looking at slides uses; built by `wiring`. Without a `reader` slides have no words."""

    store: ObjectStore
    camera: Camera
    reader: Reader | None
    decks: DeckReader
    work_dir: Path


def look(recording_id: RecordingId, screen: Screen, *, attempt: UUID, tools: SlideTools, tell: Tell) -> list[NewSlide]:
    """The slides of a screen, their pictures in the store."""
    with tools.store.local_copy(stream_key(recording_id, f"{screen.smallest}.mp4")) as path:
        shots = tools.camera.find_slides(
            path.absolute(),
            size=(screen.width, screen.height),
            duration_ms=screen.duration_ms,
            on_progress=lambda share: tell(share * _FOUND),
        )[:_MOST]
    if screen.is_first:
        shots = list(snap(shots, _scenes(recording_id, tools)))
    with work_folder(recording_id, attempt, tools) as folder:
        pictures = _take(recording_id, screen, shots, folder, tools, tell)
        readings = _read([picture for _, picture in pictures], tools, tell)
        made = []
        for number, ((shot, picture), reading) in enumerate(zip(pictures, readings, strict=True)):
            image = _name(number + 1, picture)
            tools.store.put_file(stream_key(recording_id, image), picture)
            made.append(
                NewSlide(
                    start_ms=shot.start_ms + screen.offset_ms,
                    end_ms=shot.end_ms + screen.offset_ms,
                    image=image,
                    text=reading.text,
                    title=reading.title,
                    confidence=reading.confidence,
                )
            )
    return made


def stream_key(recording_id: RecordingId, name: str) -> str:
    """Where the object store keeps a file that may be played."""
    return f"stream/{recording_id}/{name}"


def sweep_pictures(recording_id: RecordingId, kept: Sequence[str], tools: SlideTools) -> None:
    """Remove what earlier attempts left."""
    prefix = stream_key(recording_id, "")
    for key in sorted(tools.store.list_keys(prefix)):
        name = key.removeprefix(prefix)
        if name.startswith("slide-") and name not in kept:
            tools.store.delete(key)


def _name(number: int, picture: Path) -> str:
    """As its content: what another attempt made is the same or has another name, and nobody guesses that of a slide which
    is cut out."""
    with picture.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"slide-{number}-{digest[:12]}.jpg"


def _scenes(recording_id: RecordingId, tools: SlideTools) -> list[tuple[int, float]]:
    """The scene scores that encoding left, if it is that far."""
    try:
        with tools.store.local_copy(stream_key(recording_id, "scenes.json")) as path:
            told = json.loads(path.read_text())
    except ObjectNotFound:
        return []
    return [(int(scene["at_ms"]), float(scene["score"])) for scene in told["scenes"]]


def _take(
    recording_id: RecordingId, screen: Screen, shots: Sequence[Shot], folder: Path, tools: SlideTools, tell: Tell
) -> list[tuple[Shot, Path]]:
    taken = []
    with tools.store.local_copy(stream_key(recording_id, f"{screen.tallest}.mp4")) as path:
        for number, shot in enumerate(shots):
            picture = folder / f"{number}.jpg"
            if tools.camera.take_picture(path.absolute(), picture, at_ms=shot.picture_ms):
                taken.append((shot, picture))
            tell(_FOUND + (_TAKEN - _FOUND) * (number + 1) / len(shots))
    return taken


def _read(pictures: Sequence[Path], tools: SlideTools, tell: Tell) -> list[Reading]:
    if tools.reader is None or not pictures:
        return [NOTHING_READ] * len(pictures)
    pages = tools.reader.read(pictures, on_read=lambda done: tell(_TAKEN + (1 - _TAKEN) * done / len(pictures)))
    return [read_slide(page.lines, width=page.width, height=page.height) for page in pages]


@contextmanager
def work_folder(recording_id: RecordingId, attempt: UUID, tools: SlideTools) -> Iterator[Path]:
    """A folder of our own; what earlier attempts at this left behind goes first, ours goes at the end. An edit of the
    recording may be made at the same time, in another."""
    for stale in tools.work_dir.glob(f"slides-{recording_id}.*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = tools.work_dir.absolute() / f"slides-{recording_id}.{attempt}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
