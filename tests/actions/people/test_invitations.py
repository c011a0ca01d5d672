"""An account is made and its holder invited by a link that works once (R1, class 22, class 35)."""

import pytest

from cathedra.actions import people
from cathedra.db.models import Account, AuditEvent, Folder, Invitation, Notice
from cathedra.domain.people import Affiliation, Details
from cathedra.domain.terms import Actor, Channel, Code, Decision
from tests.actions.people.test_staff import administrator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLGA = Details("Olga Petrova", "olga@example.org", Affiliation.COLLEGE_STAFF)
STRANGER = Actor(None, Channel.WEB)


def secret(invited) -> str:
    return invited.path.removeprefix("/invitation/").removesuffix("/")


def accept(invited, now, password="a long enough password"):
    return people.accept_invitation(secret(invited), password=password, actor=STRANGER, now=now)


def test_a_person_is_invited_chooses_a_password_once_and_the_link_is_kept_nowhere_but_in_the_mail(cast):
    by = administrator(cast)
    invited = people.invite_person("Olga", OLGA, actor=by, now=cast.now)
    assert invited.decision.is_permitted
    account = Account.objects.get(id=invited.account_id)
    assert (account.login_name, account.has_usable_password()) == ("olga", False)
    assert Folder.objects.filter(owner_id=account.id, kind="personal").exists()
    notice = Notice.objects.get()
    assert (notice.address, notice.recipient_id, notice.link) == ("olga@example.org", None, invited.path)
    assert secret(invited) not in str(list(Invitation.objects.values())) + str(list(AuditEvent.objects.values()))
    assert accept(invited, cast.now).is_permitted
    assert Account.objects.get(id=account.id).check_password("a long enough password")
    assert accept(invited, cast.now, "the password of a thief").code is Code.GONE
    assert Account.objects.get(id=account.id).check_password("a long enough password")
    done = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert done == ["account:create", "account:invite", "account:accept_invitation"]
    assert AuditEvent.objects.get(action="account:create").after["login_name"] == "olga"
    again = people.invite_again(invited.account_id, actor=by, now=cast.now)
    assert (again.decision.code, again.account_id) == (Code.ILLEGAL_TRANSITION, None)


def test_a_new_link_ends_the_old_one_and_each_ends_by_itself(cast):
    by = administrator(cast)
    first = people.invite_person("olga", OLGA, actor=by, now=cast.now)
    second = people.invite_again(first.account_id, actor=by, now=cast.now)
    assert accept(first, cast.now).code is Code.GONE
    assert accept(second, second.expires_at).code is Code.GONE
    people.set_account_active(first.account_id, is_active=False, actor=by, now=cast.now)
    assert accept(second, cast.now).code is Code.GONE
    assert isinstance(people.whom_invited(secret(second), now=cast.now), Decision)
    assert not Account.objects.get(id=first.account_id).has_usable_password()
    assert isinstance(people.whom_invited("made-up", now=cast.now), Decision)


def test_a_name_that_is_taken_or_wrong_makes_nothing(cast):
    by = administrator(cast)
    for login, details, code in (
        ("BEN", OLGA, Code.CONFLICT),
        ("a b", OLGA, Code.BAD_REQUEST),
        ("olga", Details("", "", OLGA.affiliation), Code.BAD_REQUEST),
        ("olga", Details("O", "nobody", OLGA.affiliation), Code.BAD_REQUEST),
    ):
        outcome = people.invite_person(login, details, actor=by, now=cast.now)
        assert (outcome.decision.code, outcome.account_id) == (code, None), login
    assert not Invitation.objects.exists()
    assert Account.objects.count() == 5
