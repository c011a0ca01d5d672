"""A recording that is saved anew is begun, given files, made what its original is, or removed (R103)."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Recording, Saving, Source
from cathedra.db.writes import saving as writes
from cathedra.domain.terms import SourceId
from tests.domain.test_encoding import probe
from tests.lectures import lecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now, title="Heat", tags=["a"])


def test_r103_one_at_a_time_is_made_of_a_recording(original, cast, now):
    new = writes.begin(original, version=1, by=cast.eve, now=now)
    row = Recording.objects.get(id=new)
    assert (row.title, row.tags, row.owner_id, row.created_by_id) == ("Heat", ["a"], cast.alice, cast.eve)
    assert (row.media_state, row.publication, row.origin) == ("PREPARING", "DRAFT", "full_copy")
    with pytest.raises(IntegrityError, match="saving_open_once"), transaction.atomic():
        writes.begin(original, version=1, by=cast.alice, now=now)
    assert Recording.objects.count() == 2


def test_its_files_are_added_once(original, cast, now):
    new = writes.begin(original, version=1, by=cast.alice, now=now)
    files = [writes.NewFile(SourceId(uuid.uuid4()), f"k{n}", 7, "s", probe()) for n in (0, 1)]
    assert writes.add_files(new, files, name="kept.mp4", now=now)
    assert not writes.add_files(new, files, name="kept.mp4", now=now)
    rows = Source.objects.filter(recording_id=new).order_by("position").values_list("id", "position", "object_key")
    assert list(rows) == [(files[0].id, 0, "k0"), (files[1].id, 1, "k1")]


def test_what_is_not_being_made_is_not_made_again(original, cast, now):
    new = writes.begin(original, version=1, by=cast.alice, now=now)
    assert writes.carry_over(original, new, duration_ms=5, now=now) == "PUBLISHED"
    assert writes.carry_over(original, new, duration_ms=6, now=now) is None
    row = Recording.objects.get(id=new)
    assert (row.media_state, row.publication, row.duration_ms) == ("READY", "DRAFT", 5)


def test_r103_what_is_removed_leaves_the_sentence_and_the_original(original, cast, now):
    new = writes.begin(original, version=1, by=cast.alice, now=now)
    file = writes.NewFile(SourceId(uuid.uuid4()), "k", 7, "s", probe())
    writes.add_files(new, [file], name="kept.mp4", now=now)
    assert writes.remove(new, problem="It did not work.", now=now) == [file.id]
    assert writes.remove(new, problem="It did not work.", now=now) is None
    assert list(Recording.objects.values_list("id", flat=True)) == [original]
    row = Saving.objects.get(original_id=original)
    assert (row.recording_id, row.problem, row.ended_at) == (None, "It did not work.", now)


def test_a_sentence_why_stands_only_where_it_has_ended(original, now):
    with pytest.raises(IntegrityError, match="saving_problem_ends_it"), transaction.atomic():
        Saving.objects.create(original_id=original, version=1, asked_at=now, problem="No.")
