"""Accounts, groups and their browser sessions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from cathedra.db.models import Account, Membership, Principal, SystemRoleHolder, WebSession
from cathedra.db.writes import people
from cathedra.domain.people import Affiliation, SystemRole


def sessions(account_id, now, *keys):
    for key in keys:
        WebSession.objects.create(session_key=key, expire_date=now + timedelta(days=1), account_id=account_id)


def test_an_account_is_a_principal_and_its_password_is_argon2(cast):
    row = Account.objects.get(id=cast.alice)
    assert Principal.objects.filter(id=row.id, is_group=False).exists()
    assert row.password.startswith("argon2$")


def test_login_names_differ_in_more_than_case(cast, now):
    with pytest.raises(IntegrityError):
        people.add_account(
            "ALICE", full_name="A", email="a@example.org", affiliation=Affiliation.EXTERNAL, password=None, now=now
        )


def test_without_a_password_nobody_signs_in_with_one(db, now):
    id_ = people.add_account(
        "robot", full_name="R", email="", affiliation=Affiliation.SERVICE_ACCOUNT, password=None, now=now
    )
    assert not Account.objects.get(id=id_).has_usable_password()


def test_a_new_password_ends_every_browser_session(cast, now):
    sessions(cast.alice, now, "a", "b")
    sessions(cast.ben, now, "c")
    people.set_password(cast.alice, "another good one")
    assert set(WebSession.objects.values_list("session_key", flat=True)) == {"c"}


def test_one_session_may_be_spared(cast, now):
    sessions(cast.alice, now, "a", "b")
    people.end_sessions(cast.alice, except_key="a")
    assert set(WebSession.objects.values_list("session_key", flat=True)) == {"a"}


def test_deactivating_signs_out_at_once_and_says_when(cast, now):
    sessions(cast.ben, now, "c")
    people.set_active(cast.ben, is_active=False, now=now)
    row = Account.objects.get(id=cast.ben)
    assert (row.is_active, row.deactivated_at, WebSession.objects.count()) == (False, now, 0)
    people.set_active(cast.ben, is_active=True, now=now)
    assert Account.objects.get(id=cast.ben).deactivated_at is None


def test_joining_a_group_or_taking_a_role_twice_changes_nothing(cast, now):
    group = Membership.objects.get(account_id=cast.ben).group_id
    people.add_members(group, [cast.ben, cast.eve])
    people.give_system_role(cast.dev, SystemRole.SERVICE_ADMIN, reason="again", now=now)
    assert Membership.objects.filter(group_id=group).count() == 2
    assert SystemRoleHolder.objects.get(account_id=cast.dev).reason == "runs the service"
