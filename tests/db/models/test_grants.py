"""A grant is never to oneself, ends later than it begins, lets its holder watch, and defers its notice wholly or not."""

import pytest
from django.db import IntegrityError, connection, transaction

from cathedra.db.models import AccessGrant, AccessGrantItem, AccessGrantTelling, AccessGrantUse
from tests.giving import DAY
from tests.lectures import lecture


def test_r144_r147_what_no_grant_may_be(cast, now):
    rights = {"grantee_id": cast.chloe, "granted_by_id": cast.dev, "rights": ["view"]}
    good = {
        **rights, "purpose": "manage_system", "explanation": "x" * 20, "starts_at": now, "ends_at": now + DAY,
        "granted_at": now,
    }  # fmt: skip
    for wrong in (
        {"granted_by_id": cast.chloe},
        {"purpose": "teaching"},
        {"ends_at": now},
        {"rights": ["manage"]},
        {"rights": ["view", "rule"]},
        {"deferred_reason": "why"},
        {"deferred_ground": "curiosity"},
        {"review_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessGrant.objects.create(**{**good, **wrong})
    made = AccessGrant.objects.create(**good)
    told = {"grant": made, "owner_id": cast.alice, "told_at": now}
    AccessGrantTelling.objects.create(**told, informed="owner")
    for table, row in (
        (AccessGrantTelling, {**told, "informed": "creators"}),  # once for an owner
        (AccessGrantTelling, {**told, "owner_id": cast.ben, "informed": "everybody"}),
        (AccessGrantItem, {"grant": made}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(**row)


def test_r148_what_was_done_under_a_grant_is_never_changed_or_removed(cast, now):
    made = AccessGrant.objects.create(
        grantee_id=cast.chloe, granted_by_id=cast.dev, rights=["view"], purpose="manage_system", explanation="x" * 20,
        starts_at=now, ends_at=now + DAY, granted_at=now,
    )  # fmt: skip
    recording = lecture(cast.chemistry, cast.alice, now=now)
    AccessGrantUse.objects.create(grant=made, recording_id=recording, kind="looked", at=now)
    with pytest.raises(IntegrityError, match="access_grant_use_kind"), transaction.atomic():
        AccessGrantUse.objects.create(grant=made, recording_id=recording, kind="dreamt", at=now)
    connection.check_constraints()
    with connection.cursor() as cursor:  # as everywhere but in tests
        cursor.execute("ALTER TABLE cathedra_accessgrantuse ENABLE ALWAYS TRIGGER grant_use_keep_all")
        for change in ("UPDATE {} SET kind = 'played'", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
                cursor.execute(change.format("cathedra_accessgrantuse"))
    assert AccessGrantUse.objects.count() == 1
