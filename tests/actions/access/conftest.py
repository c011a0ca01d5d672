"""Who acts, and a folder inside the course's."""

import pytest

from cathedra.db.models import AuditEvent, Notice
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import Actor, Channel
from tests.policies import course_calendar


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
    return course_calendar()
