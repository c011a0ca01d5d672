"""The clearing jobs call their actions with this process's spool."""

import os
import uuid

import pytest

from cathedra.actions import scheduling
from cathedra.actions.encoding import Tools
from cathedra.adapters.spool import Spool
from cathedra.domain.terms import Actor, Channel, UploadId, system_actor
from cathedra.worker import ingest
from cathedra.worker.run import Run
from tests.fakes.object_store import MemoryStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, now):
    tools = Tools(MemoryStore(), Spool(tmp_path / "in"), None, None, None, tmp_path / "work", 24)
    return Run(system_actor(), now, uuid.uuid4(), tools, 10)


def test_nothing_to_expire(run):
    assert ingest.expire_uploads(run, {"timestamp": 1}) == 0


def test_a_stray_file_goes(run, now):
    stray = UploadId(uuid.uuid4())
    run.tools.spool.open(stray, may_create=True).close()
    old = now.timestamp() - 7200
    os.utime(run.tools.spool.path(stray), (old, old))
    assert ingest.sweep_stray_files(run, {}) == 1
    assert not run.tools.spool.path(stray).exists()


def test_r93_nothing_waits_for_anybody(run):
    assert not ingest.tend_intake(run, {"timestamp": 1})


def test_t10_no_capture_is_left_to_finish(run):
    done = ingest.finish_captures(run, {"timestamp": 1})
    assert (done.finished, done.removed) == (0, 0)


def test_t6_nothing_was_missed(run):
    assert ingest.tend_missed(run, {"timestamp": 1}) == 0
    assert ingest.watch_recorders(run, {"timestamp": 1}) == 0


def test_r156_a_feed_is_worked_through_by_the_rules_of_the_site_and_nothing_waits_to_be_tried(run, cast, now):
    feed, dev = [{"event": "E1", "title": "Entropy"}], Actor(cast.dev, Channel.WEB)
    run_id = scheduling.receive_timetable(feed, is_trial=False, actor=dev, now=now)
    assert ingest.work_timetable(run, {"run_id": str(run_id)}) == 1
    assert ingest.work_timetable(run, {"run_id": str(run_id)}) == 0
    assert ingest.tend_timetable(run, {"timestamp": 1}) == 0


def test_r157_the_check_of_the_night_has_nothing_to_tell(run):
    assert ingest.check_schedules(run, {"timestamp": 1}) == 0
