"""Jobs of the publishing room."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from cathedra.db.models import Notice, Recording
from cathedra.db.writes import publishing as writes
from cathedra.domain.jobs import JobKind
from cathedra.domain.library import Publication
from cathedra.domain.terms import system_actor
from cathedra.worker import publishing
from cathedra.worker.handlers import GIVING_UP, HANDLERS, PERIODIC
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture


@pytest.mark.slow
def test_once_a_day_those_who_should_decide_are_reminded_r75(cast):
    assert HANDLERS[JobKind.REMIND_PUBLISHERS] is publishing.remind_publishers
    assert PERIODIC[JobKind.REMIND_PUBLISHERS].split()[2:] == ["*", "*", "*"]
    lecture(cast.chemistry, cast.alice, now=cast.now, publication=Publication.WAITING, submitted_at=cast.now)
    run = SimpleNamespace(actor=system_actor(), now=cast.now.replace(day=9))
    assert publishing.remind_publishers(run, {}) == 1
    assert Notice.objects.get().recipient_id == cast.chloe


@pytest.mark.slow
def test_a_copy_whose_original_is_gone_fails_and_says_so_t17(cast, now):
    assert HANDLERS[JobKind.COPY_MEDIA] is publishing.copy_media
    assert GIVING_UP[JobKind.COPY_MEDIA] is publishing.abandon_copy
    assert HANDLERS[JobKind.MAKE_COPY_FULL] is publishing.fill_copy
    assert GIVING_UP[JobKind.MAKE_COPY_FULL] is publishing.abandon_full
    original = lecture(cast.chemistry, cast.alice, now=now)
    run = SimpleNamespace(actor=system_actor(), now=now, tools=SimpleNamespace(store=MemoryStore()))
    made = [
        writes.add_full(original, cast.chemistry, title="Again", owner_id=cast.alice, by=cast.alice, now=now)
        for _ in range(2)
    ]
    assert not publishing.copy_media(run, {"copy_id": str(made[0]), "recording_id": str(uuid4())})
    assert not publishing.abandon_copy(run, {"copy_id": str(made[1]), "recording_id": str(original)})
    failures = dict(Recording.objects.filter(media_state="FAILED").values_list("id", "failure"))
    assert "not there any more" in failures[made[0]]
    assert "could not be copied" in failures[made[1]]
