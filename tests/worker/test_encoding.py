"""Each handler parses its arguments and calls its one action."""

import uuid

import pytest

from cathedra.actions.encoding import Outcome, Tools
from cathedra.adapters.spool import Spool
from cathedra.domain.terms import system_actor
from cathedra.worker import encoding
from cathedra.worker.run import Run
from tests.fakes.object_store import MemoryStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, now):
    tools = Tools(MemoryStore(), Spool(tmp_path / "in"), None, None, None, tmp_path / "work", 24)
    return Run(system_actor(), now, uuid.uuid4(), tools, 10, why="tried often enough")


@pytest.mark.parametrize(
    "handler",
    [
        encoding.probe_source,
        encoding.package_source,
        encoding.encode_ladder,
        encoding.store_original,
        encoding.give_up,
    ],
)
def test_a_source_that_is_gone_is_no_work(run, handler):
    assert handler(run, {"source_id": str(uuid.uuid4()), "new_argument": 1}) is Outcome.NOTHING_TO_DO


def test_a_night_with_nothing_to_mend_says_nothing(run):
    assert encoding.mend_ladders(run, {}) == ""


@pytest.mark.parametrize("given", [{}, {"source_id": "not an id"}])
def test_wrong_arguments_are_a_bug_and_loud(run, given):
    with pytest.raises((KeyError, ValueError)):
        encoding.probe_source(run, given)


def test_an_empty_work_folder_needs_no_sweep(run):
    assert encoding.sweep_work_folders(run, {}) == 0
