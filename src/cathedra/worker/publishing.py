"""Jobs of the publishing room."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from cathedra import wiring
from cathedra.actions import publishing
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def remind_publishers(run: Run, arguments: Mapping[str, object]) -> object:
    zone = ZoneInfo(wiring.configuration().site.timezone)
    return publishing.remind_publishers(actor=run.actor, now=run.now, zone=zone)


def copy_media(run: Run, arguments: Mapping[str, object]) -> object:
    return publishing.copy_media(
        _recording(arguments, "copy_id"),
        _recording(arguments, "recording_id"),
        actor=run.actor,
        now=run.now,
        store=run.tools.store,
    )


def abandon_copy(run: Run, arguments: Mapping[str, object]) -> object:
    return publishing.abandon_copy(_recording(arguments, "copy_id"), actor=run.actor, now=run.now)


def fill_copy(run: Run, arguments: Mapping[str, object]) -> object:
    copy_id = _recording(arguments, "copy_id")
    return publishing.fill_copy(copy_id, actor=run.actor, now=run.now, store=run.tools.store)


def abandon_full(run: Run, arguments: Mapping[str, object]) -> object:
    return publishing.abandon_full(_recording(arguments, "copy_id"), actor=run.actor, now=run.now)


def _recording(arguments: Mapping[str, object], name: str) -> RecordingId:
    return RecordingId(UUID(text(arguments, name)))
