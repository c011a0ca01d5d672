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


def test_the_versions_of_an_installation_follow_the_shipped_ones(tmp_path):
    (tmp_path / "9.toml").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert [path.name for path in policy_files.use_policy_files(tmp_path)] == ["1.toml", "9.toml"]
    assert policy_files.use_policy_files(tmp_path / "none")[0].parent.name == "acceptable-use"
