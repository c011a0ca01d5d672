"""Jobs of search."""

from datetime import timedelta
from types import SimpleNamespace

from cathedra.db.models import SearchDocument
from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import system_actor
from cathedra.worker import search
from cathedra.worker.handlers import HANDLERS, PERIODIC
from tests.lectures import lecture


def test_nobody_rebuilds_the_index_by_hand(cast):
    assert HANDLERS[JobKind.INDEX_RECORDING] is search.index_recording
    assert HANDLERS[JobKind.MEND_INDEX] is search.mend_index
    assert JobKind.MEND_INDEX in PERIODIC
    made = lecture(cast.chemistry, cast.alice, now=cast.now)
    run = SimpleNamespace(actor=system_actor(), now=cast.now)
    assert search.mend_index(run, {}) == "1 recordings lagged in the index"
    assert search.index_recording(run, {"recording_id": str(made)})
    assert search.mend_index(run, {}) == ""
    run.now += timedelta(hours=1)
    assert not search.index_recording(run, {"recording_id": str(made)})
    assert search.index_recording(run, {"recording_id": str(made), "is_mending": 1})
    assert SearchDocument.objects.get().made_at == run.now
