"""Compare and set: whoever was overtaken writes nothing of an audio description."""

import uuid

from cathedra.db.models import AudioDescription
from cathedra.db.reads import audio_description as reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.writes import audio_description as writes
from cathedra.db.writes.audio_description import NewDescription
from tests.lectures import lecture

MADE = {"codecs": "mp4a.40.2", "peak_bps": 3, "average_bps": 2, "size_bytes": 7}


def put(recording_id, now, sha256="ab" * 32):
    writes.put(recording_id, NewDescription("en", "a.wav", "originals/a/described-1", 5, sha256, None), now=now)


def test_only_the_attempt_that_holds_writes(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    one, two = uuid.uuid4(), uuid.uuid4()
    assert not writes.claim(made, expected=None, attempt=one), "there is none"
    put(made, now)
    assert writes.claim(made, expected=None, attempt=one)
    assert not writes.claim(made, expected=None, attempt=two)
    assert writes.claim(made, expected=one, attempt=two)
    assert not writes.set_percent(made, attempt=one, percent=50)
    assert not writes.set_made(made, attempt=one, **MADE)
    assert not writes.set_problem(made, "Why.", {}, attempt=one)
    assert writes.set_percent(made, attempt=two, percent=50)
    assert reads.find(made).percent == 50
    put(made, now, "cd" * 32)
    assert not writes.set_made(made, attempt=two, **MADE), "another file has taken its place"
    assert writes.claim(made, expected=None, attempt=two)
    assert writes.set_made(made, attempt=two, **MADE)
    row = encoding_reads.list_renditions(made)[-1]
    assert (row.name, row.is_description, row.peak_bps, row.average_bps) == ("dcdcdcdcdcdcd", True, 3, 2)
    assert not writes.set_problem(made, "Why.", {}, attempt=None), "it is there"
    writes.forget_made(made)
    assert not reads.find(made).is_made
    assert writes.set_problem(made, "Why {n}.", {"n": "1"}, attempt=None)
    assert (reads.find(made).problem, reads.find(made).problem_values) == ("Why {n}.", {"n": "1"})
    assert encoding_reads.list_renditions(made) == []
    assert writes.remove(made)
    assert not writes.remove(made)


def test_a_full_copy_has_a_row_of_its_own(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    assert not writes.copy(made, copy)
    put(made, now)
    assert writes.copy(made, copy)
    assert set(AudioDescription.objects.values_list("recording_id", "object_key")) == {
        (made, "originals/a/described-1"),
        (copy, f"originals/{copy}/described-1"),
    }
