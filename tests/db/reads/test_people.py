"""Whose browser it is, and how a person is shown."""

from datetime import timedelta

import pytest

from cathedra.db.models import WebSession
from cathedra.db.reads import people as reads
from cathedra.db.writes import people as writes
from cathedra.domain.people import AccountType, SystemRole
from cathedra.domain.terms import AccountId, AccountNotFound


def sign_in(account_id, now, key="k"):
    WebSession.objects.create(session_key=key, expire_date=now + timedelta(hours=1), account_id=account_id)


def test_a_sign_in_names_its_account_until_it_ends(cast, now):
    sign_in(cast.alice, now)
    assert reads.find_signed_in("k", now=now) == reads.SignedIn(cast.alice, is_gated=False)
    assert reads.find_signed_in("k", now=now + timedelta(hours=1)) is None
    assert reads.find_signed_in("other", now=now) is None
    assert reads.find_signed_in("", now=now) is None


def test_a_browser_that_is_not_signed_in_is_nobody(db, now):
    WebSession.objects.create(session_key="k", expire_date=now + timedelta(hours=1))
    assert reads.find_signed_in("k", now=now) is None


def test_a_deactivated_account_is_nobody_at_once(cast, now):
    sign_in(cast.ben, now)
    writes.set_active(cast.ben, is_active=False, now=now)
    sign_in(cast.ben, now, "late")
    assert reads.find_signed_in("k", now=now) is None
    assert reads.find_signed_in("late", now=now) is None


def test_a_person_is_shown_with_what_they_may_be(cast):
    """R22."""
    alice, ben, dev = (reads.get_person(who) for who in (cast.alice, cast.ben, cast.dev))
    assert (alice.full_name, alice.is_creator) == ("Alice", True)
    assert ben.account_types == (AccountType.VIEWER,)
    assert dev.system_roles == (SystemRole.SERVICE_ADMIN,)


def test_nobody_is_not_found(cast, now):
    writes.set_active(cast.ben, is_active=False, now=now)
    for missing in (cast.ben, AccountId(cast.chemistry)):
        with pytest.raises(AccountNotFound):
            reads.get_person(missing)
