"""What players tell is counted once, on the unedited timeline, by however many (R213 to R215)."""

import random
import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import viewing as actions
from cathedra.db.models import AuditEvent, Recording, ViewEvent, ViewingPosition, ViewProgress
from cathedra.db.reads import metering, retention
from cathedra.db.reads import viewing as reads
from cathedra.domain.library import MediaState
from cathedra.domain.metering import Since
from cathedra.domain.playback import Start, Stop, Stretch, Telling
from tests.giving import somebody
from tests.lectures import lecture
from tests.said import cut
from tests.watching import watch


def telling(recording_id, account_id, now, *stretches, session=None, number=1, position_ms=None):
    made = tuple(Stretch(start, end, 1.5, Start.START, Stop.PAUSE) for start, end in stretches)
    return Telling(session or uuid4(), number, recording_id, account_id, made, position_ms, now)


def test_r213_a_stretch_is_a_line_and_the_sums_follow(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)  # of 60 s: a segment each
    ben = telling(made, cast.ben, now, (0, 20_000), (30_000, 40_000), position_ms=40_000)
    nobody = telling(made, None, now + timedelta(seconds=1), (0, 5000), position_ms=5000)
    assert actions.record_views([ben, nobody], now=now) == 3
    line = ViewEvent.objects.get(session=ben.session, place=1)
    said = (line.recording_id, line.account_id, line.number, line.start_ms, line.watched_ms, line.speed, line.start)
    assert said == (made, cast.ben, 1, 30_000, 10_000, 1.5, Start.START)
    assert ViewEvent.objects.get(session=nobody.session).account_id is None
    found = ViewProgress.objects.get()
    assert (found.account_id, found.percent, found.views, found.delivered_ms) == (cast.ben, 50, 1, 30_000)
    totals = reads.find_totals(made)
    assert (totals.views, totals.anonymous_views, totals.viewers, totals.delivered_ms) == (2, 1, 1, 35_000)
    assert (totals.played_ms[3], totals.played_ms[25], totals.reached_by[3]) == (2000, 0, 1)
    assert totals.last_at == nobody.at
    assert ViewingPosition.objects.get().position_ms == 40_000, "where Ben goes on; nobody else has a place"
    assert reads.average_percent(made) == 50
    assert [(one.name, one.percent) for one in reads.list_viewers(made)] == [("Ben", 50)]
    assert not AuditEvent.objects.exists()


