"""One file of what viewers have of an edited recording, for who may download it (R204; the job JOIN_EDITED)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cathedra.actions.encoding import Outcome, Tools, work_folder
from cathedra.db.reads import content as reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.writes import audit
from cathedra.db.writes import content as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import playback
from cathedra.domain.encoding import StreamRole
from cathedra.domain.terms import Actor, RecordingId

_RANGE = re.compile(r"(\d+)@(\d+)")


@dataclass(slots=True)
class _Stretch:
    """Bytes that follow each other under one header."""

    file_name: str
    header_bytes: int
    header_offset: int
    spans: list[tuple[int, int]] = field(default_factory=list)  # offset, length
    lasts: float = 0.0


def join_edited(recording_id: RecordingId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """The best picture of each stream and the first sound, not a sample encoded again. Killed anywhere, it ends the same
    when repeated; of a version that another has replaced nothing is kept."""
    found = reads.shown_edit(recording_id)
    if found is None or not found.edits.cuts or not found.is_made or found.file_key:
        return Outcome.NOTHING_TO_DO
    prefix = playback.edited_prefix(found.version)
    names = [row.name for row in _chosen(encoding_reads.list_renditions(recording_id))]
    with work_folder(tools, f"file-{recording_id}", attempt) as folder:
        tracks = [track(tools, f"stream/{recording_id}/{prefix}", f"{name}.m3u8", folder) for name in names]
        path = tools.renderer.join(tracks, folder)
        key, size_bytes = f"originals/{recording_id}/edited-{found.version}", path.stat().st_size
        tools.store.put_file(key, path)
    with transaction():
        reads.editing_facts(recording_id, lock=True)
        if not writes.set_file(recording_id, found.version, key=key, size_bytes=size_bytes):
            return Outcome.LOST
        told = {"version": found.version, "size_bytes": size_bytes}
        audit.record(
            actor, "recording:join_edited", target_kind="recording", target_id=recording_id, now=now, facts=told
        )
    return Outcome.DONE


def _chosen(rows: list[encoding_reads.RenditionRow]) -> list[encoding_reads.RenditionRow]:
    best = best_pictures(rows)
    sounds = [row for row in rows if not row.height and not row.is_description]
    return [*(best[role] for role in sorted(best)), *sounds[:1]]


def best_pictures(rows: list[encoding_reads.RenditionRow]) -> dict[StreamRole, encoding_reads.RenditionRow]:
    """The largest rendition of each picture, by what it is."""
    return {row.role: row for row in sorted(rows, key=lambda one: one.height) if row.height}


def track(tools: Tools, here: str, playlist: str, folder: Path) -> list[tuple[Path, float]]:
    """Files that follow each other, and for how long each counts: of an edited playlist. None where nothing of the
    rendition is kept."""
    with tools.store.local_copy(f"{here}{playlist}") as path:
        stretches = _stretches(path.read_text())
    files = []
    for number, stretch in enumerate(stretches):
        target = folder / f"{playlist.partition('.')[0]}-{number}.mp4"
        with tools.store.local_copy(f"{here}{stretch.file_name}") as path:
            _copy(path, target, [(stretch.header_offset, stretch.header_bytes), *stretch.spans])
        files.append((target, stretch.lasts))
    return files


def _stretches(playlist: str) -> list[_Stretch]:
    """A playlist of ours, read back."""
    found: list[_Stretch] = []
    lasts, offset, length = 0.0, 0, 0
    for line in playlist.splitlines():
        numbers = _RANGE.search(line)
        if line.startswith("#EXT-X-MAP") and numbers:
            file_name = line.split('"')[1].partition("?")[0]
            found.append(_Stretch(file_name, int(numbers[1]), int(numbers[2])))
        elif line.startswith("#EXTINF:"):
            lasts = float(line[len("#EXTINF:") : -1])
        elif line.startswith("#EXT-X-BYTERANGE") and numbers:
            length, offset = int(numbers[1]), int(numbers[2])
        elif line and not line.startswith("#"):
            found[-1].spans.append((offset, length))
            found[-1].lasts += lasts
    return found


def _copy(source: Path, target: Path, spans: list[tuple[int, int]]) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        for offset, length in spans:
            read.seek(offset)
            left = length
            while left and (data := read.read(min(left, 1024 * 1024))):
                write.write(data)
                left -= len(data)
