"""What there is of an audio description, also through a copy by reference (R140, R212)."""

import uuid

from cathedra.db.models import AudioDescription, Stream
from cathedra.db.reads import audio_description as reads
from cathedra.db.writes import audio_description as writes
from cathedra.db.writes.audio_description import NewDescription
from cathedra.domain.library import Keeping, Origin
from tests.lectures import lecture


def test_r140_a_copy_by_reference_has_that_of_what_it_plays(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    copy = lecture(cast.physics, cast.alice, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)
    assert (reads.find(made), reads.find(copy), reads.is_waiting(made)) == (None, None, False)
    key = f"originals/{made}/described-1"
    writes.put(made, NewDescription("en", "a.wav", key, 5, "ab" * 32, cast.alice), now=now)
    found = reads.find(copy)
    assert found == reads.find(made)
    assert (found.added_by_name, found.is_moving, reads.is_waiting(made)) == ("Alice", True, True)
    assert reads.places(made, copy) == [(key, f"originals/{copy}/described-1")]
    AudioDescription.objects.update(problem="Why.")
    assert (reads.find(made).is_moving, reads.is_waiting(made)) == (False, False)


def test_facts_are_of_a_recording_with_media_of_its_own(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    facts = reads.facts(made, lock=True)
    assert (facts.is_playable, facts.has_picture, facts.duration_ms, facts.described) == (True, True, 60_000, None)
    copy = lecture(cast.physics, cast.alice, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)
    archived = lecture(cast.chemistry, cast.alice, now=now, keeping=Keeping.ARCHIVED)
    assert not reads.facts(copy).is_playable
    assert not reads.facts(archived).is_playable
    Stream.objects.filter(recording_id=made).update(role="AUDIO")
    assert not reads.facts(made).has_picture
    assert reads.facts(uuid.uuid4()) is None
