"""A timetable's feed: made, moved, called off, left out, tried three times, listed, tried again (R156)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cathedra.actions import scheduling as actions
from cathedra.db.models import Account, AuditEvent, Recording, Schedule, TimetableEvent, TimetableRun
from cathedra.db.reads.scheduling import RunNotFound
from cathedra.domain.terms import Actor, Channel, Code, Decision
from tests.actions.scheduling.feeds import RULES, event, prepare, send
from tests.actions.scheduling.rooms import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast, now):
    return prepare(cast, now)


def test_r156_an_event_becomes_one_schedule_however_often_the_feed_comes(cast, room, now):
    run = send(cast, event(), now=now)
    assert (run.counts, run.seen, run.said, run.ended_at) == ({"MADE": 1}, 1, [], now)
    row = Schedule.objects.get()
    assert (row.external_id, row.starts_at, row.ends_at) == ("E1", at(5, 9), at(5, 10))
    assert (row.recording.owner_id, row.presenter_id, row.scheduled_by_id) == (cast.chloe, cast.chloe, cast.ben)
    before = AuditEvent.objects.exclude(action="timetable:send").count()
    assert send(cast, event(), now=now).counts == {"UNCHANGED": 1}
    assert AuditEvent.objects.exclude(action="timetable:send").count() == before
    assert Schedule.objects.get() == row


def test_r156_an_event_whose_schedule_was_made_before_the_worker_died_is_found_by_its_id(cast, room, now):
    send(cast, event(), now=now)
    TimetableEvent.objects.all().delete()
    assert send(cast, event(), now=now).counts == {"UNCHANGED": 1}
    assert Schedule.objects.count() == 1


def test_r156_one_bad_line_does_not_stop_the_others(cast, room, now):
    bad = [event(2, room="Nowhere"), event(3, starts_at="soon"), event(4, folder="law-1"), event()]
    run = send(cast, event(), *bad, event(5, starts_at="2026-10-06T09:00", ends_at="2026-10-06T10:00"), now=now)
    assert run.counts == {"MADE": 2, "FAILED": 4}
    failed = [(one["line"], one["why"]["rule"]) for one in run.lines if one["outcome"] == "FAILED"]
    assert sorted(failed) == [(line, "R156") for line in (2, 3, 4, 5)]
    assert set(Schedule.objects.values_list("external_id", flat=True)) == {"E1", "E5"}


def test_r156_what_cannot_be_done_is_tried_three_times_and_then_listed_with_its_text(cast, room, now):
    send(cast, event(), event(2, title="Enthalpy"), now=now)
    row = TimetableEvent.objects.get(outcome="FAILED")
    assert (row.external_id, row.attempts, row.why["code"], row.why["rule"]) == ("E2", 1, "CONFLICT", "R153")
    assert row.why["values"]["title"] == "Entropy"
    assert actions.tend_timetable(rules=RULES, now=now + timedelta(minutes=29)) == 0
    for minutes, attempts in ((30, 2), (60, 3)):
        assert actions.tend_timetable(rules=RULES, now=now + timedelta(minutes=minutes)) == 1
        row.refresh_from_db()
        assert row.attempts == attempts
    assert row.try_at is None
    assert actions.tend_timetable(rules=RULES, now=now + timedelta(hours=9)) == 0
    run = send(cast, event(2, title="Enthalpy"), now=now + timedelta(hours=10))
    assert (run.counts, run.lines[0]["why"]["rule"]) == ({"FAILED": 1}, "R153")
    row.refresh_from_db()
    assert row.attempts == 3


def test_r156_somebody_tries_an_error_again_and_another_word_of_the_timetable_does_too(cast, room, now):
    send(cast, event(), event(2), now=now)
    TimetableEvent.objects.filter(external_id="E2").update(attempts=3, try_at=None)
    other = Actor(cast.chloe, Channel.WEB)
    assert isinstance(actions.try_timetable_again(["E2"], actor=other, now=now), Decision)
    send(cast, event(cancelled="yes"), now=now)
    assert actions.try_timetable_again(["E2"], actor=Actor(cast.dev, Channel.WEB), now=now) == 1
    assert actions.tend_timetable(rules=RULES, now=now) == 1
    assert Schedule.objects.get(external_id="E2").recording.media_state == "SCHEDULED"
    assert Schedule.objects.get(external_id="E2").scheduled_by_id == cast.ben
    send(cast, event(3), now=now)
    moved = event(3, starts_at="2026-10-05T10:00", ends_at="2026-10-05T11:00")
    assert send(cast, moved, now=now).counts == {"MADE": 1}


def test_r152_the_feed_has_the_rights_of_its_account_and_no_others(cast, room, now):
    actor = Actor(cast.dev, Channel.WEB)  # who runs the service, on every recorder and in no folder
    run_id = actions.receive_timetable([event()], is_trial=False, actor=actor, now=now)
    actions.work_timetable(run_id, rules=RULES, now=now)
    assert TimetableRun.objects.get().lines[0]["why"]["code"] == "NO_PERMISSION"
    assert Recording.objects.count() == 0


def test_r156_a_trial_says_what_would_be_done_and_does_nothing(cast, room, now):
    send(cast, event(), now=now)
    changed = [
        event(room="Lecture Block, LB 2"),
        event(2, starts_at="2026-10-06T09:00", ends_at="2026-10-06T10:00"),
        event(3),
        event(4, joint="yes"),
    ]
    before = (Schedule.objects.count(), TimetableEvent.objects.count(), AuditEvent.objects.count())
    run = send(cast, *changed, is_trial=True, now=now)
    assert run.counts == {"MOVED": 1, "MADE": 1, "FAILED": 1, "EXCLUDED": 1}
    assert run.ended_at == now
    assert (Schedule.objects.count(), TimetableEvent.objects.count(), AuditEvent.objects.count() - 1) == before


def test_r156_what_was_tried_is_done_by_whoever_sent_it(cast, room, now):
    run = send(cast, event(), is_trial=True, now=now)
    with pytest.raises(RunNotFound):
        actions.do_tried(run.id, actor=Actor(cast.dev, Channel.WEB), now=now)
    assert actions.do_tried(run.id, actor=Actor(cast.ben, Channel.WEB), now=now).is_permitted
    assert actions.work_timetable(run.id, rules=RULES, now=now) == 1
    run.refresh_from_db()
    assert (run.is_trial, run.counts, run.said) == (False, {"MADE": 1}, [])
    assert actions.do_tried(run.id, actor=Actor(cast.ben, Channel.WEB), now=now).is_permitted
    assert actions.work_timetable(run.id, rules=RULES, now=now) == 0


def test_r156_who_may_not_send_a_feed_is_refused_and_nothing_is_kept(cast, room, now):
    for account in (cast.chloe, None):
        found = actions.receive_timetable([event()], is_trial=False, actor=Actor(account, Channel.API), now=now)
        assert isinstance(found, Decision)
        assert found.code is Code.NO_PERMISSION
    empty = actions.receive_timetable([], is_trial=False, actor=Actor(cast.ben, Channel.API), now=now)
    assert isinstance(empty, Decision)
    Account.objects.filter(id=cast.ben).update(is_active=False, deactivated_at=now)
    closed = actions.receive_timetable([event()], is_trial=False, actor=Actor(cast.ben, Channel.CLI), now=now)
    assert isinstance(closed, Decision)
    assert TimetableRun.objects.count() == 0


def test_r156_a_feed_that_changes_nothing_takes_a_few_statements_for_each_hundred(cast, room, now):
    feed = [event(number, cancelled="yes") for number in range(300)]
    send(cast, *feed, now=now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        send(cast, *feed, now=now)
    assert len(asked) < 60


def test_r156_what_is_long_over_is_forgotten(cast, room, now):
    send(cast, event(), now=now)
    actions.tend_timetable(rules=RULES, now=at(5, 10) + timedelta(days=29))
    assert TimetableEvent.objects.count() == TimetableRun.objects.count() == 1
    actions.tend_timetable(rules=RULES, now=at(5, 10) + timedelta(days=31))
    assert (TimetableEvent.objects.count(), TimetableRun.objects.count()) == (0, 1)
    actions.tend_timetable(rules=RULES, now=now + timedelta(days=91))
    assert TimetableRun.objects.count() == 0
