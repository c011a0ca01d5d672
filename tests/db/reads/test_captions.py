"""Captions are read as they were put away; those of a reference copy are its original's."""

import pytest

from cathedra.db.models import Recording
from cathedra.db.reads import captions as reads
from cathedra.db.writes import captions as writes
from cathedra.domain.library import CaptionOrigin, Cue, Origin, SpokenWord
from cathedra.domain.terms import RecordingNotFound
from tests.actions.captions.talks import talk

CUES = (
    Cue(0, 1000, "One\ntwo", (SpokenWord(0, 400, "One", 0.75), SpokenWord(400, 900, "two", 0.2))),
    Cue(1000, 2000, "3"),
)


def put(recording_id, language, now, *, expected=0, by=None, is_spoken=True):
    return writes.set_track(
        recording_id,
        language,
        cues=CUES,
        origin=CaptionOrigin.EDITED,
        expected=expected,
        is_spoken=is_spoken,
        by=by,
        now=now,
    )


def test_what_is_put_away_is_read_the_spoken_language_first(cast, now):
    made = talk(cast, now)
    assert put(made.id, "cy", now, is_spoken=False)
    assert put(made.id, "en", now, by=cast.alice)
    assert reads.get_track(made.id, "en").cues == CUES
    assert [(row.language, row.changed_by_name) for row in reads.list_tracks(made.id)] == [("en", "Alice"), ("cy", "")]
    with pytest.raises(reads.TrackNotFound):
        reads.get_track(made.id, "fr")
    assert reads.duration_of(made.id) == 60_000
    assert reads.course_words(cast.chemistry).course_id is None


def test_a_copy_by_reference_has_its_originals(cast, now):
    made, copy = talk(cast, now), talk(cast, now)
    Recording.objects.filter(id=copy.id).update(reference_of_id=made.id, origin=Origin.REFERENCE_COPY)
    assert (reads.media_of(copy.id), reads.media_of(made.id)) == (made.id, made.id)
    with pytest.raises(RecordingNotFound):
        reads.sound_of(copy.id)
    with pytest.raises(RecordingNotFound):
        reads.media_of(cast.alice)


def test_what_nobody_listened_to_is_found_the_newest_first_and_no_copies(cast, now):
    made, other = talk(cast, now), talk(cast, now)
    assert set(reads.list_unheard(most=9)) == {made.id, other.id}
    assert len(reads.list_unheard(most=1)) == 1
    writes.await_listening(made.id, now=now)
    assert reads.list_unheard(most=9) == (other.id,)
