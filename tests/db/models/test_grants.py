"""A grant is never to oneself, ends later than it begins, lets its holder watch, and defers its notice wholly or not."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import AccessGrant, AccessGrantItem, AccessGrantTelling
from tests.giving import DAY


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
