"""What the tables of administrative grants refuse to hold (R142 to R148)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import AccessGrant, AccessGrantItem, AccessGrantUse


def grant(cast, now, **changed):
    given = {
        "grantee_id": cast.dev,
        "granted_by_id": cast.alice,
        "purpose": "manage_system",
        "explanation": "x" * 20,
        "rights": ["view"],
        "starts_at": now,
        "ends_at": now + timedelta(days=7),
        "granted_at": now,
    }
    return AccessGrant.objects.create(**{**given, **changed})


def test_what_no_grant_may_be(cast, now):
    wrong = {
        "R142: another purpose": {"purpose": "marking"},
        "R144: to oneself": {"granted_by_id": cast.dev},
        "R145: no right to view": {"rights": ["export"]},
        "R145: an unknown right": {"rights": ["view", "delete"]},
        "R145: over before it begins": {"ends_at": now},
        "R147: deferred without by whom and until when": {"deferred_reason": "a security incident"},
        "R147: a review without a deferral": {"review_at": now},
    }
    for rule, change in wrong.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            grant(cast, now, **change)
        assert not AccessGrant.objects.exists(), rule
    assert grant(cast, now, deferred_reason="an incident", deferred_by_id=cast.chloe, review_at=now).live_since is None


def test_it_covers_folders_or_recordings_each_once_and_keeps_its_use(cast, now):
    given = grant(cast, now)
    AccessGrantItem.objects.create(grant=given, folder_id=cast.chemistry)
    for again in ({"folder_id": cast.chemistry}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessGrantItem.objects.create(grant=given, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessGrantUse.objects.create(grant=given, recording_id=cast.chemistry, kind="read", at=now)
