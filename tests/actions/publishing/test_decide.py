"""Approve, reject, withdraw, hand in again: done, refused, lost the race, told, audited (T19 to T24, R64 to R68)."""

import uuid

import pytest

from cathedra.actions import publishing as actions
from cathedra.db.models import AuditEvent, Hold, Notice, Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import publishing as writes
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Publication
from cathedra.domain.publishing import ApprovalStep
from cathedra.domain.terms import Code, PrincipalId, RecordingId, RecordingNotFound
from tests.actions.publishing.conftest import acting, told
from tests.lectures import lecture


def publication(recording_id):
    return Recording.objects.values_list("publication", flat=True).get(id=recording_id)


def may_view(who, recording_id, now):
    return access.decide(access_reads.recording_facts(who, recording_id), access.Action.VIEW, now).code


@pytest.mark.slow
def test_one_publisher_approves_and_the_other_sees_it_decided_t19_r65_r74_n11(desk, cast, now):
    """Section 25: waiting, one Publisher approves: published, the owner is told, the other finds it decided."""
    made = desk.waiting(now)
    assert may_view(cast.ben, made, now) is Code.WAITING_APPROVAL  # R63
    result = actions.approve_recording(made, actor=acting(cast.chloe), now=now, seen="waiting")
    assert result.is_changed
    assert publication(made) == Publication.PUBLISHED
    assert may_view(cast.ben, made, now) is Code.ALLOW
    assert told("N11") == ["alice"]
    row = Recording.objects.get(id=made)
    assert (row.approval, row.approval_at, row.approval_by_id) == (ApprovalStep.APPROVED, now, cast.chloe)
    event = AuditEvent.objects.get(action="recording:approve")
    assert (event.actor_id, event.before, event.after) == (
        cast.chloe,
        {"publication": "WAITING"},
        {"publication": "PUBLISHED"},
    )
    late = actions.approve_recording(made, actor=acting(desk.pia), now=now, seen="waiting")
    assert (late.decision.is_permitted, late.is_changed, late.standing.decided_by) == (True, False, "Chloe")
    refused = actions.reject_recording(made, reason="No.", actor=acting(desk.pia), now=now, seen="waiting")
    assert refused.decision.code is Code.CONFLICT  # her no does not undo what she did not know of
    assert "Chloe" in str(refused.decision.reasons[0].values)
    assert publication(made) == Publication.PUBLISHED
    assert AuditEvent.objects.filter(target_id=str(made)).count() == 1
    assert Notice.objects.count() == 1


@pytest.mark.slow
def test_rejected_with_a_reason_that_its_owner_reads_t20_t23_t24_r67_n12(desk, cast, now):
    """Section 25: waiting, reject without reason: refused."""
    made = desk.waiting(now, submitted_by_id=cast.dev)
    for reason in ("", "   ", "x" * 2001):
        refused = actions.reject_recording(made, reason=reason, actor=acting(cast.chloe), now=now)
        assert refused.decision.code is Code.BAD_REQUEST
    assert publication(made) == Publication.WAITING
    assert not Notice.objects.exists()
    done = actions.reject_recording(made, reason=" Names show. ", actor=acting(cast.chloe), now=now)
    assert done.is_changed
    assert told("N12") == ["alice", "dev"]  # its owner and who handed it in
    assert Notice.objects.filter(kind="N12").first().values["reason"] == "Names show."
    assert AuditEvent.objects.get(action="recording:reject").reason == "Names show."
    assert may_view(cast.ben, made, now) is Code.REJECTED
    again = actions.reject_recording(made, reason="Other.", actor=acting(desk.pia), now=now)
    assert (again.decision.is_permitted, again.is_changed) == (True, False)
    assert again.standing.reason == "Names show."
    assert actions.approve_recording(made, actor=acting(desk.pia), now=now).is_changed  # T24
    assert actions.reject_recording(made, reason="After all.", actor=acting(cast.chloe), now=now).is_changed  # T23
    assert publication(made) == Publication.REJECTED


@pytest.mark.slow
def test_its_creator_withdraws_and_hands_it_in_again_t21_t22_n10(desk, cast, now):
    made = desk.waiting(now)
    done = actions.withdraw_recording(made, actor=acting(cast.alice), now=now)
    assert (done.is_changed, done.standing.reason) == (True, "withdrawn by creator")
    assert publication(made) == Publication.REJECTED
    assert told("WITHDRAWN") == ["chloe", "pia"]
    assert not actions.withdraw_recording(made, actor=acting(cast.alice), now=now).is_changed
    assert actions.resubmit_recording(made, actor=acting(cast.alice), now=now).is_changed
    assert publication(made) == Publication.WAITING
    assert told("N10") == ["chloe", "pia"]  # directly and by a group, each once (R64)
    notice = Notice.objects.filter(kind="N10").first()
    assert (notice.link, notice.other_link) == (f"/approvals/?recording={made}", f"/recordings/{made}/")
    assert not actions.resubmit_recording(made, actor=acting(cast.alice), now=now).is_changed
    assert Notice.objects.filter(kind="N10").count() == 2
    assert AuditEvent.objects.filter(target_id=str(made)).count() == 2


