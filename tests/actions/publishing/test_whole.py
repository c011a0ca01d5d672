"""A copy gets media of its own while its original lies in the bin: done, refused, lost, killed, audited (R140)."""

import pytest

from cathedra.actions import metering, policy, retention
from cathedra.actions import publishing as actions
from cathedra.actions.metering import HourLimits
from cathedra.actions.policy import DeclareWish, ReviewWish
from cathedra.db.models import AuditEvent, CaptionTrack, Chapter, Kept, MeterEntry, Recording, Source
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as reads
from cathedra.domain import access
from cathedra.domain.policy import Answer, Requirement, Verdict
from cathedra.domain.terms import Code
from tests import policies
from tests.actions.publishing.conftest import acting, told
from tests.actions.retention.archives import SYSTEM, by, is_proved, kept, local, stores
from tests.conftest import COURSE
from tests.said import say

NOW = local(2026, 11, 2, 10)


def _view(who, recording_id):
    return access.decide(access_reads.recording_facts(who, recording_id), access.Action.VIEW, NOW).code


def _copied(desk, cast, where):
    original = kept(cast, where, NOW)
    made = actions.copy_recording(original, desk.free, is_full=False, actor=by(cast.alice), now=NOW).recording_id
    return original, made


@pytest.mark.slow
def test_r140_its_files_are_its_own_and_the_original_may_go(desk, cast):
    where = stores()
    original, made = _copied(desk, cast, where)
    say(original, now=NOW)
    (place,) = reads.list_copies([original])
    assert (place.folder_id, place.count) == (desk.free, 1)
    assert actions.make_full(made, actor=by(cast.alice), now=NOW).code is Code.ILLEGAL_TRANSITION
    assert retention.recycle_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    assert _view(cast.alice, made) is Code.ORIGINAL_DELETED
    for who in (cast.eve, cast.ben):
        assert actions.make_full(made, actor=by(who), now=NOW).code is Code.NO_PERMISSION
    for _turn in range(2):  # R53: one job is enough
        assert actions.make_full(made, actor=by(cast.alice), now=NOW).is_permitted
    assert actions.fill_copy(made, actor=SYSTEM, now=NOW, store=where.media)
    assert not actions.fill_copy(made, actor=SYSTEM, now=NOW, store=where.media)  # a job may be repeated
    row = Recording.objects.get(id=made)
    assert (row.origin, row.reference_of_id, _view(cast.alice, made)) == ("full_copy", None, Code.ALLOW)
    assert Kept.objects.get(recording_id=made).restored_at == NOW  # R114
    assert retention.purge_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    retention.tend_retention(actor=SYSTEM, now=NOW, stores=where)
    assert where.media.objects[Source.objects.get(recording_id=made).object_key] == b"Entropy"
    assert {key.split("/")[1] for key in where.media.objects} == {str(made)}
    assert told("N6") == ["alice"]
    for kind in (CaptionTrack, Chapter):  # R200, R58
        assert set(kind.objects.values_list("recording_id", flat=True)) == {made}
    lines = MeterEntry.objects.filter(recording_id=made).values_list("category", "cause", "delta_s")
    assert list(lines) == [("STORED", "COPIED", 60)]
    trail = AuditEvent.objects.filter(target_id=str(made)).order_by("id").values_list("action", flat=True)
    assert list(trail)[-2:] == ["recording:ask_full", "recording:make_full"]
    assert is_proved(NOW)


@pytest.mark.slow
@pytest.mark.parametrize("is_decided", [True, False])
def test_r90_r87_what_the_policy_holds_and_its_owner_deletes_is_not_saved_by_a_copy(desk, cast, is_decided):
    """T34b ends the hold with it; the case goes on, and so does what it says."""
    original, made = _copied(desk, cast, stores())
    policies.activate(NOW)
    doubt = DeclareWish((Answer.YES, Answer.UNSURE, Answer.YES), "lecture", COURSE)
    assert policy.declare_use(original, doubt, actor=by(cast.alice), now=NOW).verdict == "REFERRED"
    if is_decided:
        case = policy_reads.find_case(original)
        wish = ReviewWish(Verdict.NOT_PERMITTED, "Not teaching.", frozenset({Requirement.EDUCATIONAL_CONTENT}))
        assert policy.decide_case(case.id, wish, actor=by(cast.dev), now=NOW).is_permitted
    assert retention.recycle_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    for answer in (actions.preview_make_full, actions.make_full):
        refused = answer(made, actor=by(cast.alice), now=NOW)
        assert (refused.code, refused.reasons[0].rule) == (Code.HELD, "R140")


@pytest.mark.slow
def test_r140_an_original_that_is_destroyed_first_leaves_the_copy_and_no_files(desk, cast):
    where = stores()
    original, made = _copied(desk, cast, where)
    assert retention.recycle_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    assert actions.make_full(made, actor=by(cast.alice), now=NOW).is_permitted
    assert retention.purge_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    assert not actions.fill_copy(made, actor=SYSTEM, now=NOW, store=where.media)
    assert actions.make_full(made, actor=by(cast.alice), now=NOW).code is Code.ORIGINAL_DELETED
    assert told("N7") == ["alice"]
    assert not [key for key in where.media.objects if str(made) in key]
    assert not actions.abandon_full(made, actor=acting(None), now=NOW)
    assert AuditEvent.objects.filter(target_id=str(made), action="recording:fail_full").count() == 2


@pytest.mark.parametrize(("mode", "code"), [("protect_teaching", Code.ALLOW), ("hard", Code.LIMIT_REACHED)])
def test_r108_a_copy_is_saved_from_the_bin_as_what_is_had_back_whatever_the_hours_but_where_the_limit_is_hard(
    desk, cast, site_says, mode, code
):
    original, made = _copied(desk, cast, stores())
    year = metering.calendar().year_of(NOW).label
    assert metering.set_limits(year, HourLimits(None, 0, None), actor=by(cast.dev), now=NOW).is_permitted
    assert retention.recycle_recording(original, actor=by(cast.alice), now=NOW).is_permitted
    with site_says(LIMIT_MODE=mode):
        assert actions.preview_make_full(made, actor=by(cast.alice), now=NOW).code is code
        assert actions.make_full(made, actor=by(cast.alice), now=NOW).code is code
