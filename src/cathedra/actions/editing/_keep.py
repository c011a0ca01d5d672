"""The files of a recording that is saved anew: what is kept of its original, joined, looked into, put where originals are
kept (R103; the job SAVE_ANEW)."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from cathedra.actions import saving
from cathedra.actions.editing._join import best_pictures, track
from cathedra.actions.encoding import Outcome, Tools, package_job, plan_for, work_folder
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import saving as reads
from cathedra.db.reads.encoding import RenditionRow
from cathedra.db.reads.saving import SavingRow
from cathedra.db.writes import audio_description as description_writes
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import publishing as publishing_writes
from cathedra.db.writes import saving as writes
from cathedra.db.writes.audio_description import NewDescription
from cathedra.db.writes.saving import NewFile
from cathedra.db.writes.transaction import transaction
from cathedra.domain import playback
from cathedra.domain.encoding import Plan, Probe, StreamRole
from cathedra.domain.terms import Actor, RecordingId, SourceId, UnableTo
from cathedra.domain.terms import gettext_noop as _

STAGE = _("Joining what is kept")
_NAME = "kept.mp4"
_EDITED = _("Other cuts were saved while the new recording was being made. Look at them, and save it anew once more.")


def keep_parts(recording_id: RecordingId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """The first step of a recording that is saved anew; the ordinary ones of processing follow, and then the last
    (`saving.finish_saving`), for which this is called again. Killed anywhere, it ends the same when repeated: files by names
    that do not change, then their rows and jobs in one transaction. Raises RunFailed, UnableTo."""
    found = reads.find_open(recording_id)
    if found is None:
        return Outcome.NOTHING_TO_DO
    if reads.is_begun(recording_id):
        is_done = saving.finish_saving(recording_id, actor=actor, now=now, store=tools.store)
        return Outcome.DONE if is_done else Outcome.NOTHING_TO_DO
    shown = content_reads.shown_edit(found.original_id)
    if shown is None or shown.version != found.version or not shown.is_made:
        with transaction():
            saving.fail(recording_id, _EDITED, actor=actor, now=now)
        return Outcome.REFUSED
    with transaction():
        publishing_writes.set_copying(recording_id, stage=STAGE, percent=0, now=now)
    with work_folder(tools, f"anew-{found.id}", attempt) as folder:
        files = _join(found, recording_id, folder, tools)
        described = _join_description(found, recording_id, folder, tools)
    return _apply(recording_id, files, described, actor=actor, now=now, tools=tools)


def _join(found: SavingRow, recording_id: RecordingId, folder: Path, tools: Tools) -> list[NewFile]:
    """One file of the first picture with every sound, one of the second."""
    here = f"stream/{found.original_id}/{playback.edited_prefix(found.version)}"
    files: list[NewFile] = []
    for rows in _grouped(encoding_reads.list_renditions(found.original_id)):
        tracks = [(row, track(tools, here, f"{row.name}.m3u8", folder)) for row in rows]
        kept = [(row, parts) for row, parts in tracks if parts]
        if kept:
            path = tools.renderer.join([parts for _, parts in kept], folder)
            files.append(_put(recording_id, len(files), path, [row for row, _ in kept], tools))
    if not files:
        raise UnableTo("Nothing is kept of any stream.")
    return files


def _join_description(found: SavingRow, recording_id: RecordingId, folder: Path, tools: Tools) -> NewDescription | None:
    """What is kept of the audio description, as the file that the new one's is made of (R212)."""
    described = description_reads.find(found.original_id)
    if described is None or not described.is_made:
        return None
    here = f"stream/{found.original_id}/{playback.edited_prefix(found.version)}"
    parts = track(tools, here, f"{described.name}.m3u8", folder)
    if not parts:
        return None
    path = tools.renderer.join([parts], folder)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key, size_bytes = f"originals/{recording_id}/described-{sha256[:32]}", path.stat().st_size
    tools.store.put_file(key, path)
    path.unlink()
    return NewDescription(described.language, described.original_name, key, size_bytes, sha256, described.added_by)


def _grouped(rows: list[RenditionRow]) -> list[list[RenditionRow]]:
    best = best_pictures(rows)
    first = [best[StreamRole.PRIMARY]] if StreamRole.PRIMARY in best else []
    second = [best[StreamRole.SECONDARY]] if StreamRole.SECONDARY in best else []
    return [
        group
        for group in ([*first, *(row for row in rows if not row.height and not row.is_description)], second)
        if group
    ]


def _put(recording_id: RecordingId, position: int, path: Path, rows: list[RenditionRow], tools: Tools) -> NewFile:
    """It is encoded, not copied: pictures at a cut have parameters of their own, and not every player takes those in the
    middle of a file."""
    probe = tools.prober.probe(path, limits=tools.ladder.limits)
    source_id = SourceId(uuid5(recording_id, str(position)))
    key = f"originals/{recording_id}/{source_id}"
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size_bytes = path.stat().st_size
    tools.store.put_file(key, path)
    path.unlink()  # the store may have it by the same bytes, and the next one is joined under its name
    said = replace(_named(probe, [row for row in rows if not row.height]), may_copy=False)
    return NewFile(source_id, key, size_bytes, sha256, said)


def _named(probe: Probe, rows: list[RenditionRow]) -> Probe:
    """Sounds are called as they were."""
    sounds = [
        replace(sound, language=row.language, title=row.label) for sound, row in zip(probe.sounds, rows, strict=False)
    ]
    return replace(probe, sounds=(*sounds, *probe.sounds[len(sounds) :]))


def _apply(
    recording_id: RecordingId,
    files: list[NewFile],
    described: NewDescription | None,
    *,
    actor: Actor,
    now: datetime,
    tools: Tools,
) -> Outcome:
    with transaction():
        held = reads.find_open(recording_id, lock=True)
        if held is None or not writes.add_files(recording_id, files, name=_NAME, now=now):
            return Outcome.LOST
        if described is not None:
            description_writes.put(recording_id, described, now=now)
        turn = encoding_reads.turn_of(recording_id, now=now)
        for file in files:
            facts = encoding_reads.source_facts(file.id)
            planned = plan_for(facts, file.probe, tools)
            if not isinstance(planned, Plan):
                saving.fail(recording_id, actor=actor, now=now, why=planned.note.sentence)
                return Outcome.REFUSED
            jobs.enqueue([package_job(facts, planned, turn)])
        told = {"original_id": str(held.original_id), "files": len(files)}
        audit.record(
            actor, "recording:keep_parts", target_kind="recording", target_id=recording_id, now=now, facts=told
        )
    return Outcome.DONE
