"""Approval switched on and off: what disappears, who may, who is told once (R68 to R70, T25, T26)."""

import pytest

from cathedra.actions import access as access_actions
from cathedra.actions import publishing as actions
from cathedra.db.models import AuditEvent, Folder, Notice, Recording
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Keeping, Publication
from cathedra.domain.terms import Code, PrincipalId
from tests.actions.publishing.conftest import acting, told
from tests.lectures import lecture


def publications(*recordings):
    known = dict(Recording.objects.values_list("id", "publication"))
    return [known[one] for one in recordings]


def switch(folder, is_on, who, now, **more):
    return actions.switch_approval(folder, is_on=is_on, actor=acting(who), now=now, **more)


@pytest.mark.slow
def test_switched_on_what_is_published_waits_and_each_publisher_is_told_once_t25_r69(desk, cast, now):
    """Section 25: 12 published items, approval switched on: 12 waiting, 1 digest per Publisher."""
    Folder.objects.filter(id=cast.chemistry).update(start=None)
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    apart = library.add_folder("Apart", kind=FolderKind.COURSE, parent_id=cast.chemistry, inherits=False, now=now)
    asking = library.add_folder("Asking", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    Folder.objects.filter(id=asking).update(start="when_approved")
    twelve = [lecture(cast.chemistry, cast.alice, now=now) for _ in range(11)]
    twelve.append(lecture(below, cast.alice, now=now))
    others = [lecture(apart, cast.alice, now=now), lecture(asking, cast.alice, now=now)]
    archived = lecture(cast.chemistry, cast.alice, now=now, keeping=Keeping.ARCHIVED)
    preview = actions.preview_switch(cast.chemistry, actor=acting(cast.alice), now=now)
    assert (preview.may_switch.is_permitted, preview.may_approve_existing) == (True, False)
    assert (preview.standing.published, preview.standing.is_on, preview.has_publisher) == (12, False, True)
    assert preview.standing.follows == ("Below",)
    refused = switch(cast.chemistry, True, cast.alice, now, approve_existing=True)
    assert (refused.decision.code, refused.decision.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R69")
    assert publications(*twelve) == ["PUBLISHED"] * 12
    result = switch(cast.chemistry, True, cast.alice, now)
    assert (result.is_changed, result.now_waiting) == (True, 12)
    assert publications(*twelve) == ["WAITING"] * 12
    assert publications(*others, archived) == ["PUBLISHED"] * 3
    assert told("N10_FOLDER") == ["chloe", "pia"]
    assert not Notice.objects.filter(kind="N10").exists()
    assert AuditEvent.objects.filter(action="recording:submit").count() == 12
    assert AuditEvent.objects.get(action="folder:switch_approval_on").facts["recordings"] == 12
    assert not switch(cast.chemistry, True, cast.alice, now).is_changed  # R53


@pytest.mark.slow
def test_a_publisher_may_approve_what_is_there_in_the_same_step_r69_r66(desk, cast, now, site_says):
    Folder.objects.filter(id=cast.chemistry).update(start=None)
    hers, own = lecture(cast.chemistry, cast.alice, now=now), lecture(cast.chemistry, cast.chloe, now=now)
    assert actions.preview_switch(cast.chemistry, actor=acting(cast.chloe), now=now).own_left == 0
    with site_says(APPROVAL_ALLOW_SELF="false"):
        assert actions.preview_switch(cast.chemistry, actor=acting(cast.chloe), now=now).own_left == 1, "said before"
        result = switch(cast.chemistry, True, cast.chloe, now, approve_existing=True)
    assert (result.now_published, result.now_waiting) == (1, 1)
    assert publications(hers, own) == ["PUBLISHED", "WAITING"]
    assert Recording.objects.get(id=hers).approval_by_id == cast.chloe


@pytest.mark.slow
def test_switched_off_what_waits_is_published_and_what_was_rejected_is_not_t26_r70(desk, cast, now):
    """Section 25: approval off with 3 waiting, 1 rejected: 3 published, 1 still rejected."""
    three = [desk.waiting(now) for _ in range(3)]
    why = {"approval": "rejected", "approval_at": now, "approval_reason": "Names show."}
    rejected = desk.waiting(now, publication=Publication.REJECTED, **why)
    for who, code in ((cast.alice, Code.PUBLISHER_NEEDED), (cast.ben, Code.NO_PERMISSION)):
        assert switch(cast.chemistry, False, who, now).decision.code is code
    assert publications(*three) == ["WAITING"] * 3
    result = switch(cast.chemistry, False, cast.chloe, now)
    assert (result.is_changed, result.now_published) == (True, 3)
    assert publications(*three, rejected) == ["PUBLISHED"] * 3 + ["REJECTED"]
    assert told("N11_FOLDER") == ["alice"]
    assert AuditEvent.objects.filter(action="recording:approve").count() == 3
    assert not actions.preview_switch(cast.chemistry, actor=acting(cast.chloe), now=now).standing.is_on


@pytest.mark.slow
def test_a_creator_switches_where_there_is_no_publisher_and_is_warned_r68_r70(desk, cast, now):
    assert not actions.preview_switch(desk.free, actor=acting(cast.alice), now=now).has_publisher
    lecture(desk.free, cast.alice, now=now)
    assert switch(desk.free, True, cast.alice, now).now_waiting == 1
    assert told("N10_FOLDER") == ["dev"]
    assert switch(desk.free, False, cast.alice, now).now_published == 1


@pytest.mark.slow
def test_a_subfolder_cannot_leave_the_approval_of_the_folder_above_r28(desk, cast, now):
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    result = switch(below, False, cast.chloe, now)
    assert (result.decision.code, result.decision.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R28")
    access_writes.add_member(desk.free, PrincipalId(cast.eve), FolderRole.PUBLISHER, now=now)
    assert actions.preview_switch(cast.chemistry, actor=acting(cast.ben), now=now).standing is None


def test_what_inherits_below_a_folder_that_inherits_follows_its_switch_too_r69_r70_r71(desk, cast, now):
    Folder.objects.filter(id=cast.chemistry).update(start=None)

    def inside(name, above):
        made = library.add_folder(name, kind=FolderKind.COURSE, parent_id=above, now=now)
        return made, lecture(made, cast.alice, now=now)

    middle, first = inside("Middle", cast.chemistry)
    below, second = inside("Below", middle)
    deepest, third = inside("Deepest", below)
    _beside, fourth = inside("Beside", cast.chemistry)
    assert switch(middle, True, cast.alice, now).now_waiting == 3
    assert publications(first, second, third, fourth) == ["WAITING"] * 3 + ["PUBLISHED"]
    assert [reads.folder_facts(None, one).needs_approval for one in (middle, below, deepest)] == [True] * 3
    assert reads.recording_facts(None, third).needs_approval
    assert not reads.recording_facts(None, fourth).needs_approval
    standing = actions.preview_switch(below, actor=acting(cast.chloe), now=now).standing
    assert (standing.is_on, standing.is_from_above, standing.follows) == (True, True, ("Deepest",))
    refused = switch(deepest, False, cast.chloe, now).decision
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R28")

    assert switch(cast.chemistry, True, cast.alice, now).now_waiting == 1, "the others wait already"
    assert switch(cast.chemistry, False, cast.chloe, now).now_published == 1, (
        "and still wait for their own folder's sake"
    )
    kept = access_actions.stop_inheriting(deepest, keeps_members=True, actor=acting(cast.alice), now=now)
    assert kept.is_permitted
    assert Folder.objects.get(id=deepest).start == "when_approved", "R71: approval goes along"
    assert switch(middle, False, cast.chloe, now).now_published == 2
    assert publications(first, second, third, fourth) == ["PUBLISHED", "PUBLISHED", "WAITING", "PUBLISHED"]


@pytest.mark.slow
def test_nobody_publishes_their_own_by_switching_approval_off_where_the_site_forbids_that_r66(
    desk, cast, now, site_says
):
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    own, other = desk.waiting(now), desk.waiting(now)
    Recording.objects.filter(id=own).update(owner_id=cast.chloe, folder_id=below)
    with site_says(APPROVAL_ALLOW_SELF="false"):
        refused = switch(cast.chemistry, False, cast.chloe, now).decision
        assert (refused.code, refused.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R66")
        preview = actions.preview_switch(cast.chemistry, actor=acting(cast.chloe), now=now)
        assert not preview.may_switch.is_permitted, "it is said before"
        assert publications(own, other) == ["WAITING", "WAITING"]
        assert switch(cast.chemistry, False, desk.pia, now).is_changed, "another Publisher may"
        assert publications(own, other) == ["PUBLISHED", "PUBLISHED"]
