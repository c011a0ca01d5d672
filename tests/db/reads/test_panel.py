"""What is said and shown, as the edits leave it, also of a copy by reference (R140)."""

import pytest

from cathedra.db.models import Recording
from cathedra.db.reads import panel as reads
from cathedra.domain.library import AnalysisKind, AnalysisState
from cathedra.domain.terms import RecordingNotFound
from tests.lectures import lecture
from tests.said import cut, say

BOTH = ("en", "de")


def test_content_is_of_one_language_and_of_what_is_shown(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    empty = reads.content_of(made, shown=BOTH)
    assert (empty.captions, empty.language, empty.cues, empty.chapters, empty.slides) == ((), "", (), (), ())
    say(made, now=now)
    copy = lecture(cast.chemistry, cast.alice, now=now, origin="reference_copy")
    Recording.objects.filter(id=copy).update(reference_of_id=made)
    cut(made, (4500, 30_000), now=now)
    found = reads.content_of(copy, shown=BOTH)
    assert [(one.language, one.is_spoken) for one in found.captions] == [("en", True), ("de", False)]
    assert [(one.start_ms, one.text) for one in found.cues] == [(0, "Good morning."), (4500, "And now <b>ice</b>.")]
    assert [(one.start_ms, one.title) for one in found.chapters] == [(0, "Gases"), (4500, "Ice & water")]
    assert [(one.start_ms, one.end_ms, one.image) for one in found.slides] == [
        (0, 4500, "slide-0.jpg"),
        (4500, 34_500, "slide-1.jpg"),
    ]
    assert found.analyses == {AnalysisKind.SPEECH: AnalysisState.DONE}
    assert [one.text for one in reads.content_of(made, language="de", shown=BOTH).cues] == ["Guten Morgen."]
    assert reads.content_of(made, language="fr", shown=BOTH).language == "en"
    hidden = reads.content_of(made, language="en", shown=["de"])  # R208
    assert ([one.language for one in hidden.captions], hidden.language) == (["de"], "de")
    with pytest.raises(RecordingNotFound):
        reads.content_of(cast.ben, shown=BOTH)
