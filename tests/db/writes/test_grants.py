"""Grants put away: compare-and-set where two may come at once, constraints where nobody may (R143 to R149)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import AccessGrant, AccessGrantTelling
from cathedra.db.writes import grants as writes
from cathedra.domain.access import DeferGround, GrantRight, GrantUse, Informed
from tests.domain.access.test_grants import GIVEN
from tests.lectures import lecture


@pytest.mark.django_db
@pytest.mark.slow
def test_of_two_who_end_or_tell_one_is_first_and_constraints_hold(cast):
    recording, now = lecture(cast.chemistry, cast.alice, now=cast.now), cast.now
    asked = replace(GIVEN, starts_at=now, ends_at=now + timedelta(days=1), rights=frozenset({GrantRight.VIEW}))
    places = {"grantee": cast.chloe, "giver": cast.dev, "recordings": [recording], "folders": [], "now": now}
    made = writes.add_grant(replace(asked, is_notice_held=True), **places)
    assert (writes.release_notice(made), writes.release_notice(made)) == (True, False)
    writes.set_told(made, cast.alice, informed=Informed.OWNER, live_since=None, now=now)
    writes.set_told(made, cast.alice, informed=Informed.CREATORS, live_since=None, now=now)
    telling = AccessGrantTelling.objects.get()
    assert telling.informed == Informed.CREATORS
    assert (writes.set_live(telling.id, now=now), writes.set_live(telling.id, now=now)) == (True, False)
    writes.set_deferred(made, ground=DeferGround.LEGAL_DUTY, reason="why", by=cast.alice, review_at=now, now=now)
    writes.add_use(made, recording, kind=GrantUse.PLAYED, now=now)
    again = [writes.set_revoked(made, by=None, reason="", now=now) for _ in range(2)]
    assert again == [True, False]
    assert (writes.set_ended(made, now=now), writes.set_ended(made, now=now)) == (True, False)
    for wrong in (
        {"grantee": cast.dev},  # R144: never to themselves
        {"asked": replace(asked, rights=frozenset({GrantRight.MANAGE}))},
        {"asked": replace(asked, ends_at=now)},
        {"recordings": [recording, recording]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            writes.add_grant(wrong.pop("asked", asked), **{**places, **wrong})
    assert AccessGrant.objects.count() == 1
