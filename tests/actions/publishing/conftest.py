"""Part IA with approval by its Publisher Chloe; a second Publisher, Pia; Alice creates."""

from dataclasses import dataclass

import pytest

from cathedra.db.models import Folder, Notice
from cathedra.db.writes import access, library, people
from cathedra.domain.access import FolderRole, FolderStart
from cathedra.domain.library import FolderKind, Publication
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import AccountId, Actor, Channel, FolderId, PrincipalId
from tests.lectures import lecture


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


@dataclass
class Desk:
    cast: object
    pia: AccountId
    free: FolderId  # no approval; Alice creates
    strict: FolderId  # approval; Alice creates, Pia publishes

    def waiting(self, now, **facts):
        given = {"submitted_at": now, "submitted_by_id": self.cast.alice, "publication": Publication.WAITING}
        return lecture(self.cast.chemistry, self.cast.alice, now=now, **{**given, **facts})


def told(kind):
    """Who was told of this kind, by login name."""
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__login_name", flat=True))


@pytest.fixture
def desk(cast, now):
    pia = people.add_account(
        "pia",
        full_name="Pia",
        email="pia@example.org",
        affiliation=Affiliation.UNIVERSITY_STAFF,
        password=None,
        now=now,
    )
    helpers = people.add_group("Publishers of Part IA", kind="internal")
    people.add_members(helpers, [pia])
    access.add_member(cast.chemistry, PrincipalId(helpers), FolderRole.PUBLISHER, now=now)
    free = library.add_folder("Free", kind=FolderKind.COURSE, now=now)
    strict = library.add_folder("Strict", kind=FolderKind.COURSE, now=now)
    for folder in (free, strict):
        access.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    access.add_member(strict, PrincipalId(pia), FolderRole.PUBLISHER, now=now)
    Folder.objects.filter(id__in=[cast.chemistry, strict]).update(start=FolderStart.WHEN_APPROVED)
    return Desk(cast, pia, free, strict)
