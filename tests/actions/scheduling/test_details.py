"""Another title or presenter for what is scheduled: one, or more of a series, told and audited (R154, T1, N2, N36)."""

from datetime import date

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import Account, AuditEvent, Notice, Recording, Schedule
from cathedra.domain.ingest import Reach, Repeat, Span
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.scheduling.rooms import at, make_room, schedule

SPAN = Span(at(5, 9), at(5, 10))


@pytest.fixture
def series(cast, now):
    """Mondays at nine, from the 5th to the 26th."""
    repeat = Repeat(frozenset({0}), date(2026, 10, 26))
    found = schedule(cast, make_room(cast.alice, now=now), SPAN, repeat=repeat, now=now)
    return [one for one, _span in found.recordings]


def change(cast, one, *, by=None, now, **more):
    return actions.change_scheduled(one, actor=Actor(by or cast.alice, Channel.WEB), now=now, **more)


def titles(series):
    return [Recording.objects.get(id=one).title for one in series]


def test_r154_this_one_the_following_or_all_get_another_title(cast, series, now):
    assert change(cast, series[1], title=" Work ", now=now).is_permitted
    assert titles(series) == ["Entropy", "Work", "Entropy", "Entropy"]
    assert change(cast, series[2], title="Heat", reach=Reach.FOLLOWING, now=now).is_permitted
    assert titles(series) == ["Entropy", "Work", "Heat", "Heat"]
    assert change(cast, series[2], title="Heat", reach=Reach.ALL, now=now).is_permitted
    assert titles(series) == ["Heat"] * 4
    events = AuditEvent.objects.filter(action="recording:change_scheduled")
    assert events.count() == 5, "what has that title already is not changed"
    event = events.get(target_id=series[1], after={"title": "Work"})
    assert event.before == {"title": "Entropy"}
    assert change(cast, series[0], title="Heat", now=now).is_permitted
    assert events.count() == 5


def test_r154_t1_another_presenter_becomes_the_owner_and_everybody_concerned_is_told(cast, series, now):
    assert change(cast, series[2], presenter=cast.chloe, reach=Reach.FOLLOWING, now=now).is_permitted
    rows = Recording.objects.in_bulk(series)
    assert [rows[one].owner_id for one in series] == [cast.alice, cast.alice, cast.chloe, cast.chloe]
    assert Schedule.objects.filter(presenter_id=cast.chloe).count() == 2
    told = Notice.objects.filter(kind="N2")
    assert {row.recipient_id for row in told} == {cast.alice, cast.chloe}
    assert {(row.values["presenter"], row.values["more"]) for row in told} == {("Chloe", "1")}
    assert {row.recipient_id for row in Notice.objects.filter(kind="N36")} == {cast.alice, cast.chloe}
    assert AuditEvent.objects.filter(action="recording:change_owner").count() == 2
    assert change(cast, series[2], presenter=cast.chloe, now=now).is_permitted
    assert Notice.objects.filter(kind="N2").count() == 2, "nothing changed"


def test_r154_who_may_not_schedule_there_and_what_is_over_change_nothing(cast, series, now):
    for who in (cast.ben, cast.eve, cast.dev):
        assert not change(cast, series[0], by=who, title="Mine", now=now).is_permitted
    over = change(cast, series[0], title="Heat", reach=Reach.ALL, now=at(5, 10))
    assert (over.code, over.reasons[0].rule) == (Code.CONFLICT, "R154")
    assert change(cast, series[0], title=" ", now=now).reasons[0].rule == "R151"
    Account.objects.filter(id=cast.chloe).update(is_active=False, deactivated_at=now)
    for nobody in (cast.chemistry, cast.chloe):
        assert change(cast, series[0], presenter=nobody, now=now).code is Code.BAD_REQUEST
    assert titles(series) == ["Entropy"] * 4
    Recording.objects.filter(id=series[0]).update(media_state="RECORDING")
    assert change(cast, series[0], title="Heat", now=at(5, 9, 30)).is_permitted
