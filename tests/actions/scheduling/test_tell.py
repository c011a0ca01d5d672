"""Who is told of what is scheduled, moved, called off and missed, and of a series how often (N1 to N4)."""

from datetime import date

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import Department, Facility, Notice
from cathedra.domain.ingest import Reach, Repeat, Span
from cathedra.domain.terms import Actor, Channel, system_actor
from tests.actions.scheduling.rooms import LONDON, at, make_room, schedule

SPAN = Span(at(5, 9), at(5, 10))


@pytest.fixture
def room(cast, now):
    """Ben looks after the room, whose host has an address."""
    made = make_room(cast.alice, now=now)
    Facility.objects.get(id=made.facility).technicians.add(cast.ben)
    Department.objects.filter(name="Chemistry").update(contact_email="office@example.org")
    return made


def told(kind):
    """To whom, and the values."""
    rows = list(Notice.objects.filter(kind=kind))
    return {row.recipient_id or row.address for row in rows}, [row.values for row in rows]


def test_n1_owner_and_presenter_are_told_of_a_series_once(cast, room, now):
    repeat = Repeat(frozenset({0}), date(2026, 10, 26))
    schedule(cast, room, SPAN, presenter=cast.chloe, repeat=repeat, now=now)
    who, (values,) = told("N1")
    assert who == {cast.chloe}
    assert (values["title"], values["folder"], values["more"]) == ("Entropy", "Part IA", "3")
    assert (values["place"], values["since"]) == ("Lecture Block, LB 1", {"instant": at(5, 9).isoformat()})


def test_n2_n3_whoever_scheduled_it_is_told_too_and_the_host_when_it_is_called_off(cast, room, now):
    ((one, _span),) = schedule(cast, room, SPAN, presenter=cast.chloe, now=now).recordings
    actor, later = Actor(cast.alice, Channel.WEB), Span(at(5, 11), at(5, 12))
    assert actions.reschedule(one, later, actor=actor, now=now, max_hours=8, zone=LONDON).is_permitted
    who, values = told("N2")
    assert who == {cast.alice, cast.chloe}
    assert [(each["until"], each["more"]) for each in values] == [({"instant": at(5, 12).isoformat()}, "")] * 2
    assert actions.reschedule(one, later, actor=actor, now=now, max_hours=8, zone=LONDON).is_permitted
    assert Notice.objects.filter(kind="N2").count() == 2, "nothing changed"
    assert actions.cancel_scheduled(one, reach=Reach.ALL, actor=actor, now=now).is_permitted
    assert told("N3")[0] == {cast.alice, cast.chloe, "office@example.org"}


def test_n4_owner_scheduler_and_technicians_are_told_of_what_was_missed(cast, room, now):
    schedule(cast, room, SPAN, presenter=cast.chloe, now=now)
    for _turn in range(2):
        actions.tend_missed(actor=system_actor(), now=at(5, 10, 30))
    assert told("N4")[0] == {cast.alice, cast.chloe, cast.ben}
    assert Notice.objects.filter(kind="N4").count() == 3


def test_n3_says_why_where_a_reason_was_given(cast, room, now):
    for reason in ("The speaker is ill.", ""):
        ((one, _span),) = schedule(cast, room, SPAN, now=now).recordings
        actor = Actor(cast.alice, Channel.WEB)
        assert actions.cancel_scheduled(one, reason=reason, actor=actor, now=now).is_permitted
    assert sorted(values["reason"] for values in told("N3")[1]) == [
        "",
        "",
        "The speaker is ill.",
        "The speaker is ill.",
    ]
