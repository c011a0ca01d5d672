"""The pictures of slides that viewers of an edited recording may ask for: nothing that is cut is to be seen on one."""

from pathlib import Path
from typing import Protocol

from cathedra.actions.slides._look import stream_key
from cathedra.adapters.object_store import ObjectNotFound, ObjectStore
from cathedra.db.reads import slides as reads
from cathedra.domain.library import Edits, Span
from cathedra.domain.terms import RecordingId

_BEFORE_CUT_MS = 200


class Take(Protocol):
    """Takes a picture of a rendition; False when there is none."""

    def __call__(self, rendition: Path, to: Path, *, at_ms: int) -> bool: ...


def put_pictures(
    recording_id: RecordingId, edits: Edits, *, prefix: str, store: ObjectStore, take: Take, folder: Path
) -> int:
    """Under the prefix of a version, by the names they have. A slide that is kept as a whole keeps its picture; of one
    that is cut in part another is taken, from what is left of it. Returns how many there are."""
    kept = edits.kept(reads.duration_of(recording_id))
    names = set()
    for slide in reads.list_slides(recording_id):
        left = [
            Span(max(one.start_ms, slide.start_ms), min(one.end_ms, slide.end_ms))
            for one in kept
            if one.start_ms < slide.end_ms and one.end_ms > slide.start_ms
        ]
        source = stream_key(recording_id, slide.image)
        if left == [Span(slide.start_ms, slide.end_ms)] and store.exists(source):
            with store.local_copy(source) as path:
                store.put_file(stream_key(recording_id, prefix + slide.image), path)
            names.add(prefix + slide.image)
        elif left and (made := _taken(recording_id, left[-1], take, store, folder)):
            store.put_file(stream_key(recording_id, prefix + slide.image), made)
            names.add(prefix + slide.image)
    here = stream_key(recording_id, "")
    for key in sorted(store.list_keys(here)):
        name = key.removeprefix(here)
        if name.startswith(f"{prefix}slide-") and name not in names:
            store.delete(key)
    return len(names)


def _taken(recording_id: RecordingId, left: Span, take: Take, store: ObjectStore, folder: Path) -> Path | None:
    facts = reads.facts(recording_id)
    if facts is None or facts.screen is None:
        return None
    at_ms = max(left.start_ms, left.end_ms - _BEFORE_CUT_MS) - facts.screen.offset_ms
    picture = folder / "slide.jpg"
    picture.unlink(missing_ok=True)
    try:
        with store.local_copy(stream_key(recording_id, f"{facts.screen.tallest}.mp4")) as path:
            return picture if take(path.absolute(), picture, at_ms=max(0, at_ms)) else None
    except ObjectNotFound:
        return None
