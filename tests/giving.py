"""Grants, made and told, for tests that do not care how."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from cathedra.actions import grants, notices
from cathedra.adapters import policy_files
from cathedra.db.models import Account
from cathedra.db.writes import people
from cathedra.domain.access import parse_grant_policy
from cathedra.domain.notices import Site
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.terms import AccountId, Actor, Channel, system_actor
from tests.conftest import hashed_password

POLICY = parse_grant_policy(policy_files.read("access-grants"))
WHY = "Captions arrive late, and we look for the cause."
DAY = timedelta(days=1)


def somebody(name: str, *roles: SystemRole, now, affiliation=Affiliation.UNIVERSITY_STAFF) -> AccountId:
    made = people.add_account(
        name, full_name=name.title(), email=f"{name}@example.org", affiliation=affiliation, password=None, now=now
    )
    Account.objects.filter(id=made).update(password=hashed_password())
    for role in roles:
        people.give_system_role(made, role, reason="runs the service", now=now)
    return made


def by(account_id, channel=Channel.WEB) -> Actor:
    return Actor(account_id, channel, address="192.0.2.9")


def give(grantee, giver, *, now, **more) -> grants.GrantOutcome:
    asked = {"purpose": "manage_system", "explanation": WHY, "ends_at": now + 7 * DAY, **more}
    return grants.give_grant(grantee, **asked, policy=POLICY, actor=by(giver), now=now)


def post(now, postman=None) -> None:
    """The mail goes out, here to nobody: without a mail server notices stand on the site."""
    notices.send_due(
        actor=system_actor(),
        now=now,
        postman=postman,
        site=Site("Lectures", "https://lectures.example.org"),
        zone=ZoneInfo("Europe/London"),
        translate=str,
    )


def tend(now) -> grants.Tended:
    return grants.tend_grants(actor=system_actor(), now=now)


def told(grantee, giver, *, now, **more):
    """A grant in force: its owners were told."""
    outcome = give(grantee, giver, now=now, **more)
    assert outcome.grant_id is not None, outcome.decision
    post(now)
    tend(now)
    return outcome.grant_id
