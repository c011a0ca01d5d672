"""The job: look into the file of an audio description, encode it like the recording's own sound, and offer it to viewers
(R212). Nothing of the recording waits for it, and nothing that goes wrong with it changes the recording (R59)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from cathedra.actions.audio_description import _tell
from cathedra.actions.audio_description._sweep import sweep_description
from cathedra.actions.encoding import Outcome, Tools, put_output, refresh_playlists, work_folder
from cathedra.adapters.ffmpeg import Source
from cathedra.adapters.object_store import ObjectNotFound
from cathedra.db.reads import audio_description as reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads.audio_description import Described, Facts
from cathedra.db.writes import audio_description as writes
from cathedra.db.writes import audit, jobs
from cathedra.db.writes.encoding import NewRendition
from cathedra.db.writes.transaction import transaction
from cathedra.domain.encoding import Note, Plan, plan_description
from cathedra.domain.jobs import Turn, cut_edges, settle_description
from cathedra.domain.terms import Actor, RecordingId
from cathedra.domain.terms import gettext_noop as _

_GONE = Note(_("This file is not there any more. Add it again."))
_GIVEN_UP = Note(
    _(
        "This file could not be prepared, and trying again did not help. Save the sound as WAV or FLAC and add that file. "
        "The recording plays as before."
    )
)


class _AttemptLost(Exception):
    """Another file has taken its place, or another attempt holds it."""


def prepare_description(
    recording_id: RecordingId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools
) -> Outcome:
    """Make what is still to be made, and have the playlists say what is there. May be killed at any line and repeated:
    files first, by names that say of which file they are, then the row, then the playlists, then what no playlist names
    goes."""
    facts = reads.facts(recording_id)
    if facts is None or not facts.has_picture:
        return Outcome.NOTHING_TO_DO  # in the archive: a restore asks for it again
    try:
        outcome = _make(facts, _missing(facts, tools), actor=actor, now=now, attempt=attempt, tools=tools)
    except _AttemptLost:
        return Outcome.LOST
    _settle(recording_id, tools)
    return outcome


def _missing(facts: Facts, tools: Tools) -> Described | None:
    """What is to be prepared; also what was made and is not there, as of a copy that was made while it was prepared."""
    described = facts.described
    if described is None or described.problem:
        return None
    if not described.is_made:
        return described
    names = (f"{described.name}.m3u8", f"{described.name}.mp4")
    if all(tools.store.exists(f"stream/{facts.recording_id}/{name}") for name in names):
        return None
    with transaction():
        writes.forget_made(facts.recording_id)
    return reads.find(facts.recording_id)


def _make(
    facts: Facts, described: Described | None, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools
) -> Outcome:
    if described is None:
        return Outcome.NOTHING_TO_DO
    recording_id = facts.recording_id
    with transaction():
        if not writes.claim(recording_id, expected=described.attempt, attempt=attempt):
            raise _AttemptLost
    try:
        with tools.store.local_copy(described.object_key) as path:
            probe = tools.prober.probe(path, limits=tools.ladder.limits)
            planned = plan_description(probe, name=described.name, lasts_ms=facts.duration_ms)
            if not isinstance(planned, Plan):
                return _refuse(facts, planned.note, actor=actor, now=now, attempt=attempt)
            with work_folder(tools, f"described-{recording_id}", attempt) as folder:
                source, tell = Source(path.absolute(), probe.demuxer), _teller(recording_id, attempt)
                outputs = tools.renderer.make_first(source, planned, folder, is_screen=False, on_progress=tell)
                made = put_output(tools, recording_id, outputs[0], is_copy=False)
    except ObjectNotFound:
        return _refuse(facts, _GONE, actor=actor, now=now, attempt=attempt)
    return _apply(facts, made, found_ms=planned.sounds[0].sound.duration_ms, actor=actor, now=now, attempt=attempt)


def _teller(recording_id: RecordingId, attempt: UUID) -> Callable[[float, float], None]:
    """Writes progress down; stops the work when another file took its place."""

    def tell(share: float, _seconds_left: float) -> None:
        with transaction():
            is_ours = writes.set_percent(recording_id, attempt=attempt, percent=round(share * 100))
        if not is_ours:
            raise _AttemptLost

    return tell


def _apply(facts: Facts, made: NewRendition, *, found_ms: int, actor: Actor, now: datetime, attempt: UUID) -> Outcome:
    with transaction():
        is_ours = writes.set_made(
            facts.recording_id,
            attempt=attempt,
            codecs=made.codecs,
            peak_bps=made.peak_bps,
            average_bps=made.average_bps,
            size_bytes=made.size_bytes,
        )
        if not is_ours:
            raise _AttemptLost
        told = {"name": made.name, "size_bytes": made.size_bytes, "file_ms": found_ms, "lasts_ms": facts.duration_ms}
        audit.record(
            actor,
            "recording:prepare_description",
            target_kind="recording",
            target_id=facts.recording_id,
            now=now,
            facts=told,
        )
    return Outcome.DONE


def _refuse(facts: Facts, note: Note, *, actor: Actor, now: datetime, attempt: UUID | None) -> Outcome:
    with transaction():
        if not writes.set_problem(facts.recording_id, note.sentence, note.values, attempt=attempt):
            raise _AttemptLost
        _tell.left_out(facts, note, now=now)
        told = {"sentence": note.sentence, "values": dict(note.values)}
        audit.record(
            actor,
            "recording:description_failed",
            target_kind="recording",
            target_id=facts.recording_id,
            now=now,
            facts=told,
        )
    return Outcome.REFUSED


def _settle(recording_id: RecordingId, tools: Tools) -> None:
    """What viewers have of a cut recording is made anew by its own job, which then clears away too: what is cut is cut out
    of the description before anybody can ask for it."""
    refresh_playlists(tools, recording_id)
    if content_reads.is_cut(recording_id):
        with transaction():
            jobs.enqueue([cut_edges(recording_id, turn=Turn.RE_ENCODES)])
    else:
        sweep_description(recording_id, tools.store)


def abandon_description(recording_id: RecordingId, *, actor: Actor, now: datetime, why: str) -> bool:
    """After the last attempt: its people read that it could not be prepared; the recording plays as before. False when
    nothing was left to prepare."""
    facts = reads.facts(recording_id)
    if facts is None or facts.described is None or not facts.described.is_moving:
        return False
    try:
        _refuse(facts, _GIVEN_UP, actor=actor, now=now, attempt=facts.described.attempt)
    except _AttemptLost:
        return False
    with transaction():
        jobs.enqueue([settle_description(recording_id)])
    return True
