"""Name a recording, make a folder: done, refused, lost the race, audited."""

from uuid import uuid4

import pytest

from cathedra.actions import library as actions
from cathedra.db.models import AuditEvent, Folder, Recording
from cathedra.db.reads import access as access_reads
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Keeping
from cathedra.domain.terms import Actor, Channel, Code, FolderNotFound, RecordingNotFound
from tests.lectures import lecture


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, title="One", description="As it was.", now=now)


def test_a_creator_renames_and_it_is_audited(cast, made, now):
    decision = actions.edit_recording(made, title="  Two\n parts ", actor=acting(cast.alice), now=now)
    assert decision.is_permitted
    row = Recording.objects.get(id=made)
    assert (row.title, row.description) == ("Two parts", "As it was.")
    event = AuditEvent.objects.get(action="recording:edit")
    assert (event.actor_id, event.target_id) == (cast.alice, str(made))
    assert (event.before, event.after) == ({"title": "One"}, {"title": "Two parts"})  # R224


def test_tags_are_cleaned_limited_and_audited(cast, made, now):
    alice = acting(cast.alice)
    decision = actions.edit_recording(made, tags=["Heat", "heat", " past  paper, x"], actor=alice, now=now)
    assert decision.is_permitted
    assert Recording.objects.get(id=made).tags == ["Heat", "past paper", "x"]
    event = AuditEvent.objects.get(action="recording:edit")
    assert (event.before, event.after) == ({"tags": []}, {"tags": ["Heat", "past paper", "x"]})
    many = [f"tag {n}" for n in range(21)]
    assert actions.edit_recording(made, tags=many, actor=alice, now=now).code == Code.BAD_REQUEST
    assert actions.edit_recording(made, tags=["mine"], actor=acting(cast.ben), now=now).code == Code.NO_PERMISSION
    assert actions.edit_recording(made, tags=[], actor=alice, now=now).is_permitted
    assert Recording.objects.get(id=made).tags == []


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("ben", Code.NO_PERMISSION),
        ("chloe", Code.NO_PERMISSION),
        ("eve", Code.NO_PERMISSION),
    ],
)
def test_nobody_else_renames_matrix_row_6(cast, made, now, who, code):
    decision = actions.edit_recording(made, title="Mine now", actor=acting(getattr(cast, who)), now=now)
    assert decision.code == code
    assert Recording.objects.get(id=made).title == "One"
    assert not AuditEvent.objects.filter(action="recording:edit").exists()


def test_a_service_admin_renames_without_being_let_in_matrix_row_6_r26(cast, made, now):
    assert actions.edit_recording(made, title="Named", actor=acting(cast.dev), now=now).is_permitted
    assert not access.decide(access_reads.recording_facts(cast.dev, made), access.Action.VIEW, now).is_permitted


def test_anonymous_is_asked_to_sign_in(made, now):
    assert actions.edit_recording(made, title="x", actor=acting(None), now=now).code == Code.SIGN_IN


def test_the_second_of_two_writers_is_told(cast, made, now):
    version = Recording.objects.get(id=made).version
    assert actions.edit_recording(made, title="A", version=version, actor=acting(cast.alice), now=now).is_permitted
    lost = actions.edit_recording(made, title="B", version=version, actor=acting(cast.alice), now=now)
    assert lost.code == Code.CONFLICT
    assert Recording.objects.get(id=made).title == "A"


def test_an_empty_title_and_a_purged_recording_are_refused(cast, made, now):
    assert actions.edit_recording(made, title=" \0 ", actor=acting(cast.alice), now=now).code == Code.BAD_REQUEST
    Recording.objects.filter(id=made).update(keeping=Keeping.PURGED)
    assert actions.edit_recording(made, title="x", actor=acting(cast.alice), now=now).code == Code.GONE
    with pytest.raises(RecordingNotFound):
        actions.edit_recording(cast.ben, title="x", actor=acting(cast.alice), now=now)


def test_a_subfolder_is_made_inherits_and_is_audited_r28(cast, now):
    outcome = actions.make_subfolder(cast.chemistry, name="Week 1", actor=acting(cast.alice), now=now)
    assert outcome.decision.is_permitted
    assert Folder.objects.get(id=outcome.folder_id).inherits
    assert access_reads.roles_on(cast.ben, outcome.folder_id) == {FolderRole.VIEWER}
    assert AuditEvent.objects.get(action="folder:create").facts == {"name": "Week 1", "kind": "course"}


def test_a_name_is_taken_once_in_any_case(cast, now):
    actions.make_subfolder(cast.chemistry, name="Week 1", actor=acting(cast.alice), now=now)
    outcome = actions.make_subfolder(cast.chemistry, name="week 1", actor=acting(cast.alice), now=now)
    assert (outcome.decision.code, outcome.folder_id) == (Code.CONFLICT, None)


@pytest.mark.parametrize("who", ["ben", "chloe", "eve"])
def test_who_may_not_make_folders_is_refused(cast, now, who):
    outcome = actions.make_subfolder(cast.chemistry, name="Mine", actor=acting(getattr(cast, who)), now=now)
    assert outcome.decision.code == Code.NO_PERMISSION


def test_a_folder_needs_a_name_and_a_parent(cast, now):
    assert (
        actions.make_subfolder(cast.chemistry, name="\n", actor=acting(cast.alice), now=now).decision.code
        == Code.BAD_REQUEST
    )
    with pytest.raises(FolderNotFound):
        actions.make_subfolder(cast.ben, name="x", actor=acting(cast.alice), now=now)


def test_several_are_judged_one_by_one_in_the_order_asked_and_what_is_not_there_is_left_out(cast, made, now):
    """What is refused to one stops no other; a recording that is named twice is asked about once."""
    other = lecture(cast.physics, cast.eve, title="Other", now=now)

    def rename(one):
        return actions.edit_recording(one, title="Renamed", actor=acting(cast.alice), now=now)

    told = actions.do_to_each([other, uuid4(), made, other], rename)
    assert [(one, decision.code) for one, decision in told.items()] == [(other, Code.NO_PERMISSION), (made, Code.ALLOW)]
    assert Recording.objects.get(id=made).title == "Renamed"
    assert Recording.objects.get(id=other).title == "Other"
