"""Jobs of the retention room."""

import uuid
from types import SimpleNamespace

import pytest

from cathedra import wiring
from cathedra.adapters.object_store import LocalStore
from cathedra.db.models import AuditEvent
from cathedra.db.writes.retention import add_trial
from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import system_actor
from cathedra.worker import retention
from cathedra.worker.handlers import GIVING_UP, HANDLERS, LOCKS, PERIODIC
from cathedra.worker.run import Outside, Run
from tests.actions.retention.archives import keeping, kept, local, stores


@pytest.mark.slow
def test_the_rooms_jobs_do_what_they_are_called(cast):
    for kind in (JobKind.ARCHIVE_RECORDING, JobKind.RESTORE_MEDIA, JobKind.TEND_RETENTION, JobKind.TEND_BINS):
        assert HANDLERS[kind].__module__ == retention.__name__
    assert GIVING_UP[JobKind.RESTORE_MEDIA] is retention.abandon_restore
    assert GIVING_UP[JobKind.ARCHIVE_RECORDING] is retention.abandon_archive
    assert LOCKS[JobKind.TEND_RETENTION] == "retention"
    assert {JobKind.TEND_RETENTION, JobKind.TEND_BINS} <= set(PERIODIC)
    where, now = stores(), local(2026, 11, 2)
    tools, outside = SimpleNamespace(store=where.media), Outside(archive_store=lambda: where.archive)
    run = Run(system_actor(), now, uuid.uuid4(), tools, 10, why="it died", outside=outside)
    made = kept(cast, where, now)
    assert retention.archive_recording(run, {"recording_id": str(made), "by": str(cast.alice)}) is None
    assert (keeping(made), AuditEvent.objects.get(target_id=str(made)).actor_id) == ("ARCHIVED", cast.alice)
    assert not retention.abandon_archive(run, {"recording_id": str(made), "by": str(cast.alice)})
    assert not retention.restore_media(run, {"recording_id": str(made)})
    assert not retention.abandon_restore(run, {"recording_id": str(made)})
    assert not retention.tend_retention(run, {})
    assert not retention.tend_bins(run, {})
    assert HANDLERS[JobKind.TRY_RETENTION] is retention.try_retention
    assert GIVING_UP[JobKind.TRY_RETENTION] is retention.abandon_trial
    tried, given_up = (add_trial(None, recordings=1, by=None, now=now) for _turn in range(2))
    assert retention.abandon_trial(run, {"trial_id": str(given_up)})
    assert retention.try_retention(run, {"trial_id": str(tried)})


def test_the_archive_may_be_a_folder_of_its_own(tmp_path):
    from dataclasses import replace

    from cathedra import config

    configured = config.get()
    elsewhere = replace(configured, storage=replace(configured.storage, archive_dir=str(tmp_path / "cheap")))
    store = wiring.archive_store_of(elsewhere)
    assert isinstance(store, LocalStore)
    (tmp_path / "cheap").mkdir()
    store.put_bytes("archive/a/b", b"1")
    assert (tmp_path / "cheap/archive/a/b").read_bytes() == b"1"
    assert (tmp_path / "cheap/archive/a/b").stat().st_mode & 0o777 == 0o600
    assert configured.archive_dir == configured.media_dir
