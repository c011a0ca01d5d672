"""How a recording is cut: the latest version counts."""

from cathedra.db.models import Edit
from cathedra.db.reads.content import edits_of
from cathedra.domain.library import UNEDITED, Edits, Span
from tests.lectures import lecture


def test_the_latest_version_of_the_cuts_counts(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert edits_of(made) == UNEDITED
    Edit.objects.create(recording_id=made, version=2, cuts=[[5, 10], [20, 30]], made_at=now)
    Edit.objects.create(recording_id=made, version=1, cuts=[[0, 1]], made_at=now)
    assert edits_of(made) == Edits((Span(5, 10), Span(20, 30)))
    Edit.objects.create(recording_id=made, version=3, cuts=[], made_at=now)
    assert edits_of(made) == UNEDITED
