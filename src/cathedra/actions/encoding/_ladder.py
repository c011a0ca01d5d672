"""Make the rest of a recording from one decode: lower renditions, storyboard, slide changes, loudness."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cathedra.actions import saving
from cathedra.actions.encoding import _probe, _put
from cathedra.actions.encoding._work import (
    AttemptLost,
    Outcome,
    Tools,
    begin,
    claim,
    locked,
    original,
    stream_key,
    teller,
    work_folder,
)
from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import Output, Scene, Source, Waveform
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import encoding, playback
from cathedra.domain.encoding import Plan, VideoPlan
from cathedra.domain.jobs import Turn, cut_edges
from cathedra.domain.terms import Actor, SourceId
from cathedra.domain.terms import gettext_noop as _

STAGE = _("Making smaller versions")
_PEAKS_PER_SECOND = 10


def encode_ladder(source_id: SourceId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """Everything that the ladder asks for besides what already plays. May be killed and repeated: rows come last, in
    one transaction, and files without a row are written again before anybody is told of them."""
    try:
        facts = reads.source_facts(source_id)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    planned = _probe.plan_for(facts, facts.probe, tools) if facts.probe else None
    if not facts.is_packaged or not isinstance(planned, Plan):
        return Outcome.NOTHING_TO_DO
    if not claim(facts, attempt):
        return Outcome.LOST
    try:
        if not facts.is_encoded:
            begin(facts, attempt, STAGE, now)
            with work_folder(tools, str(facts.id), attempt) as folder:
                _make(facts, planned, folder, actor=actor, now=now, attempt=attempt, tools=tools)
        _put.refresh_playlists(tools, facts.recording_id)
        with transaction():
            if content_reads.is_cut(facts.recording_id):
                jobs.enqueue(
                    [cut_edges(facts.recording_id, turn=Turn.RE_ENCODES)]
                )  # the new renditions are cut like the others
            writes.end_stages(facts.id, attempt=attempt, now=now)
            writes.release_attempt(facts.id, attempt=attempt)
            saving.go_on(facts.recording_id)  # R103
    except AttemptLost:
        return Outcome.LOST
    return Outcome.DONE


def _make(
    facts: reads.SourceFacts,
    planned: Plan,
    folder: Path,
    *,
    actor: Actor,
    now: datetime,
    attempt: UUID,
    tools: Tools,
) -> None:
    there = {row.name for row in reads.list_renditions(facts.recording_id)}
    lower = encoding.lower_renditions(planned, tools.ladder, is_screen=facts.is_screen)
    videos = [video for video in lower if video.name not in there]
    with original(tools, facts) as path:
        source = Source(path, facts.probe.demuxer if facts.probe else "")
        outputs, scenes, waveform = tools.renderer.make_rest(
            source,
            planned,
            videos,
            folder,
            is_screen=facts.is_screen,
            on_progress=teller(facts.id, attempt, STAGE),
        )
    with transaction():
        locked(facts.id, attempt)
    made = [_put.put_output(tools, facts.recording_id, output, is_copy=False) for output in outputs]
    if facts.position == 0:
        _put_storyboard(facts, planned, outputs, folder, tools)
        _put_waveform(facts, waveform, tools)
    if facts.position == 0 or (facts.is_screen and not reads.has_screen(facts.recording_id, position=0)):
        _put_scenes(facts, scenes, tools)
    with transaction():
        locked(facts.id, attempt)
        writes.add_renditions(facts.recording_id, facts.id, made, now=now)
        writes.set_encoded(facts.id, facts.recording_id, now=now)
        told = {"source_id": str(facts.id), "renditions": [one.name for one in made]}
        audit.record(
            actor, "recording:encode", target_kind="recording", target_id=facts.recording_id, now=now, facts=told
        )


def _put_storyboard(facts: reads.SourceFacts, planned: Plan, outputs: list[Output], folder: Path, tools: Tools) -> None:
    """From the key frames of the smallest rendition that there is."""
    if planned.first is None:
        return
    if outputs:
        smallest = min(outputs, key=lambda output: output.file.header.height)
        _put_sheets(facts, planned.first, smallest.path, smallest.file, folder, tools)
        return
    with tools.store.local_copy(stream_key(facts.recording_id, f"{planned.first.name}.mp4")) as path:
        _put_sheets(facts, planned.first, path, fragments.read(path), folder, tools)


def _put_sheets(
    facts: reads.SourceFacts,
    shown: VideoPlan,
    path: Path,
    file: fragments.FragmentedFile,
    folder: Path,
    tools: Tools,
) -> None:
    times = [fragment.begins for fragment in file.fragments if fragment.is_key]
    tiling, tiles = playback.arrange(times, width=shown.width, height=shown.height)
    sheets = tools.renderer.make_storyboard(
        path,
        folder,
        every=tiling.every,
        size=(tiling.width, tiling.height),
        columns=tiling.columns,
        rows=tiling.rows,
    )
    if not sheets:
        return
    for sheet in sheets:
        tools.store.put_file(stream_key(facts.recording_id, sheet.name), sheet)
    reached = tuple(tile for tile in tiles if tile.sheet <= len(sheets))
    text = playback.storyboard_vtt(reached, tiling, ends=file.ends)
    tools.store.put_bytes(stream_key(facts.recording_id, "storyboard.vtt"), text.encode())


def _put_waveform(facts: reads.SourceFacts, waveform: Waveform | None, tools: Tools) -> None:
    if waveform is None:
        return
    content = {"peaks_per_second": _PEAKS_PER_SECOND, "peaks": waveform.peaks, "silences_ms": waveform.silences}
    _put_json(facts, "waveform.json", content, tools)


def _put_scenes(facts: reads.SourceFacts, scenes: list[Scene], tools: Tools) -> None:
    if scenes:
        content = {"scenes": [{"at_ms": scene.at_ms, "score": scene.score} for scene in scenes]}
        _put_json(facts, "scenes.json", content, tools)


def _put_json(facts: reads.SourceFacts, name: str, content: Mapping[str, object], tools: Tools) -> None:
    text = json.dumps(content, separators=(",", ":"))
    tools.store.put_bytes(stream_key(facts.recording_id, name), text.encode())
