"""Add people, set their passwords, close and reopen their accounts, give them system roles and take them away."""

import argparse
import getpass
import secrets
import sys
from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from cathedra.actions import people
from cathedra.db.reads import people as reads
from cathedra.domain.people import Affiliation, SystemRole, year_after
from cathedra.domain.terms import AccountId, Actor, Channel, Decision, FolderId, FolderNotFound, UnableTo

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb, a login name, and what belongs to it."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    add = verbs.add_parser("add", help="make an account with a personal folder")
    add.add_argument("login_name")
    add.add_argument("--name", required=True, help="full name")
    add.add_argument("--email", default="")
    add.add_argument("--affiliation", choices=[each.value for each in Affiliation], default="university_staff")
    add.add_argument(
        "--configured-by", metavar="login_name", help="of a program (service_account): the person who sets it up"
    )
    for verb, purpose in (
        ("password", "set a new password; ends every sign-in of the account"),
        ("close", "nobody can sign in with it any more, and whoever is signed in is out"),
        ("reopen", "undo a close"),
    ):
        verbs.add_parser(verb, help=purpose).add_argument("login_name")
    _add_role_verbs(verbs)
    for verb in ("add", "password"):
        verbs.choices[verb].add_argument(
            "--password-stdin", action="store_true", help="read the password from the input; else you are asked for it"
        )


def _add_role_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Roles on the platform (R27), as the staff pages give, review and withdraw them."""
    for verb, purpose in (
        ("give-role", "give a role on the platform"),
        ("review-role", "say that a role is still needed, and until when"),
        ("withdraw-role", "take a role away"),
    ):
        parser = verbs.add_parser(verb, help=purpose)
        parser.add_argument("login_name")
        parser.add_argument("role", choices=[each.value for each in SystemRole])
        parser.add_argument(
            "--reason", required=verb != "withdraw-role", default="", help="what the role is needed for"
        )
        if verb != "withdraw-role":
            parser.add_argument(
                "--review-date", type=date.fromisoformat, help="YYYY-MM-DD, at most twelve months ahead, which is usual"
            )
        if verb == "give-role":
            parser.add_argument("--approver", required=True, help="login name of whoever agreed to it")
            parser.add_argument(
                "--folder", type=UUID, action="append", default=[], help="id of a folder it holds in (videographers)"
            )


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    now = datetime.now(UTC)
    if arguments.verb == "add":
        return _add(arguments, now)
    account_id = reads.find_account_by_login(arguments.login_name)
    if account_id is None:
        raise UnableTo(f"There is no account {arguments.login_name}.")
    if arguments.verb.endswith("-role"):
        return _change_role(arguments, account_id, now)
    if arguments.verb == "password":
        password = _password(arguments)
        people.change_password(account_id, password=password, actor=ACTOR, now=now)
    else:
        is_active = arguments.verb == "reopen"
        _need(people.set_account_active(account_id, is_active=is_active, actor=ACTOR, now=now))
    done = {"password": "has a new password", "close": "is closed", "reopen": "is open again"}[arguments.verb]
    print(f"The account {arguments.login_name} {done}.")
    return 0


def _need(decision: Decision) -> None:
    if not decision.is_permitted:
        reason = decision.reasons[0]
        raise UnableTo(reason.sentence.format_map(reason.values))


def _change_role(arguments: argparse.Namespace, account_id: AccountId, now: datetime) -> int:
    role = SystemRole(arguments.role)
    if arguments.verb == "withdraw-role":
        _need(people.withdraw_role(account_id, role, reason=arguments.reason, actor=ACTOR, now=now))
        print(f"{arguments.login_name} does not hold the role {role} any more.")
        return 0
    until = arguments.review_date or year_after(localdate(now))
    if arguments.verb == "review-role":
        decision = people.renew_role(account_id, role, reason=arguments.reason, review_date=until, actor=ACTOR, now=now)
    else:
        decision = _give_role(arguments, account_id, role, until, now)
    _need(decision)
    print(f"{arguments.login_name} holds the role {role} until {until}.")
    return 0


def _give_role(
    arguments: argparse.Namespace, account_id: AccountId, role: SystemRole, until: date, now: datetime
) -> Decision:
    try:
        return people.give_role(
            account_id,
            role,
            reason=arguments.reason,
            approver=arguments.approver,
            review_date=until,
            scopes=[FolderId(each) for each in arguments.folder],
            actor=ACTOR,
            now=now,
        )
    except FolderNotFound as error:
        raise UnableTo(f"There is no folder {error}.") from error


def _add(arguments: argparse.Namespace, now: datetime) -> int:
    outcome: AccountId | Decision = people.create_account(
        arguments.login_name,
        full_name=arguments.name,
        email=arguments.email,
        affiliation=Affiliation(arguments.affiliation),
        password=_password(arguments),
        configured_by=_configuring(arguments.configured_by),
        actor=ACTOR,
        now=now,
    )
    if isinstance(outcome, Decision):
        raise UnableTo(outcome.reasons[0].sentence)
    print(f"The account {arguments.login_name} was made.")
    return 0


def _configuring(login_name: str | None) -> AccountId | None:
    if login_name is None:
        return None
    found = reads.find_account_by_login(login_name)
    if found is None:
        raise UnableTo(f"There is no account {login_name}.")
    return found


def _password(arguments: argparse.Namespace) -> str:
    """As given, or a fresh one that is printed when nothing was typed. Raises UnableTo for a weak one."""
    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password (empty: one is made for you): ")
        if not password:
            password = secrets.token_urlsafe(15)
            print(f"Password: {password}")
    try:
        validate_password(password)
    except ValidationError as error:
        raise UnableTo(" ".join(error.messages)) from error
    return password
