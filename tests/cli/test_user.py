"""People by the command line: added, given a password, closed, reopened, each on the audit trail."""

import io

import pytest

from cathedra.cli.main import main
from cathedra.db.models import Account, AuditEvent, Folder, FolderAccess, WebSession
from cathedra.db.reads import people
from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from tests import agreements
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def add(*more: str) -> int:
    return main(["user", "add", "Olga", "--name", "Olga Petrova", "--password-stdin", *more])


def test_a_person_is_added_with_a_folder_of_their_own(typed, capsys):
    typed(PASSWORD)
    assert add("--email", "olga@example.org") == 0
    account = Account.objects.get(login_name="olga")
    assert (account.full_name, account.email, account.affiliation) == (
        "Olga Petrova",
        "olga@example.org",
        "university_staff",
    )
    assert account.check_password(PASSWORD)
    own = Folder.objects.get(owner_id=account.id)
    assert FolderAccess.objects.filter(folder=own, principal_id=account.id, role="creator").exists()
    assert not people.has_administrator()
    event = AuditEvent.objects.get(action="account:create")
    assert (event.channel, event.target_id) == ("CLI", str(account.id))
    assert capsys.readouterr().out == "The account Olga was made.\n"


def test_a_student_gets_no_right_to_create(typed):
    typed(PASSWORD)
    assert add("--affiliation", "student") == 0
    assert not FolderAccess.objects.filter(role="creator").exists()


def test_r14_a_program_is_made_in_the_name_of_a_person_who_has_accepted_the_terms(typed, cast, capsys):
    current = agreements.publish(now=cast.now)
    for more, says in (
        ([], "Name the person who sets it up"),
        (["--configured-by", "nobody"], "There is no account nobody."),
        (["--configured-by", "alice"], "must have accepted the current terms of use"),
    ):
        typed(PASSWORD)
        assert add("--affiliation", "service_account", *more) == 1
        assert says in capsys.readouterr().err
    agreements.accept(cast.alice, current, now=cast.now)
    typed(PASSWORD)
    assert add("--affiliation", "service_account", "--configured-by", "alice") == 0
    event = AuditEvent.objects.get(action="account:create")
    assert event.after == {"affiliation": "service_account"}
    assert event.facts == {"configured_by_id": str(cast.alice)}
    assert Account.objects.get(login_name="olga").affiliation == "service_account"


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("olga", PASSWORD, "There is an account with this login name already."),
        ("new", "short", "too short"),
        ("a b", PASSWORD, "login name is made of"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(typed, capsys, name, password, says):
    typed(PASSWORD)
    add()
    typed(password)
    assert main(["user", "add", name, "--name", "Other", "--password-stdin"]) == 1
    assert says in capsys.readouterr().err
    assert Account.objects.count() == 1


def test_a_new_password_and_a_closed_account_end_every_sign_in(typed, cast, client, capsys):
    client.force_login(Account.objects.get(id=cast.ben), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert WebSession.objects.filter(account_id=cast.ben).exists()
    typed("another long enough password")
    assert main(["user", "password", "BEN", "--password-stdin"]) == 0
    assert not WebSession.objects.filter(account_id=cast.ben).exists()
    assert Account.objects.get(id=cast.ben).check_password("another long enough password")
    assert main(["user", "close", "ben"]) == 0
    assert not Account.objects.get(id=cast.ben).is_active
    assert main(["user", "reopen", "ben"]) == 0
    assert Account.objects.get(id=cast.ben).is_active
    done = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert done == ["account:change_password", "account:close", "account:reopen"]
    assert main(["user", "close", "nobody"]) == 1
    assert "There is no account nobody." in capsys.readouterr().err


def test_r27_roles_are_given_reviewed_and_withdrawn_as_on_the_pages(cast, capsys):
    give = ["user", "give-role", "chloe", "auditor", "--reason", "Checks the figures"]
    assert main([*give, "--approver", "chloe"]) == 1
    assert "Nobody approves a role for themselves" in capsys.readouterr().err
    assert main([*give, "--approver", "alice"]) == 0
    held = people.find_role(cast.chloe, SystemRole.AUDITOR)
    assert capsys.readouterr().out == f"chloe holds the role auditor until {held.review_date}.\n"
    assert (
        main(["user", "review-role", "chloe", "auditor", "--reason", "Still does", "--review-date", "2000-01-01"]) == 1
    )
    assert main(["user", "review-role", "chloe", "auditor", "--reason", "Still checks them"]) == 0
    films = ["user", "give-role", "chloe", "videographer", "--reason", "Films lectures", "--approver", "alice"]
    assert main(films) == 1
    assert main([*films, "--folder", str(cast.eve)]) == 1
    assert main([*films, "--folder", str(cast.chemistry)]) == 0
    assert main(["user", "withdraw-role", "chloe", "auditor"]) == 0
    assert main(["user", "withdraw-role", "chloe", "auditor"]) == 1
    done = list(AuditEvent.objects.order_by("id").values_list("action", "channel"))
    assert done == [(f"role:{verb}", "CLI") for verb in ("give", "renew", "give", "withdraw")]


def test_r25_the_last_administrator_is_not_closed(cast, capsys):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs it", now=cast.now)
    assert main(["user", "close", "dev"]) == 1
    assert "last active systems administrator" in capsys.readouterr().err
