"""People by the command line: added, given a password, closed, reopened, each on the audit trail."""

import io

import pytest

from cathedra.cli.main import main
from cathedra.db.models import Account, AuditEvent, Folder, FolderAccess, WebSession
from cathedra.db.reads import people
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def add(*more: str) -> int:
    return main(["user", "add", "Olga", "--name", "Olga Petrova", "--password-stdin", *more])


def test_a_person_is_added_with_a_folder_of_their_own(typed, capsys):
    typed(PASSWORD)
    assert add("--role", "sys_admin", "--email", "olga@example.org") == 0
    account = Account.objects.get(login_name="olga")
    assert (account.full_name, account.email, account.affiliation) == (
        "Olga Petrova",
        "olga@example.org",
        "university_staff",
    )
    assert account.check_password(PASSWORD)
    own = Folder.objects.get(owner_id=account.id)
    assert FolderAccess.objects.filter(folder=own, principal_id=account.id, role="creator").exists()
    assert people.has_administrator()
    event = AuditEvent.objects.get(action="account:create")
    assert (event.channel, event.target_id, event.facts) == ("CLI", str(account.id), {"roles": ["sys_admin"]})
    assert capsys.readouterr().out == "The account Olga was made.\n"


def test_a_student_gets_no_right_to_create(typed):
    typed(PASSWORD)
    assert add("--affiliation", "student") == 0
    assert not FolderAccess.objects.filter(role="creator").exists()


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
