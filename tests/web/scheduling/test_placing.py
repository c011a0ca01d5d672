"""Where a refusal stands, and what is offered where something is in the way (R151 to R155)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cathedra.actions.scheduling import ScheduleWish
from cathedra.db.reads.scheduling import RecorderChoice
from cathedra.domain.ingest import Repeat, Span
from cathedra.domain.terms import Code, FolderId, deny
from cathedra.web.scheduling import placing
from tests.actions.scheduling.rooms import at, make_room, schedule
from tests.web.scheduling.rooms import LONDON

SPAN = Span(at(5, 10), at(5, 11))
CHOICES = (RecorderChoice(3, "LB 1", "Lecture Block", keeps_primary=True), RecorderChoice(4, "Cam", "Lecture Block", keeps_primary=False))  # fmt: skip
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


def wish(*recorders: int, span: Span = SPAN, repeat: Repeat | None = None) -> ScheduleWish:
    return ScheduleWish(FolderId(uuid4()), "Entropy", span, recorders or (3,), repeat=repeat)


@pytest.mark.parametrize(
    ("code", "rule", "recorders", "field"),
    [
        (Code.NO_PERMISSION, "R152", (3,), "recorders"),
        (Code.CONFLICT, "R153", (3,), "start"),
        (Code.BAD_REQUEST, "R155", (3,), "until"),
        (Code.CONFLICT, "R151", (3,), "recorders"),  # not in use any more
        (Code.BAD_REQUEST, "R151", (4,), "recorders"),
        (Code.BAD_REQUEST, "R151", (3, 4), "day"),  # has passed
        (Code.BAD_REQUEST, "R84", (3,), "use"),
        (Code.NOT_PERMITTED, "R78", (3,), "use"),
        (Code.AUP_REQUIRED, "R15", (3,), None),
    ],
)
def test_a_refusal_stands_at_the_field_that_it_is_about(code, rule, recorders, field):
    assert placing.field_of(deny(code, rule, "No."), wish(*recorders), CHOICES) == field


def test_r151_what_is_too_long_or_ends_too_soon_stands_at_the_end():
    backwards = wish(span=Span(SPAN.ends_at, SPAN.starts_at))
    assert placing.field_of(deny(Code.BAD_REQUEST, "R151", "No."), backwards, CHOICES) == "end"
    assert placing.field_of(deny(Code.BAD_REQUEST, "R151", "{hours}", hours="8"), wish(), CHOICES) == "end"


def test_r42_only_a_recorder_that_is_not_theirs_is_told_of():
    assert placing.is_hidden(deny(Code.NO_PERMISSION, "R41", "No."))
    assert not placing.is_hidden(deny(Code.NO_PERMISSION, "R152", "No."))
    assert not placing.is_hidden(deny(Code.CONFLICT, "R153", "No."))


def test_a_time_is_told_with_its_day_and_over_midnight_with_both():
    assert placing.times(SPAN, LONDON) == "Mon 5 Oct 2026, 10:00 to 11:00"
    late = Span(at(5, 23), at(6, 1))
    assert placing.times(late, LONDON) == "Mon 5 Oct 2026, 23:00 to Tue 6 Oct 2026, 01:00"


def test_r153_the_free_part_is_offered_where_there_is_one(cast):
    room = make_room(cast.alice, now=NOW)
    assert placing.offer(wish(room.first), LONDON) is None, "nothing is in the way"
    schedule(cast, room, Span(at(5, 9), at(5, 10, 30)), now=NOW)
    found = placing.offer(wish(room.first), LONDON)
    assert found is not None
    assert found.label == "Use the free part: 10:30 to 11:00"
    weekly = Repeat(frozenset({0}), date(2026, 10, 5) + timedelta(weeks=15))
    of_series = placing.offer(wish(room.first, repeat=weekly), LONDON)
    assert of_series is not None
    assert (of_series.label, of_series.parts, of_series.more) == (
        "Use the free parts", ("Mon 5 Oct 2026, 10:30 to 11:00",), 0,
    )  # fmt: skip
    schedule(cast, room, Span(at(12, 9), at(12, 12)), now=NOW)
    assert placing.offer(wish(room.first, repeat=weekly), LONDON) is None, "of the second nothing is left"
    assert placing.free_part((room.first,), Span(at(12, 9), at(12, 12))) is None


def test_r153_of_many_that_would_be_shorter_ten_are_named(cast):
    room = make_room(cast.alice, now=NOW)
    weekly = Repeat(frozenset({0}), date(2026, 10, 5) + timedelta(weeks=11))
    schedule(cast, room, Span(at(5, 9), at(5, 10, 30)), repeat=weekly, now=NOW)
    found = placing.offer(wish(room.first, repeat=weekly), LONDON)
    assert found is not None
    assert (len(found.parts), found.more) == (10, 2)
