"""Alice may schedule in the Lecture Block."""

import pytest
from django.utils import timezone

from tests.web.scheduling.rooms import make_room


@pytest.fixture
def room(cast):
    return make_room(cast.alice, now=timezone.now())
