"""The newest list of cuts counts."""

from cathedra.db.models import Edit
from cathedra.db.reads import content
from cathedra.domain.library import UNEDITED, Edits, Span
from tests.lectures import lecture


def test_the_newest_cuts_count_and_none_is_unedited(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert content.edits_of(made) == UNEDITED
    Edit.objects.create(recording_id=made, version=1, cuts=[[0, 5000]], made_at=now)
    assert content.edits_of(made) == Edits((Span(0, 5000),))
    Edit.objects.create(recording_id=made, version=2, cuts=[], made_at=now)
    assert content.edits_of(made) == UNEDITED
