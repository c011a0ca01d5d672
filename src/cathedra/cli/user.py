"""Add people, set their passwords, close and reopen their accounts."""

import argparse
import getpass
import secrets
import sys
from datetime import UTC, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cathedra.actions import people
from cathedra.db.reads import people as reads
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.terms import AccountId, Actor, Channel, Decision, UnableTo

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb, a login name, and what belongs to it."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    add = verbs.add_parser("add", help="make an account with a personal folder")
    add.add_argument("login_name")
    add.add_argument("--name", required=True, help="full name")
    add.add_argument("--email", default="")
    add.add_argument("--affiliation", choices=[each.value for each in Affiliation], default="university_staff")
    add.add_argument("--role", action="append", choices=[each.value for each in SystemRole], default=[])
    for verb, purpose in (
        ("password", "set a new password; ends every sign-in of the account"),
        ("close", "nobody can sign in with it any more, and whoever is signed in is out"),
        ("reopen", "undo a close"),
    ):
        verbs.add_parser(verb, help=purpose).add_argument("login_name")
    for verb in ("add", "password"):
        verbs.choices[verb].add_argument(
            "--password-stdin", action="store_true", help="read the password from the input; else you are asked for it"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    now = datetime.now(UTC)
    if arguments.verb == "add":
        return _add(arguments, now)
    account_id = reads.find_account_by_login(arguments.login_name)
    if account_id is None:
        raise UnableTo(f"There is no account {arguments.login_name}.")
    if arguments.verb == "password":
        password = _password(arguments)
        people.change_password(account_id, password=password, actor=ACTOR, now=now)
    else:
        people.set_account_active(account_id, is_active=arguments.verb == "reopen", actor=ACTOR, now=now)
    done = {"password": "has a new password", "close": "is closed", "reopen": "is open again"}[arguments.verb]
    print(f"The account {arguments.login_name} {done}.")
    return 0


def _add(arguments: argparse.Namespace, now: datetime) -> int:
    outcome: AccountId | Decision = people.create_account(
        arguments.login_name,
        full_name=arguments.name,
        email=arguments.email,
        affiliation=Affiliation(arguments.affiliation),
        password=_password(arguments),
        roles=[SystemRole(role) for role in arguments.role],
        actor=ACTOR,
        now=now,
    )
    if isinstance(outcome, Decision):
        raise UnableTo(outcome.reasons[0].sentence)
    print(f"The account {arguments.login_name} was made.")
    return 0


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
