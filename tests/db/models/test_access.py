"""A role stands once for a folder and a principal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import AccessRequest, Exemption, FolderAccess, FolderMember, RecordingViewer
from tests.lectures import lecture


def test_roles_stand_once(cast, now):
    for table, more in ((FolderMember, {"given_at": now}), (FolderAccess, {})):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(folder_id=cast.chemistry, principal_id=cast.alice, role="creator", **more)


def test_a_role_is_one_of_r23(cast, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        FolderMember.objects.create(folder_id=cast.chemistry, principal_id=cast.alice, role="owner", given_at=now)


def test_what_the_tables_of_access_refuse(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    day = timedelta(days=1)
    exemption = {"kind": "public_sharing", "given_at": now, "given_by_id": cast.dev, "reason": "x"}
    wrong = [
        ("R36: about nothing", AccessRequest, {"asker_id": cast.eve, "at": now}),
        ("R36: about two things", AccessRequest, request(cast, now, recording_id=recording, folder_id=cast.chemistry)),
        ("R36: an answer without when", AccessRequest, request(cast, now, recording_id=recording, answer="given")),
        ("R33: over before it began", Exemption, {**exemption, "folder_id": cast.chemistry, "expires_at": now}),
        ("R33: no reason", Exemption, {**exemption, "recording_id": recording, "expires_at": now + day, "reason": ""}),
        ("R33: about nothing", Exemption, {**exemption, "expires_at": now + day}),
    ]
    for rule, table, row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(**row)
        assert not table.objects.exists(), rule


def request(cast, now, **changed):
    return {"asker_id": cast.eve, "at": now, **changed}


def test_one_open_request_a_person_and_thing_r36(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    asked = AccessRequest.objects.create(**request(cast, now, recording_id=recording))
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.create(**request(cast, now, recording_id=recording))
    AccessRequest.objects.filter(id=asked.id).update(answer="declined", answered_at=now)
    AccessRequest.objects.create(**request(cast, now, recording_id=recording))


def test_an_extra_viewer_stands_once_r24(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    RecordingViewer.objects.create(recording_id=recording, principal_id=cast.eve, given_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordingViewer.objects.create(recording_id=recording, principal_id=cast.eve, given_at=now)