@pytest.mark.slow
def test_who_may_not_decide_learns_and_changes_nothing_r38_row_10(desk, cast, now):
    made = desk.waiting(now)
    everybody = {"ben": Code.NO_PERMISSION, "eve": Code.NO_PERMISSION, "dev": Code.NO_PERMISSION}
    verbs = {
        actions.approve_recording: {**everybody, "alice": Code.NO_PERMISSION},  # a Creator is no Publisher
        actions.withdraw_recording: {**everybody, "chloe": Code.NO_PERMISSION},  # a Publisher is no Creator
        actions.resubmit_recording: {**everybody, "chloe": Code.NO_PERMISSION},
    }
    for verb, refused in verbs.items():
        for name, code in refused.items():
            result = verb(made, actor=acting(getattr(cast, name)), now=now)
            assert (result.decision.code, result.standing) == (code, None), (verb.__name__, name)
    assert actions.approve_recording(made, actor=acting(None), now=now).decision.code is Code.SIGN_IN
    assert publication(made) == Publication.WAITING
    assert not AuditEvent.objects.filter(target_id=str(made)).exists()
    with pytest.raises(RecordingNotFound):
        actions.approve_recording(cast.alice, actor=acting(cast.chloe), now=now)


@pytest.mark.slow
def test_without_an_active_publisher_the_service_decides_r68(desk, cast, now):
    made = lecture(desk.free, cast.alice, now=now, publication=Publication.WAITING, submitted_at=now)
    assert actions.approve_recording(made, actor=acting(cast.dev), now=now).is_changed


@pytest.mark.slow
def test_a_held_one_cannot_be_decided_r52(desk, cast, now):
    made = desk.waiting(now)
    Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
    result = actions.approve_recording(made, actor=acting(cast.chloe), now=now)
    assert result.decision.code is Code.ILLEGAL_TRANSITION
    assert publication(made) == Publication.WAITING


@pytest.mark.slow
def test_ones_own_where_the_site_forbids_it_r66(desk, cast, now, site_says):
    access_writes.add_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.PUBLISHER, now=now)
    made, other = desk.waiting(now), desk.waiting(now)
    with site_says(APPROVAL_ALLOW_SELF="false"):
        refused = actions.approve_recording(made, actor=acting(cast.alice), now=now)
        assert (refused.decision.code, refused.decision.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R66")
    results = actions.approve_all([made, other, cast.ben], actor=acting(cast.alice), now=now)
    assert [one.is_changed for one in results] == [True, True]  # what is not there is left out
    assert not Notice.objects.exists()  # nobody is told of what they did themselves


@pytest.mark.slow
def test_a_lost_race_changes_nothing_r53(desk, cast, now):
    made = desk.waiting(now)
    facts = {"publication": "PUBLISHED", "step": ApprovalStep.APPROVED, "by": cast.chloe, "now": now}
    assert writes.set_publication(made, expected="WAITING", **facts)
    assert not writes.set_publication(made, expected="WAITING", **facts)
    assert Recording.objects.get(id=made).version == 2


@pytest.mark.slow
def test_several_are_returned_for_one_reason_each_by_itself_r67_t20(desk, cast, now):
    first, second, gone = desk.waiting(now), desk.waiting(now), RecordingId(uuid.uuid4())
    actions.approve_recording(second, actor=acting(desk.pia), now=now)
    for reason in ("", "x" * 2001):
        refused = actions.reject_all([first], reason=reason, actor=acting(cast.chloe), now=now)
        assert [one.decision.code for one in refused] == [Code.BAD_REQUEST]
    done = actions.reject_all([first, second, gone], reason="Names show.", actor=acting(cast.chloe), now=now)
    assert [(one.is_changed, one.decision.code) for one in done] == [(True, Code.ALLOW), (False, Code.CONFLICT)]
    assert (publication(first), publication(second)) == (Publication.REJECTED, Publication.PUBLISHED)
    assert told("N12") == ["alice"]
    assert AuditEvent.objects.filter(action="recording:reject").count() == 1
    other = actions.reject_all([desk.waiting(now)], reason="x", actor=acting(cast.ben), now=now)
    assert [one.decision.code for one in other] == [Code.NO_PERMISSION]
