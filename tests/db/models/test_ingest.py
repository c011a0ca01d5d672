"""An upload's offset never leaves its file, and a lease has an end."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Capture, Upload
from cathedra.db.writes import library
from cathedra.domain.library import Origin


def test_offset_stays_in_range_and_a_lease_has_an_end(cast, now):
    upload = Upload.objects.create(
        account_id=cast.alice,
        kind="WHOLE",
        state="OPEN",
        length_bytes=10,
        created_at=now,
        updated_at=now,
        expires_at=now + timedelta(days=1),
    )
    for wrong in (
        {"offset_bytes": 11},
        {"offset_bytes": -1},
        {"lease": uuid.uuid4()},
        {"state": "DONE"},
        {"kind": "X"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Upload.objects.filter(id=upload.id).update(**wrong)


def test_a_capture_has_a_phase_and_one_that_is_not_live_has_stopped_r55(cast, now):
    recording = library.add_recording(
        cast.chemistry,
        title="Tides",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.BROWSER,
        now=now,
    )
    Capture.objects.create(recording_id=recording, phase="capturing", begun_at=now, heard_at=now, parts=[0, 1])
    for wrong in (
        {"phase": "live"},
        {"phase": "transferring"},
        {"phase": "ended"},
        {"stopped_at": now - timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Capture.objects.filter(recording_id=recording).update(**wrong)
