"""Jobs of captions."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import captions
from cathedra.db.reads.captions import Exactly
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.worker.run import Run, text


def transcribe(run: Run, arguments: Mapping[str, object]) -> object:
    return captions.transcribe(
        _recording(arguments),
        over=_confirmed(arguments),
        asked_by=_asker(arguments),
        actor=run.actor,
        now=run.now,
        attempt=run.attempt,
        store=run.tools.store,
        listener=run.outside.speech_engine(),
    )


def fail_listening(run: Run, arguments: Mapping[str, object]) -> object:
    return captions.fail_listening(
        _recording(arguments),
        why=run.why,
        asked_by=_asker(arguments),
        actor=run.actor,
        now=run.now,
        attempt=run.attempt,
    )


def write_captions(run: Run, arguments: Mapping[str, object]) -> object:
    return captions.write_files(_recording(arguments), store=run.tools.store)


def catch_up_captions(run: Run, arguments: Mapping[str, object]) -> object:
    return captions.catch_up(has_engine=run.outside.has_speech_engine(), actor=run.actor, now=run.now)


def _confirmed(arguments: Mapping[str, object]) -> Exactly | None:
    """Of a job that says only a version, as was written once, nothing is known to be confirmed."""
    given = arguments.get("over_track")
    return Exactly(UUID(str(given)), int(text(arguments, "over_version"))) if given else None


def _asker(arguments: Mapping[str, object]) -> AccountId | None:
    given = text(arguments, "asked_by")
    return AccountId(UUID(given)) if given else None


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
