"""Jobs of the editor."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import editing
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def cut_edges(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.show_edit(_recording(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools)


def join_edited(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.join_edited(
        _recording(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools
    )


def abandon_edit(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.abandon_edit(_recording(arguments), actor=run.actor, now=run.now)


def mend_edits(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.mend_edits()


def sweep_edges(run: Run, arguments: Mapping[str, object]) -> object:
    return editing.sweep_edges(actor=run.actor, now=run.now, store=run.tools.store)


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
