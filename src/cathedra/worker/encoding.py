"""Jobs of the encoding room."""

from collections.abc import Mapping
from uuid import UUID

from cathedra.actions import encoding
from cathedra.domain.terms import RecordingId, SourceId
from cathedra.worker.run import Run, text


def probe_source(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.probe_source(_source(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools)


def package_source(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.package_source(
        _source(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools
    )


def encode_ladder(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.encode_ladder(
        _source(arguments), actor=run.actor, now=run.now, attempt=run.attempt, tools=run.tools
    )


def mend_ladders(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.mend_ladders(now=run.now)


def store_original(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.store_original(_source(arguments), actor=run.actor, now=run.now, tools=run.tools)


def drop_source(run: Run, arguments: Mapping[str, object]) -> object:
    recording_id = RecordingId(UUID(text(arguments, "recording_id")))
    return encoding.drop_source(_source(arguments), recording_id, actor=run.actor, now=run.now, tools=run.tools)


def give_up(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.give_up(_source(arguments), actor=run.actor, now=run.now, attempt=run.attempt, why=run.why)


def sweep_work_folders(run: Run, arguments: Mapping[str, object]) -> object:
    return encoding.sweep_work_folders(actor=run.actor, now=run.now, work_dir=run.tools.work_dir)


def _source(arguments: Mapping[str, object]) -> SourceId:
    return SourceId(UUID(text(arguments, "source_id")))
