"""The tools and the source of tests/actions/test_encoding.py."""

from tests.actions.test_encoding import source, tools

__all__ = ["source", "tools"]
