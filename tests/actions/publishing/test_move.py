"""Move: where to, what becomes of its approval, and that its address stays (R57, R72, T26b, R38 row 14)."""

import pytest

from cathedra.actions import publishing as actions
from cathedra.db.models import AuditEvent, Notice, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import publishing as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Publication
from cathedra.domain.terms import Code, PrincipalId
from tests.actions.publishing.conftest import acting, told
from tests.lectures import lecture
from tests.policies import course_calendar

REJECTED = {"publication": Publication.REJECTED, "approval": "rejected", "approval_reason": "Names show."}


def standing(recording_id):
    row = Recording.objects.get(id=recording_id)
    return row.folder_id, row.publication


def move(recording_id, target, who, now):
    return actions.move_recording(recording_id, target, calendar=course_calendar(), actor=acting(who), now=now)


@pytest.mark.slow
def test_a_rejected_one_leaves_approval_only_by_a_publisher_of_it_r72_t26b(desk, cast, now):
    """Section 25: rejected, its Creator moves it to a non-approval folder: refused."""
    for facts in ({**REJECTED, "approval_at": now}, {}):
        Notice.objects.all().delete()
        made = desk.waiting(now, **facts)
        refused = move(made, desk.free, cast.alice, now)
        assert (refused.code, refused.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R72")
        assert standing(made) == (cast.chemistry, facts.get("publication", "WAITING"))
        preview = actions.preview_move(made, desk.free, actor=acting(cast.alice), now=now)
        assert preview.decision.code is Code.PUBLISHER_NEEDED
        access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
        access_writes.add_member(desk.free, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
        preview = actions.preview_move(made, desk.free, actor=acting(cast.chloe), now=now)
        assert (preview.publication_after, preview.is_released) == ("PUBLISHED", True)
        assert move(made, desk.free, cast.chloe, now).is_permitted
        assert standing(made) == (desk.free, "PUBLISHED")
        assert told("N11") == ["alice"]


@pytest.mark.slow
def test_into_an_approval_folder_it_waits_there_unless_its_mover_publishes_there_r72(desk, cast, now):
    published = lecture(desk.free, cast.alice, now=now)
    preview = actions.preview_move(published, desk.strict, actor=acting(cast.alice), now=now)
    assert (preview.publication_before, preview.publication_after) == ("PUBLISHED", "WAITING")
    assert standing(published) == (desk.free, "PUBLISHED")  # a preview changes nothing
    assert move(published, desk.strict, cast.alice, now).is_permitted
    assert standing(published) == (desk.strict, "WAITING")
    assert told("N10") == ["pia"]
    event = AuditEvent.objects.get(action="recording:move")
    assert event.before == {"folder_id": str(desk.free), "publication": "PUBLISHED"}
    assert event.after == {"folder_id": str(desk.strict), "publication": "WAITING"}
    waiting = desk.waiting(now, **{**REJECTED, "approval_at": now})
    assert move(waiting, desk.strict, cast.alice, now).is_permitted
    assert standing(waiting) == (desk.strict, "WAITING")
    access_writes.add_member(desk.free, PrincipalId(desk.pia), FolderRole.CREATOR, now=now)
    access_writes.add_member(desk.strict, PrincipalId(desk.pia), FolderRole.CREATOR, now=now)
    trusted = lecture(desk.free, cast.alice, now=now)
    assert move(trusted, desk.strict, desk.pia, now).is_permitted
    assert standing(trusted) == (desk.strict, "PUBLISHED")


@pytest.mark.slow
def test_nobody_approves_their_own_by_bringing_it_elsewhere_where_the_site_forbids_that_r66(desk, cast, now, site_says):
    for folder in (cast.chemistry, desk.free, desk.strict):
        access_writes.add_member(folder, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
    waiting = desk.waiting(now)
    own = [
        desk.waiting(now),
        desk.waiting(now, created_by_id=cast.chloe),
        desk.waiting(now, **{**REJECTED, "approval_at": now, "submitted_by_id": cast.chloe}),
        desk.waiting(now, origin="reference_copy", reference_of_id=lecture(desk.free, cast.chloe, now=now)),
    ]
    Recording.objects.filter(id=own[0]).update(owner_id=cast.chloe)
    with site_says(APPROVAL_ALLOW_SELF="false"):
        for made in own:
            before = standing(made)
            outcomes = [
                move(made, desk.free, cast.chloe, now),
                actions.preview_move(made, desk.free, actor=acting(cast.chloe), now=now).decision,
                *(
                    actions.copy_recording(made, desk.free, is_full=full, actor=acting(cast.chloe), now=now).decision
                    for full in (False, True)
                ),
                actions.approve_recording(made, actor=acting(cast.chloe), now=now).decision,
            ]
            assert {(one.code, one.reasons[0].rule) for one in outcomes} == {(Code.PUBLISHER_NEEDED, "R66")}
            assert standing(made) == before
        assert move(waiting, desk.free, cast.chloe, now).is_permitted, "somebody else's she may"
    assert move(own[0], desk.free, cast.chloe, now).is_permitted, "and her own where the site lets her"


@pytest.mark.slow
def test_who_may_not_take_or_bring_moves_nothing_r38_row_14_r26(desk, cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    cases = [
        (cast.ben, desk.free, Code.NO_PERMISSION),  # a Viewer
        (cast.chloe, desk.free, Code.NO_PERMISSION),  # a Publisher alone
        (cast.alice, cast.physics, Code.NO_PERMISSION),  # nothing there
        (None, desk.free, Code.SIGN_IN),
    ]
    for who, target, code in cases:
        assert move(made, target, who, now).code is code, who
    access_writes.add_member(desk.free, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    assert move(made, desk.free, cast.dev, now).code is Code.SIGHT_NEEDED  # R26: no way round a grant
    assert standing(made) == (cast.chemistry, "PUBLISHED")
    assert move(made, cast.physics, cast.dev, now).is_permitted  # the service may, where it gains nothing
    assert move(made, cast.physics, cast.dev, now).is_permitted  # R53: again is nothing
    assert AuditEvent.objects.filter(action="recording:move").count() == 1


@pytest.mark.slow
def test_a_lost_race_moves_nothing_r53(desk, cast, now):
    made = lecture(desk.free, cast.alice, now=now)
    assert writes.move(made, source=desk.free, target=desk.strict, now=now)
    assert not writes.move(made, source=desk.free, target=cast.chemistry, now=now)
    assert standing(made)[0] == desk.strict
