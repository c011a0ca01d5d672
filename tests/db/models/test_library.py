"""What we hold: the constraints that `tests/db/writes/test_library.py` does not reach through a write."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Course, Department, Folder, Recording, Source, Stream
from cathedra.db.writes import library
from cathedra.domain.library import Origin


def test_names_are_not_empty_and_stand_once_in_their_folder(cast, now):
    library.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    for name in ("", "Week 1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            library.add_folder(name, kind="course", parent_id=cast.chemistry, now=now)
    assert Folder.objects.filter(name="Week 1").count() == 1


def test_a_course_has_a_kind_of_r3(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.create(
            external_id="x", short_name="x", full_name="x", kind="hobby", department=Department.objects.get()
        )


def test_a_source_has_its_own_place_and_a_stream_its_own_index(cast, now):
    recording = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    facts = {"recording_id": recording, "position": 0, "size_bytes": 1, "received_at": now}
    source = Source.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(**facts)
    picture = {"recording_id": recording, "source": source, "role": "PRIMARY", "source_index": 0, "duration_ms": 1}
    Stream.objects.create(**picture)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stream.objects.create(**picture)
    assert Recording.objects.get(id=recording).dropped == []
