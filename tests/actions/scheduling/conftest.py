"""What is scheduled here is scheduled on the first of October."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 10, 1, 9, tzinfo=UTC)
