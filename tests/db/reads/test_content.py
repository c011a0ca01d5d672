"""The cuts that count are those of the highest version."""

from cathedra.db.models import Edit
from cathedra.db.reads import content
from cathedra.domain.library import UNEDITED, Span
from tests.lectures import lecture


def test_the_highest_version_counts(cast, now):
    one, other = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    Edit.objects.create(recording_id=one, version=1, cuts=[[0, 10]], made_at=now)
    Edit.objects.create(recording_id=one, version=2, cuts=[[5, 20], [30, 40]], made_at=now)
    assert content.edits_of(one).cuts == (Span(5, 20), Span(30, 40))
    assert content.edits_of(other) == UNEDITED
    assert content.edits_of_several([one, other]) == {one: content.edits_of(one)}
