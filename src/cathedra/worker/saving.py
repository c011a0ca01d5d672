"""Jobs of saving a recording anew."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import editing, saving
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def save_anew(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.keep_parts(_recording(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools)


def abandon_saving(run: Run, arguments: Mapping[str, object]) -> object:
    return saving.abandon_saving(_recording(arguments), why=run.why, actor=run.actor, now=run.now)


def clear_saving(run: Run, arguments: Mapping[str, object]) -> object:
    return saving.clear_saving(_recording(arguments), store=run.tools.store)


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
