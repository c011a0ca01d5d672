"""Who comes to the pages of schedules (R38 rows 4 and 21, R42, R152)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.reads.scheduling import ScheduleNotFound
from cathedra.domain.ingest import Span
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Decision
from cathedra.web.scheduling import door
from tests.actions.scheduling.rooms import schedule
from tests.lectures import lecture


@pytest.fixture
def made(cast, room):
    start = timezone.now() + timedelta(days=1)
    return schedule(cast, room, Span(start, start + timedelta(hours=1)), now=timezone.now()).recordings[0][0]


def test_r152_it_begins_with_both_rights(cast, room):
    now = timezone.now()
    for who, may in ((cast.alice, True), (cast.dev, False), (cast.ben, False), (cast.chloe, False), (None, False)):
        assert door.may_begin(who, access_reads.folder_facts(who, cast.chemistry), now) is may
    facts = access_reads.folder_facts(cast.alice, cast.physics)
    assert not door.may_begin(cast.alice, facts, now), "a room alone is not enough"


def test_r152_the_recorders_are_those_of_ones_facilities_and_all_for_who_runs_the_service(cast, room):
    facts = {who: access_reads.folder_facts(who, cast.chemistry) for who in (cast.alice, cast.dev, cast.chloe)}
    assert {who: len(door.recorders_for(who, one)) for who, one in facts.items()} == {
        cast.alice: 3, cast.dev: 3, cast.chloe: 0,
    }  # fmt: skip


def test_r42_a_schedule_is_seen_by_who_may_know_of_it_and_changed_by_who_may_schedule_there(cast, made):
    now = timezone.now()
    for who, changes in ((cast.alice, True), (cast.dev, False), (cast.chloe, False)):
        seen = door.see(who, made, now)
        assert not isinstance(seen, Decision)
        assert (seen.may_change, seen.is_open, seen.is_waiting) == (changes, True, True)
        assert seen.opens_page == (who != cast.dev)
        assert (seen.may_call_off, seen.may_name) == (who != cast.chloe, changes), "T4: who runs the service, too"
    for who in (cast.ben, cast.eve, None):
        assert isinstance(door.see(who, made, now), Decision)
    with pytest.raises(ScheduleNotFound):
        door.see(cast.alice, lecture(cast.chemistry, cast.alice, now=now), now)


def test_r154_it_can_be_changed_until_its_end_and_not_once_it_is_called_off(cast, made):
    seen = door.see(cast.alice, made, timezone.now() + timedelta(days=1, hours=2))
    assert not isinstance(seen, Decision)
    assert not seen.is_open
    assert seen.missed_at == seen.line.span.ends_at + timedelta(minutes=30)
    Recording.objects.filter(id=made).update(media_state=MediaState.CANCELLED)
    seen = door.see(cast.alice, made, timezone.now())
    assert not isinstance(seen, Decision)
    assert (seen.is_open, seen.is_waiting) == (False, False)


def test_r151_it_lasts_eight_hours_at_most_by_the_clock_of_the_site():
    assert (door.max_hours(), door.zone().key) == (8, "Europe/London")
