"""A rendition stands once by name in a recording, and is of a known kind."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Recording, Rendition, Source, Stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream(cast, now):
    made = {"title": "Orbitals", "owner_id": cast.alice, "created_by_id": cast.alice, "origin": "upload"}
    recording = Recording.objects.create(folder_id=cast.chemistry, created_at=now, updated_at=now, **made)
    source = Source.objects.create(
        recording=recording, position=0, original_name="a.mp4", size_bytes=1, received_at=now
    )
    return Stream.objects.create(recording=recording, source=source, role="PRIMARY", source_index=0, duration_ms=1)


def add(stream, now, **values):
    facts = {"codecs": "avc1", "peak_bps": 1, "average_bps": 1, "size_bytes": 1, "duration_ms": 1, "created_at": now}
    return Rendition.objects.create(recording=stream.recording, stream=stream, **facts, **values)


def test_a_name_stands_once_in_a_recording(stream, now):
    add(stream, now, kind="VIDEO", name="p720")
    add(stream, now, kind="VIDEO", name="p480")
    with pytest.raises(IntegrityError), transaction.atomic():
        add(stream, now, kind="VIDEO", name="p720")


def test_a_rendition_is_of_a_known_kind(stream, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(stream, now, kind="SMELL", name="p720")
