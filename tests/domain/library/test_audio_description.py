"""Whether a file may become an audio description (R212)."""

import pytest

from cathedra.domain import library
from cathedra.domain.library import AUDIO_LIMIT_BYTES, DescribedFacts
from cathedra.domain.terms import Code

PLAYS = DescribedFacts(is_playable=True, has_picture=True)


def test_r212_a_recording_with_a_picture_that_plays_may_be_described():
    for size_bytes in (1, AUDIO_LIMIT_BYTES):
        assert library.decide_description(PLAYS, language="en-GB", size_bytes=size_bytes).is_permitted


@pytest.mark.parametrize(
    ("facts", "language", "size_bytes", "code", "said"),
    [
        (DescribedFacts(False, True), "en", 1, Code.NOT_READY, "when the recording can be played"),
        (DescribedFacts(True, False), "en", 1, Code.BAD_REQUEST, "nothing to describe"),
        (PLAYS, "", 1, Code.BAD_REQUEST, "which language"),
        (PLAYS, "en", 0, Code.BAD_REQUEST, "This file is empty"),
        (PLAYS, "en", AUDIO_LIMIT_BYTES + 1, Code.BAD_REQUEST, "larger than 300 MB"),
    ],
)
def test_r212_what_cannot_be_is_refused_with_a_sentence(facts, language, size_bytes, code, said):
    decision = library.decide_description(facts, language=language, size_bytes=size_bytes)
    assert decision.code is code
    assert said in decision.reasons[0].sentence.format(**decision.reasons[0].values)


def test_files_of_another_sound_have_other_names():
    one, other = library.description_name("a" * 64), library.description_name("b" * 64)
    assert (one, other) == ("daaaaaaaaaaaa", "dbbbbbbbbbbbb")
