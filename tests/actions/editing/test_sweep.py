"""What the sweep must leave alone; that it clears is told in test_show.py."""

from datetime import timedelta

import pytest

from cathedra.actions import editing
from cathedra.domain.library import Span
from tests.actions.editing.conftest import acting
from tests.actions.editing.test_show import SYSTEM, save, show

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_nothing_is_cleared_while_a_version_is_being_made(room, cast, now):
    save(room, cast, now)
    show(room, now)
    save(room, cast, now, cuts=(Span(0, 6_000),), version=1)
    show(room, now)
    editing.save_edit(room.id, cuts=(Span(0, 5_000),), version=2, actor=acting(cast.alice), now=now)
    later = now + timedelta(days=1)
    assert editing.sweep_edges(actor=SYSTEM, now=later, store=room.tools.store) == 0