def test_what_is_delivered_again_changes_nothing(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    first = telling(made, cast.ben, now, (0, 20_000), position_ms=20_000)
    later = now + timedelta(seconds=20)
    second = telling(made, cast.ben, later, (20_000, 30_000), session=first.session, number=2, position_ms=30_000)
    assert actions.record_views([first, second, second], now=now) == 2, "twice in one breath"
    assert actions.record_views([first], now=later) == 0
    assert actions.record_views([replace(second, at=now + timedelta(hours=1)), first], now=later) == 0
    totals, found = reads.find_totals(made), ViewProgress.objects.get()
    assert (totals.views, totals.delivered_ms, totals.viewers) == (1, 30_000, 1)
    assert (found.percent, found.delivered_ms, found.last_at) == (50, 30_000, later)
    assert ViewingPosition.objects.get().position_ms == 30_000, "an old word does not come back"


def test_r211_r214_what_is_watched_of_an_edited_recording_is_kept_on_the_whole_one(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    copy = lecture(cast.chemistry, cast.alice, now=now, origin="reference_copy")
    Recording.objects.filter(id=copy).update(reference_of_id=made)
    cut(made, (0, 5000), now=now)
    cut(made, (10_000, 30_000), version=2, now=now)
    for each in (made, copy):  # R201: a copy is cut as what it repeats
        told = telling(each, cast.ben, now, (5000, 15_000), position_ms=15_000)
        assert actions.record_views([told], now=now) == 1
        totals = reads.find_totals(each)
        assert [place for place, ms in enumerate(totals.played_ms) if ms] == [5, 6, 7, 8, 9, 30, 31, 32, 33, 34]
        assert ViewingPosition.objects.get(recording_id=each).position_ms == 35_000
    assert ViewProgress.objects.get(recording_id=made).percent == 25, "10 of the 40 s that are left"
    actions.record_views([telling(made, cast.ben, now, (0, 40_000), position_ms=0)], now=now)
    assert ViewProgress.objects.get(recording_id=made).percent == 100
    assert ViewingPosition.objects.get(recording_id=made).position_ms == 0, "the end is as not begun"


def test_r214_what_is_told_of_a_version_that_was_edited_since_is_counted_where_it_was_watched(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    cut(made, (0, 10_000), now=now)
    late = replace(telling(made, cast.ben, now, (20_000, 22_000), position_ms=22_000), version=0)
    fresh = replace(telling(made, cast.eve, now, (20_000, 22_000), position_ms=22_000), version=1)
    assert actions.record_views([late, fresh], now=now) == 2
    places = [place for place, ms in enumerate(reads.find_totals(made).played_ms) if ms]
    assert places == [20, 21, 30, 31], "the first had ten seconds more before it"
    assert dict(ViewingPosition.objects.values_list("account_id", "position_ms")) == {
        cast.ben: 22_000, cast.eve: 32_000
    }  # fmt: skip
    cut(made, version=2, now=now)  # and taken back
    told = replace(telling(made, cast.ben, now, (40_000, 41_000), position_ms=41_000), version=1)
    actions.record_views([told], now=now + timedelta(seconds=1))
    assert ViewingPosition.objects.get(account_id=cast.ben).position_ms == 51_000


def test_what_is_gone_or_has_no_length_is_left_out(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    told = [telling(each, cast.ben, now, (0, 1000)) for each in (uuid4(), made)]
    assert actions.record_views(told, now=now) == 1
    unready = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    assert actions.record_views([telling(unready, cast.ben, now, (0, 1000))], now=now) == 0


def test_r113_r109_whoever_watches_keeps_it_watched_signed_in_or_not(cast, now):
    """What retention and "what would save most" read as last watched."""
    made = lecture(cast.chemistry, cast.alice, now=now)
    since = Since.at(now + timedelta(days=30))

    def last_watched():
        (kept,) = metering.list_kept_of(cast.alice, since)
        (item,) = metering.list_items(cast.alice, metering.Part.LARGEST, since, limit=5)
        return {retention.get_facts(made).last_viewed_at, kept.last_watched_at, item.kept.last_watched_at}

    assert last_watched() == {None}
    for days, who in ((1, None), (2, cast.ben)):
        at = now + timedelta(days=days)
        actions.record_views([telling(made, who, at, (0, 5000), position_ms=5000)], now=at)
        assert last_watched() == {at}, who


@pytest.mark.slow
def test_the_sums_are_exact_when_many_count_at_once(transactional_db, now):
    """Eight at once, of the same viewers and recordings, each telling delivered twice."""
    from django.db import connection

    from tests.conftest import make_cast

    cast = make_cast(now)
    made = [lecture(cast.chemistry, cast.alice, now=now) for _ in range(3)]
    told = [
        telling(recording_id, who, now, (second * 1000, second * 1000 + 1500))
        for second in range(0, 40, 2)
        for recording_id in made
        for who in (cast.ben, cast.eve, None)
    ]
    failed = []

    def deliver(part):
        try:
            for start in range(0, len(part), 20):
                actions.record_views(part[start : start + 20], now=now)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    parts = [told[place::4] for place in range(4)]
    threads = [threading.Thread(target=deliver, args=(part,)) for part in (*parts, *(each[::-1] for each in parts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert ViewEvent.objects.count() == len(told)
    for recording_id in made:
        totals = reads.find_totals(recording_id)
        assert (totals.views, totals.anonymous_views, totals.viewers, totals.delivered_ms) == (60, 20, 2, 90_000)
        assert totals.reached_by[:42] == [2, 0] * 20 + [0, 0]
        assert {each.percent for each in ViewProgress.objects.filter(recording_id=recording_id)} == {33}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_r216_no_two_figures_that_whoever_sees_no_names_was_shown_differ_by_what_fewer_than_five_watched(
    cast, now, seed
):
    """Whatever the moments at which they look: between two figures that differ at least five people have watched, so none
    of them can be told by the difference; and counts of people move in fives."""
    luck = random.Random(seed)
    made = lecture(cast.chemistry, cast.alice, now=now)
    crowd = [somebody(f"viewer{place}", now=now) for place in range(14)]
    told, since, at = None, set(), now
    for _ in range(90):
        at += timedelta(seconds=luck.randint(1, 900))
        who = luck.choice([*crowd[: luck.randint(1, 14)], None])
        watch(made, [who], now=at, until_ms=luck.randint(1000, 60_000))
        since |= {who} - {None}
        if luck.random() < 0.5:
            actions.renew_figures(now=at)
        found = reads.find_figures(made)
        if found == told:
            continue
        assert len(since) >= 5
        assert found.totals == reads.find_totals(made), "what is shown once is as it stands"
        told, since = found, set()
    assert told is not None


def test_r216_who_watched_before_and_does_again_counts_as_one_of_the_five(cast, now):
    made, later = lecture(cast.chemistry, cast.alice, now=now), now + timedelta(days=1)
    crowd = [somebody(f"viewer{place}", now=now) for place in range(5)]
    watch(made, crowd[:4], now=now, until_ms=1000)
    assert (actions.renew_figures(now=now), reads.find_figures(made)) == (0, None)
    watch(made, crowd[4:], now=now, until_ms=1000)
    assert actions.renew_figures(now=now) == 1
    for _ in range(5):
        watch(made, [crowd[0], None], now=later, until_ms=1000)
    assert actions.renew_figures(now=later) == 0, "one person, and people nobody knows"
    watch(made, crowd[1:], now=later, until_ms=1000)
    assert actions.renew_figures(now=later) == 1
    assert (reads.find_figures(made).totals.viewers, reads.find_figures(made).totals.views) == (5, 19)
