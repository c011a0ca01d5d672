"""Make a source playable as soon as can be: copied where its own bits play, else one small rendition."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from cathedra.actions import captions as captions_actions
from cathedra.actions import metering as metering_actions
from cathedra.actions import policy as policy_actions
from cathedra.actions import publishing as publishing_actions
from cathedra.actions import retention as retention_actions
from cathedra.actions import slides as slides_actions
from cathedra.actions.encoding import _again, _fail, _pauses, _probe, _put, _tell
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
from cathedra.adapters.ffmpeg import Output, RunFailed, Source
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import encoding as reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import saving as saving_reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import content as content_writes
from cathedra.db.writes import encoding as writes
from cathedra.db.writes import publishing as publishing_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import encoding, metering, playback, publishing
from cathedra.domain.encoding import Plan, RenditionKind, SoundPlan, StreamRole
from cathedra.domain.jobs import Turn, cut_edges, encode_ladder, prepare_description
from cathedra.domain.library import MediaState
from cathedra.domain.metering import Cause
from cathedra.domain.terms import Actor, SourceId
from cathedra.domain.terms import gettext_noop as _

STAGE = _("Preparing the first version")


def package_source(source_id: SourceId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """T14: the recording plays when this is done; everything else follows and never delays it.

    A source whose streams are there already is left alone but for its playlists, so it may be killed and repeated.
    """
    try:
        facts = reads.source_facts(source_id)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    planned = _probe.plan_for(facts, facts.probe, tools) if facts.probe and not facts.is_refused else None
    if not isinstance(planned, Plan):
        return Outcome.NOTHING_TO_DO
    if facts.is_packaged:
        _put.refresh_playlists(tools, facts.recording_id)
        return Outcome.NOTHING_TO_DO
    if not claim(facts, attempt):
        return Outcome.LOST
    try:
        begin(facts, attempt, STAGE, now)
        with work_folder(tools, str(facts.id), attempt) as folder:
            return _make(facts, planned, folder, actor=actor, now=now, attempt=attempt, tools=tools)
    except AttemptLost:
        return Outcome.LOST


def _make(
    facts: reads.SourceFacts,
    planned: Plan,
    folder: Path,
    *,
    actor: Actor,
    now: datetime,
    attempt: UUID,
    tools: Tools,
) -> Outcome:
    tell = teller(facts.id, attempt, STAGE)
    is_screen = _is_screen(planned, tools)
    with original(tools, facts) as path:
        source = Source(path, facts.probe.demuxer if facts.probe else "")
        try:
            outputs = tools.renderer.make_first(source, planned, folder, is_screen=is_screen, on_progress=tell)
        except RunFailed:
            if not _has_copy(planned):
                raise
            return _encode_instead(facts, actor=actor, now=now, attempt=attempt, tools=tools)
    poster = _poster(planned, outputs, folder, tools) if facts.position == 0 else None
    streams = [_stream(output, facts, planned, tools, is_screen=is_screen) for output in outputs]
    if poster:
        tools.store.put_file(stream_key(facts.recording_id, "poster.jpg"), poster)
    _put.put_playlists(tools, facts.recording_id, [*reads.list_renditions(facts.recording_id), *map(_row, streams)])
    _apply(facts, streams, planned.dropped, actor=actor, now=now, attempt=attempt)
    _put.refresh_playlists(tools, facts.recording_id)
    return Outcome.DONE


def _has_copy(planned: Plan) -> bool:
    return bool(planned.first and planned.first.is_copy) or any(sound.is_copy for sound in planned.sounds)


def _is_screen(planned: Plan, tools: Tools) -> bool:
    return planned.picture is not None and encoding.is_screen(planned.picture, tools.ladder)


def _poster(planned: Plan, outputs: list[Output], folder: Path, tools: Tools) -> Path | None:
    """Of a key frame, which costs least, or exactly there: what is short has none so late."""
    if planned.first is None:
        return None
    shown = (planned.first.width, planned.first.height)
    at_seconds = playback.poster_at(planned.duration_ms) / 1000
    take = partial(_put.poster_of, tools, outputs[0].path, folder, at_seconds=at_seconds, shown=shown)
    return take() or take(is_exact=True)


def _stream(
    output: Output, facts: reads.SourceFacts, planned: Plan, tools: Tools, *, is_screen: bool
) -> writes.NewStream:
    sound = next((one for one in planned.sounds if one.name == output.name), None)
    is_copy = sound.is_copy if sound else bool(planned.first and planned.first.is_copy)
    rendition = _put.put_output(tools, facts.recording_id, output, is_copy=is_copy)
    if sound:
        return _sound_stream(sound, rendition)
    picture = planned.picture
    width, height = picture.shown_size if picture else (0, 0)
    return writes.NewStream(
        role=planned.role,
        source_index=picture.index if picture else 0,
        duration_ms=rendition.duration_ms,
        rendition=rendition,
        is_screen=is_screen,
        width=width,
        height=height,
        frame_rate=picture.frame_rate if picture else None,
    )


def _sound_stream(sound: SoundPlan, rendition: writes.NewRendition) -> writes.NewStream:
    return writes.NewStream(
        role=StreamRole.AUDIO,
        source_index=sound.sound.index,
        duration_ms=rendition.duration_ms,
        rendition=rendition,
        language=sound.sound.language,
        label=sound.sound.title,
    )


def _row(stream: writes.NewStream) -> reads.RenditionRow:
    made = stream.rendition
    return reads.RenditionRow(
        name=made.name,
        kind=made.kind,
        role=stream.role,
        language=stream.language,
        label=stream.label,
        codecs=made.codecs,
        width=made.width or 0,
        height=made.height or 0,
        frame_rate=made.frame_rate or 0.0,
        peak_bps=made.peak_bps,
        average_bps=made.average_bps,
    )


def _apply(
    found: reads.SourceFacts,
    streams: list[writes.NewStream],
    dropped: Sequence[encoding.Note],
    *,
    actor: Actor,
    now: datetime,
    attempt: UUID,
) -> None:
    with transaction():
        access_reads.keep_folder_of(found.recording_id)
        facts = locked(found.id, attempt)
        turn = reads.turn_of(facts.recording_id, now=now)  # as it is now: what follows may end a restore
        writes.add_streams(facts.recording_id, facts.id, streams, now=now)
        writes.refresh_complete(facts.recording_id, now=now)
        told = {"source_id": str(facts.id), "renditions": [stream.rendition.name for stream in streams]}
        verb, is_first = "recording:add_stream", False
        if facts.position == 0 and (publication := _offer(facts, actor, now)):
            verb, is_first = "recording:ready", True
            _fail.tell_what_is_missing(facts, now=now)
            _again.drop_replaced(facts.recording_id, actor=actor, now=now)
            if publication == publishing.PUBLISHED:  # T14; what waits or is held is told of when it is let go
                _tell.ready(facts, now=now)
        elif facts.position == 0 and retention_actions.finish_restore(facts.recording_id, actor=actor, now=now):
            verb = "recording:encode"  # T32
            content_writes.forget_made(facts.recording_id)
            jobs.enqueue(
                [captions_actions.files_job(facts.recording_id)]
            )  # whoever wrote them, and with no engine (R120)
            if description_reads.find(facts.recording_id) is not None:
                jobs.enqueue([prepare_description(facts.recording_id)])
        elif facts.position:
            _lengthen(facts, now)
        _tell.dropped(facts, dropped, step="parts", now=now)
        audit.record(actor, verb, target_kind="recording", target_id=facts.recording_id, now=now, facts=told)
        jobs.enqueue([encode_ladder(facts.id, turn), _fail.store_job(facts)])
        if content_reads.is_cut(facts.recording_id):
            jobs.enqueue([cut_edges(facts.recording_id, turn=Turn.EDITS if is_first else Turn.RE_ENCODES)])
        _listen_and_look(facts, streams, now)
        is_video = any(stream.rendition.kind is RenditionKind.VIDEO for stream in streams)
        told_stage = _("Waiting to make smaller versions") if is_video else _("Waiting to draw the sound")
        writes.begin_stage(facts.id, attempt=attempt, stage=told_stage, now=now)


def _listen_and_look(facts: reads.SourceFacts, streams: Sequence[writes.NewStream], now: datetime) -> None:
    """What is said, be it in the first file or only in one beside it, and shown: of what is saved anew that is carried
    over with its last step (R103)."""
    if saving_reads.is_open(facts.recording_id):
        return
    if facts.position == 0 or any(stream.role is StreamRole.AUDIO for stream in streams):
        jobs.enqueue([captions_actions.listening_job(facts.recording_id)])
    slides_actions.ask(facts.recording_id, now=now)


def _lengthen(facts: reads.SourceFacts, now: datetime) -> None:
    """R96: a file of the first processing that took longer counts, where it ends after the others."""
    if facts.media is MediaState.READY and metering.is_of_first_processing(facts.begun_at, facts.ready_at):
        ends_ms = metering.timeline_ms(reads.list_spans(facts.recording_id))
        if writes.lengthen(facts.recording_id, to_ms=ends_ms, now=now):
            metering_actions.settle([facts.recording_id], cause=Cause.READY, now=now)


def _offer(facts: reads.SourceFacts, actor: Actor, now: datetime) -> str:
    """T14 to T16: how the folder, the policy (R87) and open holds have it stand, or nothing where it was ready already. What waits is
    handed to the Publishers (R64). The folder is kept, so that what is switched on there meanwhile finds it (R69). What
    is saved anew is offered when all of it is there, and its original goes (R103)."""
    if saving_reads.is_open(facts.recording_id):
        return ""
    if facts.media is not MediaState.READY:
        policy_actions.declare_scheduled(facts.recording_id, actor=actor, now=now)
        policy_actions.hold_if_undecided(facts.recording_id, actor=actor, now=now)
    access_reads.keep_folder_of(facts.recording_id)  # it may have been moved until it was held
    found = publishing_reads.submission(facts.recording_id)
    publication = publishing.at_readiness(
        is_held=publishing_reads.media_of(facts.recording_id).is_held,
        needs_approval=access_reads.folder_facts(None, found.folder_id, in_bin=True).needs_approval,
    )
    duration_ms = metering.timeline_ms(reads.list_spans(facts.recording_id))
    if not writes.make_ready(facts.recording_id, duration_ms=duration_ms, publication=publication, now=now):
        return ""
    _pauses.cut_pauses(facts.recording_id, duration_ms=duration_ms, actor=actor, now=now)
    metering_actions.settle([facts.recording_id], cause=Cause.READY, now=now)
    if publication == publishing.WAITING:
        publishing_writes.submit(facts.recording_id, by=found.created_by, now=now)
        publishing_actions.tell_waiting(publishing_reads.submission(facts.recording_id), now=now)
    return publication


def _encode_instead(facts: reads.SourceFacts, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """The copy could not be made of a file that looked as if it could: remember that, and encode."""
    with transaction():
        held = locked(facts.id, attempt)
        if held.probe is None:
            return Outcome.NOTHING_TO_DO
        found = dataclasses.replace(held.probe, may_copy=False)
        planned = _probe.plan_for(held, found, tools)
        writes.set_probe(held.id, found)
        told = {"source_id": str(held.id)}
        audit.record(
            actor, "recording:copy_failed", target_kind="recording", target_id=held.recording_id, now=now, facts=told
        )
        if isinstance(planned, Plan):
            jobs.enqueue([_probe.package_job(held, planned, reads.turn_of(held.recording_id, now=now))])
    return Outcome.DONE
