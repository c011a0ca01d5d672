"""The newest edits count."""

from cathedra.db.reads import content as reads
from cathedra.domain.library import UNEDITED, Span
from tests.lectures import lecture
from tests.said import cut


def test_the_newest_list_of_cuts_counts_and_none_is_unedited(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert reads.edits_of(made) is UNEDITED
    for version, cuts in ((1, [[0, 1000]]), (2, [[5000, 9000], [20_000, 30_000]])):
        cut(made, *cuts, version=version, now=now)
    assert reads.edits_of(made).cuts == (Span(5000, 9000), Span(20_000, 30_000))
    cut(made, version=3, now=now)
    assert reads.edits_of(made) is UNEDITED
