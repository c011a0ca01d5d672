"""Jobs of the retention room."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from cathedra.actions import retention
from cathedra.actions.retention import Stores
from cathedra.domain.terms import AccountId, Actor, RecordingId
from cathedra.worker.run import Run, text


def tend_retention(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.tend_retention(actor=run.actor, now=run.now, stores=_stores(run))


def tend_bins(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.tend_bins(actor=run.actor, now=run.now)


def archive_recording(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.archive_media(
        _recording(arguments), actor=_asker(run, arguments), now=run.now, stores=_stores(run)
    )


def abandon_archive(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.abandon_archive(_recording(arguments), actor=_asker(run, arguments), now=run.now)


def restore_media(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.restore_media(_recording(arguments), actor=run.actor, now=run.now, stores=_stores(run))


def abandon_restore(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.abandon_restore(_recording(arguments), why=run.why, actor=run.actor, now=run.now)


def try_retention(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.make_trial(UUID(text(arguments, "trial_id")), now=run.now)


def abandon_trial(run: Run, arguments: Mapping[str, object]) -> object:
    return retention.abandon_trial(UUID(text(arguments, "trial_id")), now=run.now)


def _asker(run: Run, arguments: Mapping[str, object]) -> Actor:
    by = text(arguments, "by")
    return replace(run.actor, account_id=AccountId(UUID(by)) if by else None)


def _stores(run: Run) -> Stores:
    return Stores(media=run.tools.store, archive=run.outside.archive_store())


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
