"""The sample university: loaded once, with the people and rights that the demo promises."""

from dataclasses import replace

import pytest

from cathedra import config
from cathedra.actions import sample
from cathedra.adapters import sample_files
from cathedra.adapters.sample_files import SampleLecture
from cathedra.adapters.spool import Spool
from cathedra.db.models import Account, Course, Department, Folder, Recording, Source, TermsAcceptance
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as schedule_reads
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import AccountId, Actor, Channel, FolderId, UnableTo
from tests.agreements import AUP, EULA, publish

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
    rooms = schedule_reads.list_recorder_choices(people["alice"], runs_service=False)
    assert [room.name for room in rooms] == ["Theatre 1", "Theatre 2"], "R152: who schedules there"
    _have_accepted_but_for_one_and_a_new_version_waits_for_all(university, now)


def _have_accepted_but_for_one_and_a_new_version_waits_for_all(university, now):
    """R9, R15; a part of the test above, because loading hashes a dozen passwords."""
    assert sample.accept_terms_as_sample(university, actor=OPERATOR, now=now) == 0, "nothing is published"
    publish(now=now)
    publish(AUP, now=now)
    assert sample.accept_terms_as_sample(university, actor=OPERATOR, now=now)
    publish(version=2, now=now)
    assert sample.accept_terms_as_sample(university, actor=OPERATOR, now=now) == 0, "they have to be asked"
    accepted = {(row.account.login_name, row.document, row.version) for row in TermsAcceptance.objects.all()}
    people = {person.login for person in university.people}
    assert {login for login, document, _ in accepted if document == EULA} == people - {"noor"}
    assert {login for login, document, _ in accepted if document == AUP} == {
        "ada", "samir", "alice", "tomas", "mei", "chloe",
    }  # fmt: skip
    assert {version for *_, version in accepted} == {1}


@pytest.fixture
def lectures():
    """Two files stand in for the shipped media: taking them in does not look inside."""
    return (SampleLecture("Lecture 1", "chem-1a", "Lectures", "alice", ("university.toml", "lectures.json")),)


@pytest.mark.slow
def test_sample_lectures_are_uploaded_once_as_their_lecturer_with_both_pictures(db, now, tmp_path, lectures):
    sample.load_sample_university(sample_files.university(), actor=OPERATOR, now=now)
    given = {"actor": OPERATOR, "now": now, "spool": Spool(tmp_path), "limits": config.Upload(min_free_bytes=0)}
    assert sample.add_sample_lectures(lectures, **given) == 1
    assert sample.add_sample_lectures(lectures, **given) == 0
    recording = Recording.objects.get(title="Lecture 1")
    assert (recording.owner.login_name, recording.media_state) == ("alice", "RECEIVED")
    sources = Source.objects.filter(recording=recording).order_by("position")
    assert [source.original_name for source in sources] == ["university.toml", "lectures.json"]
    with sample_files.lecture_file("university.toml") as path:
        assert Spool(tmp_path).path(sources[0].id).read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_a_lecture_that_its_lecturer_may_not_upload_says_why(db, now, tmp_path, lectures):
    sample.load_sample_university(sample_files.university(), actor=OPERATOR, now=now)
    with pytest.raises(UnableTo, match="was refused"):
        sample.add_sample_lectures(
            (replace(lectures[0], owner="ben"),),
            actor=OPERATOR,
            now=now,
            spool=Spool(tmp_path),
            limits=config.Upload(min_free_bytes=0),
        )
