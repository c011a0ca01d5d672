"""Who someone is, as the table sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Account, Group, Invitation, SystemRoleHolder


def test_an_account_has_an_affiliation_of_r1_and_says_when_it_ended(cast):
    row = Account.objects.filter(id=cast.ben)
    for wrong in ({"affiliation": "alumnus"}, {"is_active": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    assert str(row.get()) == "ben"


@pytest.mark.slow
def test_r2_r27_the_tables_refuse_what_the_rules_never_allow(cast, now):
    """One open invitation a person, which ends; a group of another system has its id; nobody approves their own role."""
    later = now + timedelta(days=1)
    Invitation.objects.create(account_id=cast.ben, digest="a", created_at=now, expires_at=later)
    role = {"role": "auditor", "reason": "x", "given_at": now, "review_date": later.date()}
    for make in (
        lambda: Invitation.objects.create(account_id=cast.ben, digest="b", created_at=now, expires_at=later),
        lambda: Invitation.objects.create(account_id=cast.eve, digest="c", created_at=now, expires_at=now),
        lambda: Invitation.objects.create(account_id=cast.eve, digest="a", created_at=now, expires_at=later),
        lambda: Group.objects.create(name="x", kind="external"),
        lambda: Group.objects.create(name="x", kind="internal", external_id="m:c_viewers"),
        lambda: SystemRoleHolder.objects.create(account_id=cast.ben, approver_id=cast.ben, **role),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    SystemRoleHolder.objects.create(account_id=cast.ben, approver_id=cast.eve, **role)
    Invitation.objects.filter(account_id=cast.ben).update(used_at=now)
    Invitation.objects.create(account_id=cast.ben, digest="b", created_at=now, expires_at=later)
