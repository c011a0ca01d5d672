"""A lecture in Part IA and a folder inside."""

import pytest
from django.utils import timezone

from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from tests.lectures import lecture


@pytest.fixture
def made(cast):
    return lecture(cast.chemistry, cast.alice, title="Secret title", now=timezone.now())


@pytest.fixture
def inner(cast, now):
    return library.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
