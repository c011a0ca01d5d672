"""Let the engine listen to a recording, in the background: publishing never waits for it (R208)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cathedra.actions.captions import _tell
from cathedra.actions.captions._jobs import files_job
from cathedra.adapters.object_store import ObjectStore
from cathedra.adapters.speech import Heard
from cathedra.db.reads import captions as reads
from cathedra.db.reads.captions import Exactly
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import captions as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import library
from cathedra.domain.library import AnalysisState, CaptionOrigin, Cue
from cathedra.domain.terms import AccountId, Actor, RecordingId, RecordingNotFound
from cathedra.domain.terms import gettext_noop as _

NO_ENGINE = _(
    "Automatic captions are switched off on this service. You can upload captions as a WebVTT or SRT file, or write "
    "them yourself. The people who run the service can switch automatic ones on: they install Cathedra with its part "
    "“speech”."
)
_FAILED = _(
    "The captions could not be made, and trying again did not help. The recording plays as it did. You can ask again, or "
    "upload captions as a file."
)


class Outcome(StrEnum):
    """How the job ended, for the log."""

    DONE = "DONE"
    NOTHING = "NOTHING"
    NOTHING_TO_DO = "NOTHING_TO_DO"
    OFF = "OFF"
    LOST = "LOST"  # another attempt took over
    KEPT = "KEPT"  # a person wrote captions, and theirs stay (R210)


class Listener(Protocol):
    """Hears words (adapters.speech)."""

    def listen(
        self,
        sound: Path,
        *,
        duration_ms: int,
        hints: Sequence[str] = (),
        on_percent: Callable[[int], None] | None = None,
    ) -> Heard: ...


class _Lost(Exception):
    """Another attempt listens now, or somebody asked anew."""


def transcribe(
    recording_id: RecordingId,
    *,
    over: Exactly | None = None,
    asked_by: AccountId | None = None,
    actor: Actor,
    now: datetime,
    attempt: UUID,
    store: ObjectStore,
    listener: Listener | None,
) -> Outcome:
    """Captions of what is said. Where nobody speaks there are none, and that is no failure. May be killed and repeated:
    it begins anew, and words are put away at the end, all in one transaction. Raises UnableTo."""
    try:
        sound = reads.sound_of(recording_id)
    except RecordingNotFound:
        return Outcome.NOTHING_TO_DO
    found = reads.find_listening(recording_id)
    if not sound.is_here or (found and found.is_over_for(sound)):
        with transaction():
            jobs.enqueue([files_job(recording_id)])  # after a restore the files are written again
        return Outcome.NOTHING_TO_DO
    with transaction():
        writes.begin_listening(recording_id, attempt=attempt, now=now)
        if listener is None and sound.name:
            writes.end_listening(recording_id, attempt=attempt, state=AnalysisState.OFF, problem=NO_ENGINE, now=now)
            return Outcome.OFF
    try:
        heard = _listen(sound, attempt, store, listener)
        return _apply(sound, heard, over, asked_by, actor=actor, now=now, attempt=attempt)
    except _Lost:
        return Outcome.LOST


def _listen(sound: reads.Sound, attempt: UUID, store: ObjectStore, listener: Listener | None) -> Heard:
    def tell(percent: int) -> None:
        with transaction():
            if not writes.set_listening_percent(sound.recording_id, attempt=attempt, percent=percent):
                raise _Lost

    if not sound.name or listener is None:
        return Heard((), "", "")
    with store.local_copy(f"stream/{sound.recording_id}/{sound.name}.mp4") as path:
        return listener.listen(path, duration_ms=sound.duration_ms, hints=sound.hints, on_percent=tell)


def _apply(
    sound: reads.Sound,
    heard: Heard,
    over: Exactly | None,
    asked_by: AccountId | None,
    *,
    actor: Actor,
    now: datetime,
    attempt: UUID,
) -> Outcome:
    cues = library.cut(heard.words)
    state = AnalysisState.DONE if cues else AnalysisState.NOTHING
    with transaction():
        if not writes.end_listening(sound.recording_id, attempt=attempt, state=state, engine=heard.engine, now=now):
            raise _Lost
        if not cues:
            return Outcome.NOTHING
        language = library.clean_language(heard.language) or "und"
        if not _put(sound.recording_id, language, cues, heard.engine, over, now=now):
            return Outcome.KEPT
        told = {"language": language, "cues": len(cues), "engine": heard.engine}
        audit.record(actor, "captions:hear", target_kind="recording", target_id=sound.recording_id, now=now, facts=told)
        search.touch(sound.recording_id)
        jobs.enqueue([files_job(sound.recording_id)])
        _tell.ready(sound.recording_id, asked_by=asked_by, attempt=attempt, now=now)
    return Outcome.DONE


def _put(
    recording_id: RecordingId, language: str, cues: Sequence[Cue], engine: str, over: Exactly | None, *, now: datetime
) -> bool:
    """Unless a person's captions are there (R210); a confirmation holds for just those that were confirmed, not for
    others that came in their place or are in another language. Captions in `en-GB` are those of what was heard as `en`."""
    spoken = (row.language for row in reads.list_tracks(recording_id) if row.is_spoken)
    language = next((found for found in spoken if found.split("-")[0] == language.split("-")[0]), language)
    before = reads.find_track(recording_id, language, lock=True)
    is_confirmed = before is not None and before.exactly == over
    if not library.may_replace(before.origin if before else None, is_confirmed=is_confirmed).is_permitted:
        return False
    return writes.set_track(
        recording_id,
        language,
        cues=cues,
        origin=CaptionOrigin.AUTOMATIC,
        expected=before.version if before else 0,
        is_spoken=True,
        engine=engine,
        now=now,
    )


def fail_listening(
    recording_id: RecordingId,
    *,
    why: str,
    asked_by: AccountId | None = None,
    actor: Actor,
    now: datetime,
    attempt: UUID,
) -> bool:
    """The last attempt failed: say so to whoever looks. The recording plays on. `why` is for the audit trail."""
    with transaction():
        if reads.find_listening(recording_id, lock=True) is None:
            return False
        writes.begin_listening(recording_id, attempt=attempt, now=now)
        writes.end_listening(recording_id, attempt=attempt, state=AnalysisState.FAILED, problem=_FAILED, now=now)
        told = {"why": why[:1000]}
        audit.record(
            actor, "captions:hear_failed", target_kind="recording", target_id=recording_id, now=now, facts=told
        )
        _tell.failed(recording_id, asked_by=asked_by, attempt=attempt, now=now)
    return True
