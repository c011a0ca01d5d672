"""Verbs of people: done, refused, audited; and what a change does to whoever is signed in."""

import pytest

from cathedra.actions import people
from cathedra.adapters.first_run import FirstRunCode
from cathedra.db.models import Account, AuditEvent, Folder, FolderAccess, SystemRoleHolder, WebSession
from cathedra.db.writes.web_sessions import SessionStore
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import Actor, Channel, Code, Decision
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OPERATOR = Actor(None, Channel.CLI)
STRANGER = Actor(None, Channel.WEB, address="192.0.2.1")
NEW = {"full_name": "Dana Reed", "email": "dana@example.org", "password": PASSWORD}


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def sign_in(account_id) -> str:
    store = SessionStore()
    store["_auth_user_id"] = str(account_id)
    store.save()
    return store.session_key


@pytest.fixture
def first_run(tmp_path):
    code = FirstRunCode(tmp_path / "code")
    code.make()
    return code


def make_first(first_run, now, *, name: str = "dana", code: str | None = None):
    given = first_run.read() if code is None else code
    return people.create_first_administrator(
        name, **NEW, given_code=given or "", first_run=first_run, actor=STRANGER, now=now
    )


def test_r25_the_first_administrator_has_both_roles_a_folder_and_an_audit_line(first_run, now):
    account_id = make_first(first_run, now)
    roles = set(SystemRoleHolder.objects.filter(account_id=account_id).values_list("role", flat=True))
    assert roles == {"sys_admin", "service_admin"}
    own = Folder.objects.get(owner_id=account_id)
    assert FolderAccess.objects.filter(folder=own, principal_id=account_id, role="creator").exists()
    assert events() == ["account:create_first_administrator"]
    assert AuditEvent.objects.get().address == "192.0.2.1"
    assert first_run.read() is None


def test_there_is_one_first_administrator_and_the_code_is_worth_nothing_after(first_run, now):
    code = first_run.read()
    make_first(first_run, now)
    first_run.make()
    refusal = make_first(first_run, now, name="mallory", code=code)
    assert isinstance(refusal, Decision)
    assert refusal.code is Code.GONE
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "code", "refused"), [("dana", "WRONG", Code.NO_PERMISSION), ("da na", None, Code.BAD_REQUEST)]
)
def test_a_wrong_code_or_name_makes_nothing_and_keeps_the_code(first_run, now, name, code, refused):
    refusal = make_first(first_run, now, name=name, code=code)
    assert isinstance(refusal, Decision)
    assert refusal.code is refused
    assert (Account.objects.count(), events()) == (0, [])
    assert first_run.read()


def test_a_login_name_is_taken_whatever_its_case(cast):
    refusal = people.create_account("ALICE", **NEW, affiliation=Affiliation.STUDENT, actor=STRANGER, now=cast.now)
    assert isinstance(refusal, Decision)
    assert refusal.code is Code.CONFLICT


def test_r27_an_account_is_made_without_any_role(cast):
    account_id = people.create_account("Olga", **NEW, affiliation=Affiliation.STUDENT, actor=STRANGER, now=cast.now)
    assert Account.objects.get(id=account_id).login_name == "olga"
    assert not SystemRoleHolder.objects.filter(account_id=account_id).exists()
    assert not FolderAccess.objects.filter(principal_id=account_id).exists()


def test_a_new_password_ends_every_sign_in(cast):
    sign_in(cast.ben)
    people.change_password(cast.ben, password="another long one 42", actor=Actor(cast.ben, Channel.WEB), now=cast.now)
    assert not WebSession.objects.filter(account_id=cast.ben).exists()
    assert Account.objects.get(id=cast.ben).check_password("another long one 42")
    assert events() == ["account:change_password"]


def test_signing_out_elsewhere_keeps_the_browser_in_hand(cast):
    kept, other, theirs = sign_in(cast.ben), sign_in(cast.ben), sign_in(cast.eve)
    people.end_other_sign_ins(cast.ben, keep_session_key=kept, actor=Actor(cast.ben, Channel.WEB), now=cast.now)
    left = set(WebSession.objects.values_list("session_key", flat=True))
    assert left == {kept, theirs}
    assert other not in left


def test_closing_ends_sign_ins_at_once_and_reopening_brings_none_back(cast):
    sign_in(cast.ben)
    for is_active in (False, True):
        people.set_account_active(cast.ben, is_active=is_active, actor=OPERATOR, now=cast.now)
        assert Account.objects.get(id=cast.ben).is_active is is_active
        assert not WebSession.objects.filter(account_id=cast.ben).exists()
    assert events() == ["account:close", "account:reopen"]


def test_r224_sign_ins_and_failed_ones_are_on_the_audit_trail(cast):
    people.note_sign_in(cast.ben, is_accepted=True, login_name="ben", actor=STRANGER, now=cast.now)
    people.note_sign_in(None, is_accepted=False, login_name="x" * 500, actor=STRANGER, now=cast.now)
    good, bad = AuditEvent.objects.order_by("id")
    assert (good.action, good.target_id, good.facts) == ("account:sign_in", str(cast.ben), {})
    assert (bad.action, bad.facts) == ("account:fail_sign_in", {"login_name": "x" * 150})
