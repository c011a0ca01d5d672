"""The moves of publication (R52, R54)."""

import itertools

import pytest

from cathedra.domain import publishing
from cathedra.domain.terms import Code

WORDS = (publishing.DRAFT, publishing.WAITING, publishing.PUBLISHED, publishing.REJECTED)
ALLOWED = {(source, target) for _, source, target in publishing.MOVES}


@pytest.mark.parametrize(("row", "source", "target"), publishing.MOVES)
def test_a_move_with_a_row_is_allowed(row, source, target):
    assert publishing.decide_move(source, target).is_permitted, row


@pytest.mark.parametrize(("source", "target"), sorted(set(itertools.product(WORDS, WORDS)) - ALLOWED))
def test_a_move_without_a_row_is_refused_r52(source, target):
    assert publishing.decide_move(source, target).code is Code.ILLEGAL_TRANSITION


def test_readiness_publishes_unless_held_t14_t16():
    assert publishing.at_readiness(is_held=False) == publishing.PUBLISHED
    assert publishing.at_readiness(is_held=True) == publishing.DRAFT
