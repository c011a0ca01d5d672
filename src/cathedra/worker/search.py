"""Jobs of search."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import search
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def index_recording(run: Run, arguments: Mapping[str, object]) -> object:
    recording_id = RecordingId(UUID(text(arguments, "recording_id")))
    return search.index_recording(recording_id, now=run.now, is_mending=bool(arguments.get("is_mending")))


def mend_index(run: Run, arguments: Mapping[str, object]) -> object:
    return search.mend_index()
