"""The shipped policies can be read, and what is missing is said."""

import pytest

from cathedra.adapters import policy_files
from cathedra.domain.encoding import parse_ladder
from cathedra.domain.terms import UnableTo


def test_the_shipped_ladder_is_a_ladder():
    assert parse_ladder(policy_files.read("ladder")).first_height == 480


def test_a_missing_policy_is_said():
    with pytest.raises(UnableTo, match=r"no-such\.toml is missing"):
        policy_files.read("no-such")
