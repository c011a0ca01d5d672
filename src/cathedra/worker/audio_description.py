"""Jobs of audio descriptions."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import audio_description
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def prepare_description(run: Run, arguments: Mapping[str, object]) -> object:
    return audio_description.prepare_description(
        _recording(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools
    )


def abandon_description(run: Run, arguments: Mapping[str, object]) -> object:
    return audio_description.abandon_description(_recording(arguments), actor=run.actor, now=run.now, why=run.why)


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
