"""The sample university: loaded once, with the people and rights that the demo promises."""

import pytest

from cathedra.actions import sample
from cathedra.adapters import sample_files
from cathedra.db.models import Account, Course, Department, Folder
from cathedra.db.reads import access as access_reads
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import AccountId, Actor, Channel, FolderId

OPERATOR = Actor(account_id=None, channel=Channel.CLI)


@pytest.mark.slow
def test_the_sample_university_is_loaded_once_with_its_people_and_rights(db, now):
    university = sample_files.university()
    assert sample.load_sample_university(university, actor=OPERATOR, now=now)
    assert not sample.load_sample_university(university, actor=OPERATOR, now=now)
    assert (Department.objects.count(), Course.objects.count()) == (2, 6)
    lectures = Folder.objects.get(name="Lectures", course__short_name="CHEM IA")
    people = {row.login_name: AccountId(row.id) for row in Account.objects.all()}
    assert access_reads.roles_on(people["alice"], FolderId(lectures.id)) == {FolderRole.CREATOR}
    assert access_reads.roles_on(people["chloe"], FolderId(lectures.id)) == {FolderRole.PUBLISHER}
    assert access_reads.roles_on(people["ben"], FolderId(lectures.id)) == {FolderRole.VIEWER}
    assert access_reads.roles_on(people["eve"], FolderId(lectures.id)) == set()
    assert access_reads.roles_on(people["ada"], FolderId(lectures.id)) == set(), "R26: administrators see by no right"
