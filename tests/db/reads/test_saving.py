"""What is being saved anew, and what it became (R103)."""

from datetime import timedelta

import pytest

from cathedra.db.models import Recording, Saving, Source
from cathedra.db.reads import saving as reads
from cathedra.db.writes import saving as writes
from tests.lectures import lecture

pytestmark = pytest.mark.django_db


def test_r103_what_a_recording_is_made_for_and_what_the_original_became(cast, now):
    original = lecture(cast.chemistry, cast.alice, now=now)
    assert reads.find_running(original) is reads.find_last(original) is reads.find_successor(original) is None
    new = writes.begin(original, version=2, by=cast.alice, now=now)
    row = reads.find_open(new, lock=False)
    assert (row.original_id, row.version, row.asked_by, row.is_open) == (original, 2, cast.alice, True)
    assert reads.find_running(original) == reads.find_last(original) == row
    assert (reads.is_open(new), reads.is_open(original), reads.is_there(new)) == (True, False, True)
    assert reads.find_successor(original) is None, "it does not play yet"
    assert writes.end(new, now=now)
    assert not writes.end(new, now=now)
    assert (reads.find_open(new), reads.find_running(original)) == (None, None)
    assert (reads.find_successor(original), reads.find_made_of(new)) == (new, original)
    Recording.objects.filter(id=new).update(keeping="RECYCLED")
    assert reads.find_successor(original) is None, "it is in the bin itself"


def test_r103_the_last_of_several_counts(cast, now):
    original = lecture(cast.chemistry, cast.alice, now=now)
    made = []
    for hours in (0, 1):
        made.append(writes.begin(original, version=1, by=None, now=now + timedelta(hours=hours)))
        writes.end(made[-1], now=now + timedelta(hours=hours))
    assert reads.find_successor(original) == reads.find_last(original).recording_id == made[1]
    assert Saving.objects.filter(original_id=original).count() == 2


def test_it_is_complete_when_everything_was_made_of_every_file(cast, now):
    new = writes.begin(lecture(cast.chemistry, cast.alice, now=now), version=1, by=None, now=now)
    assert (reads.is_begun(new), reads.is_complete(new)) == (False, False)
    file = {"original_name": "kept.mp4", "size_bytes": 1, "object_key": "k", "received_at": now}
    source = Source.objects.create(recording_id=new, position=0, **file)
    assert (reads.is_begun(new), reads.is_complete(new)) == (True, False)
    Recording.objects.filter(id=new).update(is_ladder_complete=True)
    assert reads.is_complete(new)
    Source.objects.filter(id=source.id).update(problem="It could not be used.")
    assert not reads.is_complete(new)
