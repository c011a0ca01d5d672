"""Recorders as they are connected, and what each is to record: its own alone (R158, class 29)."""

from datetime import timedelta

from cathedra.db.models import Recording
from cathedra.db.reads import recorders as reads
from cathedra.db.writes import recorders as writes
from cathedra.domain.ingest import Span
from tests.db.models.test_scheduling import book, recorder, schedule

HOUR = timedelta(hours=1)


def test_r158_a_recorder_has_a_week_of_its_own_schedule(cast, now):
    first, other = recorder(now), recorder(now, "LB 2")
    mine, running, later, theirs, off, binned = (
        schedule(cast, now + hours * HOUR, now + (hours + 1) * HOUR) for hours in (2, -0.5, 24 * 8, 2, 4, 6)
    )
    for one in (mine, running, later, binned):
        book(one, first)
    book(theirs, other)
    book(off, first, stands=False)
    Recording.objects.filter(id=running.pk).update(media_state="RECORDING")
    Recording.objects.filter(id=binned.pk).update(keeping="RECYCLED", recycled_from="ONLINE")
    week = Span(now, now + 7 * 24 * HOUR)
    assert [due.recording_id for due in reads.list_due(first.id, week)] == [running.pk, mine.pk]
    assert reads.find_due(first.id, theirs.pk) is None
    assert reads.find_due(first.id, off.pk) is None
    assert reads.find_due(first.id, later.pk).span.starts_at == later.starts_at


def test_r164_those_are_watched_that_should_be_recording_now(cast, now):
    first, other = recorder(now), recorder(now, "LB 2")
    book(schedule(cast, now, now + HOUR), first)
    book(schedule(cast, now - HOUR, now), other)
    (found,) = reads.list_watched(now=now)
    assert (found.device.recorder_id, found.heard_at) == (first.id, None)
    done = schedule(cast, now - HOUR, now + HOUR)
    book(done, recorder(now, "LB 3"))
    Recording.objects.filter(id=done.pk).update(media_state="RECEIVED")
    assert len(reads.list_watched(now=now)) == 1, "one that has all it needs is not looked for"


def test_a_recorder_that_nobody_connected_is_known_by_no_token(db, now):
    device = recorder(now)
    assert reads.find_connected("") is None
    assert reads.find_connection(device.id) is None
    writes.set_code(device.id, "digest", expires_at=now, by=None)
    assert reads.find_connected("digest") is None, "a code is no token"
    assert not reads.is_let_in(device.id)
