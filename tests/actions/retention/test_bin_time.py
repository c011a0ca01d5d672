"""What a hold kept in the bin past its days: warned of before it goes, to be had back until then (R130, R134, N39)."""

import random
from datetime import date, timedelta

import pytest

from cathedra.actions import policy, publishing, retention
from cathedra.actions.retention import recycle_by_decision
from cathedra.db.models import Hold, Kept, Notice
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.policy import HoldKind, HoldWish
from cathedra.domain.terms import Code
from cathedra.web import bins
from tests.actions.retention.archives import SYSTEM, by, is_proved, keeping, kept, local, stores, told

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)
NOW = local(2026, 11, 2, 10)


def binned(cast, *titles: str) -> list:
    made = [kept(cast, stores(), NOW, title=title) for title in titles]
    for one in made:
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    return made


def hold(recording_id, cast, day: int):
    found = policy.open_hold(recording_id, HoldWish(HoldKind.LEGAL, reason="A claim."), actor=by(cast.dev), now=NOW + day * DAY)  # fmt: skip
    assert found.decision.is_permitted
    return found.hold_id


def release(hold_id, cast, day: float) -> None:
    assert policy.release_hold(hold_id, reason="Settled.", actor=by(cast.dev), now=NOW + day * DAY).is_permitted


def days_of_warning(recording_id, first: int, last: int) -> int:
    """For how many days it was there after its owner was warned, looked at once a day as the product does."""
    warned = None
    for day in range(first, last):
        before = len(told("N39"))
        retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY)
        if len(told("N39")) > before:
            warned = day
        if keeping(recording_id) == "PURGED":
            assert warned is not None, "nobody was warned"
            return day - warned
    raise AssertionError("it was never purged")


def test_r130_r134_n39_what_was_held_past_its_days_is_warned_of_and_can_be_had_back_after_the_release(cast):
    made, back = binned(cast, "Held", "Had back")
    holds = [hold(one, cast, 10) for one in (made, back)]
    for one in holds:
        release(one, cast, 200.5)
    assert retention.take_back_recording(back, actor=by(cast.alice), now=NOW + 214 * DAY).is_permitted, "T35"
    (row,) = reads.list_bin(cast.alice).rows
    assert bins.line(row)["until"] >= NOW + 214.5 * DAY
    assert days_of_warning(made, 201, 240) >= 14
    assert is_proved(NOW + 240 * DAY)


def test_t35_while_it_is_held_the_bins_time_is_not_over(cast):
    (made,) = binned(cast, "Held")
    hold(made, cast, 10)
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 120 * DAY).is_permitted
    assert keeping(made) == "ONLINE"


def test_r130_n39_what_was_warned_of_before_it_was_held_is_warned_of_again(cast):
    (made,) = binned(cast, "Held")
    for day in (76, 77):
        retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY)
    assert len(told("N39")) == 1
    held = hold(made, cast, 78)
    retention.tend_bins(actor=SYSTEM, now=NOW + 120 * DAY)
    release(held, cast, 120.5)
    assert days_of_warning(made, 121, 160) >= 14


def test_r130_a_hold_that_ends_early_takes_nothing_from_the_days_of_the_bin_and_adds_none(cast):
    (made,) = binned(cast, "Held")
    release(hold(made, cast, 1), cast, 20)
    assert Kept.objects.get(recording_id=made).bin_since is None
    assert days_of_warning(made, 21, 92) == 14
    assert keeping(made) == "PURGED"


def test_r130_of_two_holds_the_last_counts(cast):
    (made,) = binned(cast, "Held")
    one = hold(made, cast, 10)
    other = policy.open_hold(made, HoldWish(HoldKind.SUBJECT_ACCESS, reason="Asked."), actor=by(cast.dev), now=NOW)
    release(one, cast, 200)
    assert Kept.objects.get(recording_id=made).bin_since is None, "held still"
    release(other.hold_id, cast, 300)
    assert Kept.objects.get(recording_id=made).bin_since == NOW + (300 - 90 + 15) * DAY


def test_r130_what_a_held_copy_plays_is_warned_of_once_the_copy_is_free(cast):
    made = kept(cast, stores(), NOW)
    copied = publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW).is_permitted
    held = hold(copied.recording_id, cast, 10)
    release(held, cast, 200.5)
    assert days_of_warning(made, 201, 240) >= 14


