"""Encode the edges of the latest cuts, write the playlists that use them, and show it to viewers at once in every
rendition (the job CUT_EDGES)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cathedra.actions import audio_description, captions, slides
from cathedra.actions.editing._cut import cut_rendition
from cathedra.actions.encoding import Outcome, Tools, poster_of, put_playlists, work_folder
from cathedra.adapters.object_store import ObjectNotFound
from cathedra.db.reads import content as reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import slides as slide_reads
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import content as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import playback
from cathedra.domain.terms import Actor, RecordingId, RecordingNotFound
from cathedra.domain.terms import gettext_noop as _

_FAILED = _(
    "The edges of these cuts could not be encoded, so viewers still have the version before. Save it once more."
)
_WAITING = _(
    "The edges of these cuts could not be encoded, so viewers wait: no other version may be shown to them. Save it once more, "
    "or without these cuts."
)


def show_edit(recording_id: RecordingId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """Make the latest version and show it. Killed anywhere, it ends the same when repeated: files first, then one
    transaction. A version that a later one has overtaken is never shown; renditions that come meanwhile are made too."""
    try:
        found = reads.editing_facts(recording_id)
    except RecordingNotFound:
        return Outcome.NOTHING_TO_DO
    if not found.latest or not found.is_playable or found.is_reference:
        return Outcome.NOTHING_TO_DO
    with work_folder(tools, f"edit-{recording_id}", attempt) as folder:
        while True:
            rows = encoding_reads.list_renditions(recording_id)
            done = _make(found, rows, tools, folder)
            with transaction():
                current = reads.editing_facts(recording_id, lock=True)
                if current.latest != found.latest or not current.is_playable:
                    return Outcome.LOST
                if encoding_reads.list_renditions(recording_id) == rows:
                    _apply(found, done, actor, now)
                    break
    audio_description.sweep_description(recording_id, tools.store)
    return Outcome.DONE


def _make(
    found: reads.EditingFacts, rows: list[encoding_reads.RenditionRow], tools: Tools, folder: Path
) -> dict[str, int]:
    """Every file that viewers of the version may ask for, and nothing of what is cut in any; how many segments it has,
    and how many of them were encoded. Without cuts it has none: viewers have those of the recording."""
    counts = {"segments": 0, "encoded": 0}
    if not found.edits.cuts:
        return counts
    prefix = playback.edited_prefix(found.latest)
    here = f"stream/{found.id}/{prefix}"
    kept = [(one.start_ms, one.end_ms) for one in found.edits.kept(found.duration_ms)]
    for row in rows:
        cut = cut_rendition(
            tools, found.id, row.name, version=found.latest, kept=kept, duration_ms=found.duration_ms, folder=folder
        )
        tools.store.put_file(f"{here}{cut.path.name}", cut.path)
        cut.path.unlink()
        tools.store.put_bytes(f"{here}{row.name}.m3u8", cut.playlist.encode())
        counts["segments"] += cut.segments
        counts["encoded"] += cut.encoded
    put_playlists(tools, found.id, rows, prefix=prefix)
    _put_storyboard(found, kept, prefix, tools, folder)
    _put_poster(found, rows, prefix, tools, folder)
    captions.put_files(found.id, found.edits, prefix=prefix, store=tools.store)
    _put_slides(found, prefix, tools, folder)
    return counts


@dataclass(frozen=True, slots=True)
class _Camera:
    """Takes a picture of a rendition, as slides want it."""

    tools: Tools
    folder: Path
    shown: tuple[int, int]

    def take(self, rendition: Path, to: Path, *, at_ms: int) -> bool:
        (self.folder / "poster.jpg").unlink(missing_ok=True)  # of another slide
        at_seconds = at_ms / 1000
        made = poster_of(self.tools, rendition, self.folder, at_seconds=at_seconds, shown=self.shown, is_exact=True)
        if made:
            made.replace(to)
        return made is not None


def _put_slides(found: reads.EditingFacts, prefix: str, tools: Tools, folder: Path) -> None:
    about = slide_reads.facts(found.id)
    screen = about.screen if about else None
    camera = _Camera(tools, folder, (screen.width, screen.height) if screen else (1, 1))
    slides.put_pictures(found.id, found.edits, prefix=prefix, store=tools.store, take=camera.take, folder=folder)


def _put_storyboard(
    found: reads.EditingFacts, kept: list[tuple[int, int]], prefix: str, tools: Tools, folder: Path
) -> None:
    try:
        with tools.store.local_copy(f"stream/{found.id}/storyboard.vtt") as path:
            text = path.read_text()
    except ObjectNotFound:
        return
    for sheet, hidden in playback.hidden_tiles(text, kept).items():
        with tools.store.local_copy(f"stream/{found.id}/{sheet}") as path:
            shown = tools.renderer.paint_over(path.absolute(), hidden, folder) if hidden else path
            tools.store.put_file(f"stream/{found.id}/{prefix}{sheet}", shown)
    edited = playback.edited_storyboard(text, kept)
    tools.store.put_bytes(f"stream/{found.id}/{prefix}storyboard.vtt", edited.encode())


def _put_poster(
    found: reads.EditingFacts, rows: list[encoding_reads.RenditionRow], prefix: str, tools: Tools, folder: Path
) -> None:
    """The picture that stands for it is one that is kept."""
    pictures = [row for row in rows if row.height and row.role == "PRIMARY"]
    if not pictures:
        return
    lasts = found.edits.length_ms(found.duration_ms)
    at_ms = found.edits.original(playback.poster_at(lasts))
    best = max(pictures, key=lambda row: row.height)
    with tools.store.local_copy(f"stream/{found.id}/{best.name}.mp4") as path:
        made = poster_of(
            tools,
            path.absolute(),
            folder,
            at_seconds=at_ms / 1000,
            shown=(best.width, best.height),
            is_exact=True,
        )
    if made:
        tools.store.put_file(f"stream/{found.id}/{prefix}poster.jpg", made)


def _apply(found: reads.EditingFacts, counts: dict[str, int], actor: Actor, now: datetime) -> None:
    edited_ms = found.edits.length_ms(found.duration_ms) if found.edits.cuts else None
    if writes.show_edit(found.id, found.latest, form=playback.EDITED_FORM, edited_ms=edited_ms, now=now):
        search.touch(found.id)
        jobs.enqueue([captions.files_job(found.id)])  # captions may have changed while the files were made
        told = {"version": found.latest, **counts}
        audit.record(actor, "recording:show_edit", target_kind="recording", target_id=found.id, now=now, facts=told)


def abandon_edit(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """The last attempt failed: say so to its editor; viewers keep what they have, or wait where they must have no other."""
    with transaction():
        try:
            found = reads.editing_facts(recording_id, lock=True)
        except RecordingNotFound:
            return False
        is_awaited = (
            reads.edits_of_version(found.id, found.latest) is not None
        )  # of what was paused (R162), of a restore
        sentence = _WAITING if is_awaited else _FAILED
        if not writes.set_problem(found.id, found.latest, sentence):
            return False
        told = {"version": found.latest, "sentence": sentence}
        audit.record(actor, "recording:cut_failed", target_kind="recording", target_id=found.id, now=now, facts=told)
    return True
