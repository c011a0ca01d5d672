"""Name a recording, make a folder: done, refused, lost the race, audited."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import library as actions
from cathedra.actions import metering
from cathedra.db.models import Account, AuditEvent, Folder, MeterEntry, Notice, Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Keeping
from cathedra.domain.metering import Cause
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel, Code, FolderNotFound, PrincipalId, RecordingNotFound
from tests.giving import post, somebody, tend
from tests.giving import told as given
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


# --- somebody else becomes the owner: done once, told to both, audited, in the ledger (R219, N36)


@pytest.fixture
def owned(cast, now):
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    return lecture(cast.chemistry, cast.alice, title="One", now=now, duration_ms=3_000_000)


def owner(owned):
    return Recording.objects.get(id=owned).owner_id


def told():
    rows = Notice.objects.filter(kind=NoticeKind.OWNER_CHANGED)
    return {row.recipient_id: (dict(row.values), row.link) for row in rows}


def test_both_sides_are_told_once_whoever_did_it_and_the_trail_has_both_r219_n36(cast, owned, now):
    for _ in range(2):
        assert actions.change_owner(owned, cast.dev, actor=acting(cast.alice), now=now).is_permitted
    assert owner(owned) == cast.dev
    names = {row: people_name(row) for row in (cast.alice, cast.dev)}
    values = {"title": "One", "folder": folder_name(owned), "who": names[cast.alice], "old": names[cast.alice],
              "new": names[cast.dev]}  # fmt: skip
    assert told() == {one: (values, f"/recordings/{owned}/") for one in (cast.alice, cast.dev)}
    event = AuditEvent.objects.get(action="recording:change_owner")
    assert (event.actor_id, event.target_id) == (cast.alice, str(owned))
    assert (event.before, event.after) == ({"owner_id": str(cast.alice)}, {"owner_id": str(cast.dev)})


def people_name(account_id):
    return Account.objects.get(id=account_id).full_name


def folder_name(owned):
    return Recording.objects.select_related("folder").get(id=owned).folder.name


def test_place_and_rights_of_others_stay_and_the_old_owner_keeps_what_the_folder_gives_r219_r57(cast, owned, now):
    before = Recording.objects.get(id=owned)
    actions.change_owner(owned, cast.dev, actor=acting(cast.dev), now=now)
    after = Recording.objects.get(id=owned)
    assert (after.folder_id, after.title, after.publication) == (before.folder_id, before.title, before.publication)
    assert access_reads.recording_facts(cast.dev, owned).is_owner
    assert not access_reads.recording_facts(cast.alice, owned).is_owner
    assert FolderRole.CREATOR in access_reads.roles_on(cast.alice, cast.chemistry)


def test_the_ledger_says_what_became_of_the_hours_r104_r110(cast, owned, now):
    metering.settle([owned], cause=Cause.READY, now=now)
    actions.change_owner(owned, cast.dev, actor=acting(cast.alice), now=now)
    sums = {}
    for row in MeterEntry.objects.filter(recording_id=owned):
        sums[row.owner_id, row.category] = sums.get((row.owner_id, row.category), 0) + row.delta_s
    assert metering.settle([owned], cause=Cause.OWNER_CHANGED, now=now) == 0  # nothing is left to be said
    assert sums[cast.dev, "STORED"] == 3000
    assert sums[cast.alice, "STORED"] == 0


def test_a_refusal_changes_nothing_and_tells_nobody(cast, owned, now):
    refused = {
        cast.ben: (cast.dev, Code.NO_PERMISSION),
        cast.chloe: (cast.dev, Code.NO_PERMISSION),
        None: (cast.dev, Code.SIGN_IN),
        cast.alice: (cast.ben, Code.BAD_REQUEST),
        cast.dev: (uuid4(), Code.BAD_REQUEST),
    }
    for who, (to, code) in refused.items():
        assert actions.change_owner(owned, to, actor=acting(who), now=now).code == code
    assert owner(owned) == cast.alice
    assert not told()
    assert not AuditEvent.objects.filter(action="recording:change_owner").exists()
    with pytest.raises(RecordingNotFound):
        actions.change_owner(cast.ben, cast.dev, actor=acting(cast.alice), now=now)


def test_the_service_finds_a_new_owner_for_what_somebody_left_behind_and_never_itself_r220_r26(cast, owned, now):
    people.give_system_role(cast.eve, SystemRole.SERVICE_ADMIN, reason="runs the service", now=now)
    assert actions.change_owner(owned, cast.eve, actor=acting(cast.eve), now=now).code == Code.SIGHT_NEEDED
    assert actions.change_owner(owned, cast.ben, actor=acting(cast.eve), now=now).is_permitted
    assert owner(owned) == cast.ben
    assert set(told()) == {cast.alice, cast.ben}


def test_whom_a_grant_lets_in_watches_nothing_of_a_new_owners_before_that_one_is_told_r146(cast, owned, now):
    morgan, noor = (somebody(name, now=now) for name in ("morgan", "noor"))
    access_writes.add_member(cast.chemistry, PrincipalId(noor), FolderRole.CREATOR, now=now)
    given(morgan, cast.dev, now=now, recordings=[owned])

    def seen(at):
        return access.decide(access_reads.recording_facts(morgan, owned), access.Action.VIEW, at).code

    assert seen(now) == Code.ALLOW
    actions.change_owner(owned, noor, actor=acting(cast.alice), now=now)
    assert seen(now) == Code.NO_PERMISSION
    later = now + timedelta(minutes=2)
    tend(later)
    assert Notice.objects.filter(kind=NoticeKind.STAFF_ACCESS_GRANTED, recipient_id=noor).exists()
    post(later)
    tend(later)
    assert seen(later) == Code.ALLOW
