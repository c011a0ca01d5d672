"""What happens is said before it does, and done on the second press only."""

import pytest

from cathedra.db.models import Account, WebSession
from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r220_each_verb_says_what_will_happen_and_then_does_it(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    admin, ben = client(cast.dev), client(cast.ben)
    for verb, said, after in (
        ("end-sign-ins", "sign in again at once", "is signed out everywhere"),
        ("reset-second-step", "their password alone", "second step of Ben is reset"),
        ("close", "Nothing of theirs becomes unreachable", "is deactivated"),
        ("reopen", "They can sign in again", "is active again"),
    ):
        where = f"/staff/people/{cast.ben}/{verb}/"
        before = Account.objects.filter(id=cast.ben, is_active=True).exists()
        assert said in text(admin.get(where)), verb
        assert Account.objects.filter(id=cast.ben, is_active=True).exists() == before
        assert after in text(admin.post(where, follow=True)), verb
        assert not WebSession.objects.filter(account_id=cast.ben).exists(), verb
    assert ben.get("/account/").status_code == 302
    refused = text(admin.post(f"/staff/people/{cast.ben}/reopen/", follow=True))
    assert "open already" in refused
    assert "close your own account" in text(admin.post(f"/staff/people/{cast.dev}/close/", follow=True))
    assert admin.get(f"/staff/people/{cast.chemistry}/close/").status_code == 404
