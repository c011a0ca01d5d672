"""A recorder's connection holds together, and an upload has one sender, a person or a recorder."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import RecorderConnection, RecorderError, Upload
from tests.db.models.test_scheduling import recorder


def upload(now, **more):
    told = {
        "kind": "WHOLE",
        "state": "OPEN",
        "length_bytes": 9,
        "created_at": now,
        "updated_at": now,
        "expires_at": now,
    }
    return Upload.objects.create(**told | more)


def refuses(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_an_upload_is_sent_by_a_person_or_by_a_recorder(cast, now):
    device = recorder(now)
    refuses("upload_one_sender", lambda: upload(now))
    refuses("upload_one_sender", lambda: upload(now, account_id=cast.alice, recorder=device))
    upload(now, account_id=cast.alice)
    upload(now, recorder=device, sha256="0f" * 32)
    refuses("upload_sha256", lambda: upload(now, recorder=device, sha256="0F" * 32))


def test_a_connection_has_whole_codes_words_that_are_known_and_one_token_for_one_recorder(cast, now):
    first, other = recorder(now), recorder(now, "LB 2")
    for name, wrong in {
        "connection_code_paired": {"code_digest": "x"},
        "connection_since": {"token_digest": "x"},
        "connection_state": {"state": "dreaming"},
        "connection_disk": {"free_bytes": -1},
    }.items():
        refuses(name, lambda wrong=wrong: RecorderConnection.objects.create(recorder=first, **wrong))
    RecorderConnection.objects.create(recorder=first, token_digest="x", connected_at=now)
    refuses(
        "token_digest", lambda: RecorderConnection.objects.create(recorder=other, token_digest="x", connected_at=now)
    )


def test_an_error_has_a_severity_that_is_known(db, now):
    told = {"recorder": recorder(now), "type": "disk", "text": "full", "at": now, "heard_at": now}
    RecorderError.objects.create(severity="fault", **told)
    refuses("recorder_error_severity", lambda: RecorderError.objects.create(severity="dire", **told))
