"""Copies by reference are as long as what they repeat (R201); the rest is told in reads/test_content.py."""

import pytest

from cathedra.db.models import Recording
from cathedra.db.writes import content as writes
from cathedra.domain.library import Edits, Span
from tests.lectures import lecture

pytestmark = pytest.mark.django_db


def test_a_version_is_shown_in_every_copy_by_reference(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    writes.add_edit(made, Edits((Span(0, 5000),)), after=0, by=None, now=now)
    assert writes.show_edit(made, 1, form=1, edited_ms=55_000, now=now)
    assert set(Recording.objects.values_list("edited_ms", "duration_ms")) == {(55_000, 60_000)}