def test_t29_r130_what_a_held_copy_plays_is_warned_of_once_the_copy_is_taken_down(cast):
    made = kept(cast, stores(), NOW)
    copied = publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW).is_permitted
    hold(copied.recording_id, cast, 10)
    with transaction():
        recycle_by_decision(copied.recording_id, reason="Not ours.", actor=by(cast.dev), now=NOW + 200.5 * DAY)
    assert days_of_warning(made, 201, 240) >= 14


def test_n39_however_a_hold_ends_the_look_of_the_day_before_left_time_to_warn(cast):
    (made,) = binned(cast, "Held")
    Hold.objects.create(recording_id=made, kind="legal", opened_at=NOW)
    for day in (89, 120, 200):
        assert not retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY).purged
    Hold.objects.filter(recording_id=made).update(released_at=NOW + 200.9 * DAY)
    assert days_of_warning(made, 201, 240) >= 14


def test_t29_r90_a_decision_about_what_is_in_the_bin_gives_its_days_anew(cast):
    (made,) = binned(cast, "Refused")
    with transaction():
        assert not recycle_by_decision(made, reason="Not permitted.", actor=by(cast.dev), now=NOW + 89 * DAY)
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 100 * DAY).code is Code.NO_PERMISSION
    for day in (165, 178):
        retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY)
    assert keeping(made) == "RECYCLED"
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 179 * DAY).purged == 1
    assert len(told("N39")) == 1


def test_r134_taken_out_and_deleted_again_its_days_count_from_then(cast):
    (made,) = binned(cast, "Held")
    release(hold(made, cast, 10), cast, 200)
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 201 * DAY).is_permitted
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW + 202 * DAY).is_permitted
    assert Kept.objects.get(recording_id=made).bin_since is None
    for day in (278, 291):
        assert retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY).purged == 0
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 292 * DAY).purged == 1


def test_r134_the_days_are_lengthened_and_never_shortened_and_only_in_the_bin(cast):
    (made,) = binned(cast, "Binned")
    live = kept(cast, stores(), NOW, title="Live")
    assert writes.lengthen_bin(made, since=NOW + 5 * DAY)
    assert not writes.lengthen_bin(made, since=NOW + 4 * DAY)
    assert not writes.lengthen_bin(live, since=NOW + 4 * DAY)
    assert Kept.objects.get(recording_id=made).bin_since == NOW + 5 * DAY


def test_n39_nothing_is_purged_of_which_nobody_was_warned(cast):
    """The daily look failed for months, or the bin keeps things for fewer days than when this came."""
    (made,) = binned(cast, "Unseen")
    assert retention.purge_bins(actor=SYSTEM, now=NOW + 150 * DAY) == 0
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 151 * DAY).is_permitted
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW + 152 * DAY).is_permitted
    assert not Kept.objects.filter(recording_id=made).exclude(bin_since=None, bin_warned_at=None).exists()
    assert days_of_warning(made, 352, 380) == 14
    assert len(told("N39")) == 1
    assert is_proved(NOW + 380 * DAY)


@pytest.mark.parametrize("seed", range(4))
def test_n39_however_late_a_look_comes_the_warning_is_given_its_whole_time_and_says_the_day(cast, seed):
    """Runs that were stopped for a day or for a month: what is purged was warned of for 14 days, on a day that was said."""
    luck = random.Random(seed)  # which days, nothing secret
    titles = {kept(cast, stores(), NOW, title=name): name for name in ("One", "Two", "Three", "Four", "Five", "Six")}
    made = {one: luck.uniform(0, 60) for one in titles}
    for one, day in made.items():
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW + day * DAY).is_permitted
    day, purged, warned = 61.0, {}, {}
    while len(purged) < len(made):
        for row in Kept.objects.filter(recording_id__in=made):
            warned[row.recording_id] = row.bin_warned_at
        now = NOW + day * DAY
        retention.tend_bins(actor=SYSTEM, now=now)
        purged |= {one: now for one in made if one not in purged and keeping(one) == "PURGED"}
        day += luck.choice((1, 1, 1, luck.uniform(1, 2), luck.uniform(2, 35)))
    for one, when in purged.items():
        assert when - warned[one] >= 14 * DAY
        assert when - (NOW + made[one] * DAY) >= 90 * DAY, "R134"
        said = Notice.objects.filter(kind="N39", link__contains="bin").order_by("id")
        (last,) = [each for each in said if each.values["title"] == titles[one]][-1:]
        assert date.fromisoformat(last.values["day"]["day"]) <= when.date()
    assert is_proved(NOW + day * DAY)
