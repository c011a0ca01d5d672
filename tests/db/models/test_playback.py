"""One place to resume for each person and recording."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import ViewingPosition
from cathedra.db.writes import library
from cathedra.domain.library import Origin


def test_a_position_stands_once_and_is_not_negative(cast, now):
    recording = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    facts = {"account_id": cast.ben, "recording_id": recording, "updated_at": now}
    ViewingPosition.objects.create(position_ms=5, **facts)
    for wrong in (6, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            ViewingPosition.objects.create(position_ms=wrong, **facts)
