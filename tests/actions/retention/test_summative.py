"""Assessed work: the mark on an assignment folder, and that nothing in it is deleted before its time (R129)."""

from datetime import timedelta

import pytest

from cathedra.actions import access, library, publishing, retention
from cathedra.db.models import AuditEvent, Folder, FolderAccess, Recording
from cathedra.db.reads import retention as reads
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import Code
from tests.actions.retention.archives import SYSTEM, by, is_proved, keeping, kept, local, stores, told
from tests.policies import course_calendar

DAY = timedelta(days=1)
HANDED_IN, KEPT_UNTIL = local(2027, 1, 10), local(2028, 9, 1)


@pytest.fixture
def practicals(cast):
    """Where Alice's students hand in."""
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
    return cast.chemistry


def test_r129_whoever_sets_the_folder_up_says_whether_work_counts_for_a_mark(cast, practicals):
    assert reads.get_summative(practicals) is False
    for who in (cast.ben, cast.chloe, cast.eve):
        assert not retention.set_summative(practicals, True, actor=by(who), now=HANDED_IN).is_permitted
    for wanted in (True, True, False):  # the second time changes nothing
        assert retention.set_summative(practicals, wanted, actor=by(cast.alice), now=HANDED_IN).is_permitted
    assert retention.set_summative(practicals, True, actor=by(cast.dev), now=HANDED_IN).is_permitted
    assert reads.get_summative(practicals) is True
    trail = AuditEvent.objects.filter(action="folder:set_summative").order_by("id")
    assert [(event.actor_id, event.before, event.after) for event in trail] == [
        (cast.alice, {"is_summative": False}, {"is_summative": True}),
        (cast.alice, {"is_summative": True}, {"is_summative": False}),
        (cast.dev, {"is_summative": False}, {"is_summative": True}),
    ]


def test_r129_only_an_assignment_folder_takes_work_that_counts(cast):
    assert reads.get_summative(cast.chemistry) is None
    for wanted in (True, False):
        refused = retention.set_summative(cast.chemistry, wanted, actor=by(cast.alice), now=HANDED_IN)
        assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R129")
    assert not Folder.objects.get(id=cast.chemistry).is_summative


@pytest.mark.slow
def test_r129_nobody_puts_assessed_work_into_the_bin_before_its_time_is_over(cast, practicals):
    made = kept(cast, stores(), HANDED_IN)
    retention.set_summative(practicals, True, actor=by(cast.alice), now=HANDED_IN)
    assert reads.get_facts(made).keep_until == KEPT_UNTIL
    for who in (cast.alice, cast.dev):
        refused = retention.recycle_recording(made, actor=by(who), now=KEPT_UNTIL - DAY)
        assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R129")
    assert keeping(made) == "ONLINE"
    assert retention.recycle_recording(made, actor=by(cast.alice), now=KEPT_UNTIL).is_permitted


@pytest.mark.slow
def test_r129_what_does_not_count_for_a_mark_goes_like_any_other(cast, practicals):
    made = kept(cast, stores(), HANDED_IN)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=HANDED_IN + DAY).is_permitted


@pytest.mark.slow
def test_r129_assessed_work_that_lies_in_the_bin_is_not_destroyed_before_its_time_is_over(cast, practicals):
    """It lay there already when the folder was marked, or a decision put it there (T29)."""
    first, second = (kept(cast, stores(), HANDED_IN, title=title) for title in ("First", "Second"))
    for one in (first, second):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=HANDED_IN + DAY).is_permitted
    retention.set_summative(practicals, True, actor=by(cast.alice), now=HANDED_IN + DAY)
    over = HANDED_IN + 100 * DAY
    refused = retention.purge_recording(first, reason="Asked for.", actor=by(cast.dev), now=over)
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R129")
    assert retention.tend_bins(actor=SYSTEM, now=over).purged == 0
    assert told("N39") == [], "nothing of it goes soon"
    assert {keeping(first), keeping(second)} == {"RECYCLED"}
    assert retention.tend_bins(actor=SYSTEM, now=KEPT_UNTIL - 14 * DAY).purged == 0
    assert told("N39") == [str(cast.alice)] * 2
    assert retention.purge_recording(first, actor=by(cast.alice), now=KEPT_UNTIL).is_permitted
    assert retention.tend_bins(actor=SYSTEM, now=KEPT_UNTIL).purged == 1
    assert {keeping(first), keeping(second)} == {"PURGED"}
    assert is_proved(KEPT_UNTIL)


def refusal(decision) -> tuple:
    return decision.code, decision.reasons[0].rule


@pytest.mark.slow
def test_r129_assessed_work_does_not_leave_its_folder_before_its_time_is_over(cast, practicals):
    """Elsewhere nothing would keep it: neither by a move nor by a folder made for some, for whoever asks."""
    made, late = (kept(cast, stores(), HANDED_IN, title=title) for title in ("Made", "Late"))
    retention.set_summative(practicals, True, actor=by(cast.alice), now=HANDED_IN)
    FolderAccess.objects.create(folder_id=cast.physics, principal_id=cast.alice, role=FolderRole.CREATOR)
    day, kept_still = KEPT_UNTIL - DAY, (Code.ILLEGAL_TRANSITION, "R129")
    for who in (cast.alice, cast.dev):
        assert refusal(publishing.preview_move(made, cast.physics, actor=by(who), now=day).decision) == kept_still
        move = publishing.move_recording(made, cast.physics, calendar=course_calendar(), actor=by(who), now=day)
        assert refusal(move) == kept_still
    some = access.restrict_recording(made, principals=[cast.ben], name="Some", actor=by(cast.alice), now=day)
    assert refusal(some.decision) == kept_still
    assert Recording.objects.get(id=made).folder_id == practicals
    assert publishing.move_recording(
        made, practicals, calendar=course_calendar(), actor=by(cast.alice), now=day
    ).is_permitted
    Folder.objects.filter(id=cast.physics).update(kind="assignment", is_summative=True)
    move = publishing.move_recording(made, cast.physics, calendar=course_calendar(), actor=by(cast.alice), now=day)
    assert move.is_permitted, "there it is kept as long"
    assert reads.get_facts(made).keep_until == KEPT_UNTIL
    Folder.objects.filter(id=cast.physics).update(kind="course", is_summative=False)
    move = publishing.move_recording(
        late, cast.physics, calendar=course_calendar(), actor=by(cast.alice), now=KEPT_UNTIL
    )
    assert move.is_permitted


@pytest.mark.slow
def test_r129_the_mark_stays_on_a_folder_while_something_in_it_is_kept(cast, practicals):
    made = kept(cast, stores(), HANDED_IN)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=HANDED_IN).is_permitted
    assert retention.set_summative(practicals, True, actor=by(cast.alice), now=HANDED_IN).is_permitted
    for who in (cast.alice, cast.dev):
        refused = retention.set_summative(practicals, False, actor=by(who), now=KEPT_UNTIL - DAY)
        assert refusal(refused) == (Code.ILLEGAL_TRANSITION, "R129"), "the bin counts in"
        assert refused.reasons[0].values == {"day": "2028-09-01"}
    assert reads.get_summative(practicals) is True
    assert not AuditEvent.objects.filter(action="folder:set_summative", after={"is_summative": False}).exists()
    assert retention.set_summative(practicals, False, actor=by(cast.alice), now=KEPT_UNTIL).is_permitted
    below = library.make_subfolder(cast.physics, name="Empty", actor=by(cast.dev), now=HANDED_IN).folder_id
    assert reads.find_kept_until(below) is None
