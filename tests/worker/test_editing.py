"""Jobs of the editor reach their verbs with what they were given."""

import uuid

import pytest

from cathedra.actions.encoding import Outcome
from cathedra.worker import editing
from cathedra.worker.run import Run

pytestmark = pytest.mark.django_db


def test_each_job_calls_one_verb(now):
    class Tools:
        store = None

    run = Run(actor=None, now=now, attempt=uuid.uuid4(), tools=Tools(), stalled_seconds=1)
    nothing = {"recording_id": str(uuid.uuid4()), "more": "is ignored"}
    assert editing.cut_edges(run, nothing) is Outcome.NOTHING_TO_DO
    assert editing.abandon_edit(run, nothing) is False
    assert editing.sweep_edges(run, {}) == 0
    assert editing.mend_edits(run, {}) == ""
