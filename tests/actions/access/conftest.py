"""Who acts, and a folder inside the course's."""

from datetime import UTC

import pytest

from cathedra.actions.access import Calendar
from cathedra.adapters import policy_files
from cathedra.db.models import AuditEvent, Notice
from cathedra.db.writes import library
from cathedra.domain import access
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import Actor, Channel


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


def events(action):
    return list(AuditEvent.objects.filter(action=action).order_by("id"))


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__login_name", flat=True))


@pytest.fixture
def inner(cast, now):
    """Lectures, inside Part IA: it inherits."""
    return library.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)


@pytest.fixture
def calendar():
    return Calendar(access.parse_course_policy(policy_files.read("availability")), UTC)
