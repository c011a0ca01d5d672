"""Fixtures of the hot door's tests."""

from tests.edge.loop import loop  # noqa: F401 - a fixture
