"""An upload's offset never leaves its file, and a lease has an end."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Upload


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
