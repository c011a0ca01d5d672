"""The moves between tiers (R54)."""

import itertools

from cathedra.domain import library, retention


def test_words_are_those_of_the_library():
    words = {retention.ONLINE, retention.ARCHIVED, retention.RESTORING, retention.RECYCLED, retention.PURGED}
    assert words == set(library.Keeping)


def test_only_moves_with_a_row_are_allowed_and_nothing_leaves_purged_t38():
    rows = {(source, target) for _, source, target in retention.MOVES}
    for source, target in itertools.product(library.Keeping, library.Keeping):
        assert retention.may_move(source, target) == ((source, target) in rows)
        assert not retention.may_move(library.Keeping.PURGED, target)
