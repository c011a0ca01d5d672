"""What may be scheduled, changed and called off, decided from facts alone: R151 to R154, T2 to T4, T6."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import ingest
from cathedra.domain.ingest import RoomRecorder, ScheduleFacts, Span, Standing, Taken
from cathedra.domain.library import MediaState, media_sources
from cathedra.domain.terms import Code, deny, permit

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NO = deny(Code.NO_PERMISSION, "R41", "There is nothing here.")
LB1 = RoomRecorder("LB 1", may=True, keeps_primary=True)
SPAN = Span(NOW + HOUR, NOW + 2 * HOUR)
FACTS = ScheduleFacts(permit(), "Entropy", SPAN, (LB1,))
WAITING = Standing(permit(), "SCHEDULED", SPAN)
RUNNING = Standing(permit(), "RECORDING", Span(NOW - HOUR, NOW + HOUR))


def spans(minutes: int = 600) -> st.SearchStrategy[Span]:
    """Within the hours after now, in whole minutes."""
    ends = st.lists(st.integers(1, minutes), min_size=2, max_size=2, unique=True).map(sorted)
    return ends.map(lambda pair: Span(NOW + pair[0] * MINUTE, NOW + pair[1] * MINUTE))


def decide(facts: ScheduleFacts, **more):
    return ingest.decide_scheduling(facts, **{"max_hours": 8, "now": NOW} | more)


def change(before: Standing, after: Span, **more):
    return ingest.decide_change(before, after, **{"max_hours": 8, "now": NOW} | more)


def test_r151_with_everything_that_it_needs_it_may_be_scheduled():
    assert decide(FACTS).is_permitted
    assert decide(replace(FACTS, span=Span(NOW + HOUR, NOW + 9 * HOUR))).is_permitted
    second = RoomRecorder("Camera", may=True, keeps_primary=False)
    assert decide(replace(FACTS, recorders=(second, LB1))).is_permitted


@pytest.mark.parametrize(
    ("change", "code", "rule"),
    [
        ({"may": NO}, Code.NO_PERMISSION, "R41"),
        ({"title": "  "}, Code.BAD_REQUEST, "R151"),
        ({"recorders": ()}, Code.BAD_REQUEST, "R151"),
        ({"recorders": (LB1, replace(LB1, may=False))}, Code.NO_PERMISSION, "R152"),
        ({"recorders": (replace(LB1, is_retired=True),)}, Code.CONFLICT, "R151"),
        ({"recorders": (replace(LB1, keeps_primary=False),)}, Code.BAD_REQUEST, "R151"),
        ({"span": Span(NOW + HOUR, NOW + HOUR)}, Code.BAD_REQUEST, "R151"),
        ({"span": Span(NOW + 2 * HOUR, NOW + HOUR)}, Code.BAD_REQUEST, "R151"),
        ({"span": Span(NOW + HOUR, NOW + 9 * HOUR + MINUTE)}, Code.BAD_REQUEST, "R151"),
        ({"span": Span(NOW, NOW + HOUR)}, Code.BAD_REQUEST, "R151"),
        ({"span": Span(NOW - 2 * HOUR, NOW - HOUR)}, Code.BAD_REQUEST, "R151"),
        ({"taken": (Taken(SPAN),)}, Code.CONFLICT, "R153"),
    ],
)
def test_r151_without_one_of_them_it_is_refused_and_says_by_which_rule(change, code, rule):
    (reason,) = decide(replace(FACTS, **change)).reasons
    assert (reason.code, reason.rule) == (code, rule)


def test_r153_the_other_ones_title_is_told_to_whoever_may_see_it_and_its_hours_to_everybody():
    for title in ("Enthalpy", None):
        (reason,) = decide(replace(FACTS, taken=(Taken(Span(NOW + 30 * MINUTE, NOW + 90 * MINUTE), title),))).reasons
        told = {"from_at": "2026-11-02T10:30:00+00:00", "until_at": "2026-11-02T11:30:00+00:00"}
        assert reason.values == told | ({"title": "Enthalpy"} if title else {})
        assert ("{title}" in reason.sentence) is bool(title)


def test_r153_back_to_back_is_no_overlap():
    around = (Taken(Span(NOW, SPAN.starts_at)), Taken(Span(SPAN.ends_at, NOW + 3 * HOUR)))
    assert decide(replace(FACTS, taken=around)).is_permitted


@given(one=spans(), other=spans())
def test_r153_two_overlap_exactly_where_a_minute_belongs_to_both(one, other):
    def minutes(span: Span) -> set[int]:
        return set(range((span.starts_at - NOW) // MINUTE, (span.ends_at - NOW) // MINUTE))

    assert one.overlaps(other) == bool(minutes(one) & minutes(other)) == other.overlaps(one)


@given(span=spans(), others=st.lists(spans(), max_size=6))
def test_r153_the_free_parts_are_every_minute_that_is_left_and_no_other(span, others):
    taken = [Taken(one) for one in others]
    parts = ingest.free_parts(span, taken)
    at = NOW
    while at < NOW + 11 * HOUR:
        minute = Span(at, at + MINUTE)
        is_free = minute.overlaps(span) and not any(minute.overlaps(one) for one in others)
        assert sum(minute.overlaps(part) for part in parts) == is_free
        at += MINUTE
    assert list(parts) == sorted(parts)
    best = ingest.free_part(span, taken)
    lengths = [part.ends_at - part.starts_at for part in parts]
    assert best == (parts[lengths.index(max(lengths))] if parts else None)
    if best is not None:
        assert decide(replace(FACTS, span=best, taken=tuple(taken)), max_hours=10).is_permitted


@given(span=spans(), others=st.lists(spans(), max_size=4))
def test_r153_what_is_permitted_shares_nothing_with_what_is_taken(span, others):
    facts = replace(FACTS, span=span, taken=tuple(Taken(one, "Other") for one in others))
    assert decide(facts, max_hours=10).is_permitted == (not any(span.overlaps(one) for one in others))


def test_t3_its_times_may_change_while_it_waits():
    later = Span(NOW + 3 * HOUR, NOW + 4 * HOUR)
    assert change(WAITING, later).is_permitted
    assert change(WAITING, SPAN).is_permitted
    assert change(WAITING, later, taken=[Taken(later, "Other")]).reasons[0].rule == "R153"
    for wrong in (Span(NOW - HOUR, NOW + HOUR), Span(NOW, NOW + HOUR), Span(NOW + HOUR, NOW + 10 * HOUR)):
        assert change(WAITING, wrong).reasons[0].rule == "R151"
    assert change(replace(WAITING, may=NO), later) == NO


def test_r154_what_should_have_begun_and_has_not_may_end_later():
    late = Standing(permit(), "SCHEDULED", Span(NOW - MINUTE, NOW + HOUR))
    assert change(late, Span(NOW - MINUTE, NOW + 2 * HOUR)).is_permitted
    assert change(late, Span(NOW + MINUTE, NOW + 2 * HOUR)).is_permitted
    assert change(late, Span(NOW - MINUTE, NOW)).reasons[0].rule == "R151"


def test_r154_while_it_is_recorded_its_end_changes_and_its_start_does_not():
    span = RUNNING.span
    assert change(RUNNING, replace(span, ends_at=NOW + 2 * HOUR)).is_permitted
    assert change(RUNNING, replace(span, ends_at=NOW + MINUTE)).is_permitted
    assert change(RUNNING, replace(span, ends_at=NOW - MINUTE)).reasons[0].rule == "R151"
    refused = change(RUNNING, Span(NOW + MINUTE, NOW + HOUR))
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R154")


def test_r154_after_its_end_nothing_changes():
    for media in ("SCHEDULED", "RECORDING"):
        over = Standing(permit(), media, Span(NOW - HOUR, NOW))
        for decision in (change(over, Span(NOW + HOUR, NOW + 2 * HOUR)), ingest.decide_cancel(over, now=NOW)):
            assert (decision.code, decision.reasons[0].rule) == (Code.CONFLICT, "R154")


def test_t3_t4_are_refused_from_every_other_state():
    for media in MediaState:
        standing = replace(WAITING, media=media)
        cancelled = ingest.decide_cancel(standing, now=NOW)
        assert cancelled.is_permitted == (media in media_sources(MediaState.CANCELLED)), media
        assert cancelled.is_permitted or cancelled.code is Code.ILLEGAL_TRANSITION
        changed = change(standing, Span(NOW + 3 * HOUR, NOW + 4 * HOUR))
        assert changed.is_permitted == (media in media_sources(MediaState.SCHEDULED) and media != "EMPTY"), media
    assert ingest.decide_cancel(replace(WAITING, may=NO), now=NOW) == NO


def test_r154_title_and_presenter_change_up_to_the_end_and_while_it_is_recorded():
    for standing in (WAITING, RUNNING):
        assert ingest.decide_details(standing, now=NOW).is_permitted
        assert ingest.decide_details(replace(standing, may=NO), now=NOW) == NO
        assert ingest.decide_details(standing, now=standing.span.ends_at).reasons[0].rule == "R154"
    assert ingest.decide_details(replace(WAITING, media="CANCELLED"), now=NOW).code is Code.ILLEGAL_TRANSITION


def test_r153_times_are_whole_minutes_so_that_back_to_back_is_back_to_back():
    odd = Span(SPAN.starts_at + timedelta(seconds=59, microseconds=7), SPAN.ends_at + timedelta(microseconds=1))
    assert ingest.whole_minutes(odd) == SPAN
    short = ingest.whole_minutes(Span(NOW, NOW + timedelta(seconds=50)))
    assert decide(replace(FACTS, span=short)).reasons[0].rule == "R151"


def test_t6_it_is_missed_half_an_hour_after_its_end_if_nothing_was_heard():
    due = SPAN.ends_at + ingest.MISSED_AFTER
    for media in MediaState:
        is_source = media in media_sources(MediaState.MISSED)
        assert ingest.is_missed(media, SPAN, was_heard_of=False, now=due) == is_source, media
    assert not ingest.is_missed("SCHEDULED", SPAN, was_heard_of=False, now=due - timedelta.resolution)
    assert not ingest.is_missed("SCHEDULED", SPAN, was_heard_of=True, now=due + HOUR)


def test_r151_times_are_cut_to_whole_minutes_and_what_becomes_empty_is_refused():
    odd = Span(SPAN.starts_at + timedelta(seconds=59.9), SPAN.ends_at + timedelta(microseconds=1))
    assert ingest.whole_minutes(odd) == SPAN
    empty = ingest.whole_minutes(Span(SPAN.starts_at, SPAN.starts_at + timedelta(seconds=59)))
    assert decide(replace(FACTS, span=empty)).reasons[0].rule == "R151"


def test_r154_title_and_presenter_change_up_to_the_end():
    for standing in (WAITING, RUNNING):
        assert ingest.decide_details(standing, now=NOW).is_permitted
        over = ingest.decide_details(standing, now=standing.span.ends_at)
        assert (over.code, over.reasons[0].rule) == (Code.CONFLICT, "R154")
    assert ingest.decide_details(replace(WAITING, may=NO), now=NOW) == NO
    assert ingest.decide_details(replace(WAITING, media="CANCELLED"), now=NOW).code is Code.ILLEGAL_TRANSITION


def test_r155_what_has_begun_goes_along_when_its_start_stays():
    later, longer = Span(NOW + HOUR, NOW + 2 * HOUR), Span(RUNNING.span.starts_at, NOW + 2 * HOUR)
    late = replace(RUNNING, media="SCHEDULED")
    assert [ingest.goes_along(RUNNING, span, NOW) for span in (longer, later)] == [True, False]
    assert [ingest.goes_along(late, span, NOW) for span in (longer, later)] == [True, True]
    assert not ingest.goes_along(late, Span(NOW - 2 * HOUR, NOW + HOUR), NOW)
    assert ingest.goes_along(WAITING, Span(NOW - HOUR, NOW), NOW), "and is refused by its time"


def test_r153_no_recorder_is_needed_twice_by_those_that_move_together():
    other = Span(SPAN.ends_at, SPAN.ends_at + HOUR)
    assert ingest.decide_apart([(SPAN, (1, 2)), (other, (1,))]).is_permitted
    assert ingest.decide_apart([(SPAN, (1,)), (SPAN, (2,))]).is_permitted
    within = Span(SPAN.starts_at + MINUTE, SPAN.ends_at + MINUTE)
    assert ingest.decide_apart([(within, (2,)), (SPAN, (1, 2))]).reasons[0].rule == "R153"


def test_r155_a_series_that_is_called_off_in_part_says_what_stays():
    assert ingest.called_off(goes_on=False, chosen_stays=False) == permit()
    said = [ingest.called_off(goes_on=goes_on, chosen_stays=True) for goes_on in (True, False)]
    assert [one.is_permitted for one in said] == [True, True]
    assert len({one.reasons[0].sentence for one in said}) == 2
