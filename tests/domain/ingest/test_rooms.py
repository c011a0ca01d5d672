"""Who may keep facilities and recorders, what those are called, and what is taken out of use (R25, R152, R165)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cathedra.domain import ingest
from cathedra.domain.ingest import RoomPart, RoomPerson, Span
from cathedra.domain.terms import AccountId, Code

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
SPAN = Span(START, START + timedelta(hours=1))


def person(*, is_active: bool = True, is_staff: bool = True) -> RoomPerson:
    return RoomPerson(AccountId(UUID(int=1)), "kim", "Kim Novak", is_active, is_staff)


@pytest.mark.parametrize(
    ("runs_service", "looks_after", "runs", "keeps"),
    [(True, False, True, True), (True, True, True, True), (False, True, False, True), (False, False, False, False)],
)
def test_r165_the_service_runs_facilities_and_their_own_schedulers_look_after_them(
    runs_service, looks_after, runs, keeps
):
    run = ingest.decide_run_facility(runs_service=runs_service, looks_after=looks_after)
    look = ingest.decide_look_after(runs_service=runs_service, looks_after=looks_after)
    assert (run.is_permitted, look.is_permitted) == (runs, keeps)


def test_r165_whoever_looks_after_a_room_is_told_whom_to_ask_and_a_stranger_nothing():
    theirs = ingest.decide_run_facility(runs_service=False, looks_after=True).reasons[0]
    strangers = ingest.decide_run_facility(runs_service=False).reasons[0]
    assert (theirs.rule, strangers.rule) == ("R165", "R38")
    assert "service team" in theirs.sentence
    assert "service team" not in strangers.sentence


def test_names_are_kept_on_one_line_without_spaces_round_them():
    assert ingest.clean_room_name("  Lecture\n\tBlock \x00") == "Lecture Block"


@pytest.mark.parametrize("decide", [ingest.decide_facility_name, ingest.decide_recorder_name])
def test_r165_a_name_is_there_is_not_long_and_is_no_others(decide):
    longest = "a" * ingest.ROOM_NAME_LENGTH
    assert decide(longest, is_taken=False).is_permitted
    for name, is_taken, code in (
        ("", False, Code.BAD_REQUEST),
        (longest + "a", False, Code.BAD_REQUEST),
        ("LB 1", True, Code.CONFLICT),
    ):
        assert decide(name, is_taken=is_taken).reasons[0].code is code, name


def test_r165_a_host_is_a_department():
    assert ingest.decide_host(exists=True).is_permitted
    assert not ingest.decide_host(exists=False).is_permitted


@pytest.mark.parametrize(
    ("part", "who", "may"),
    [
        (RoomPart.SCHEDULER, person(), True),
        (RoomPart.SCHEDULER, person(is_staff=False), False),
        (RoomPart.SCHEDULER, person(is_active=False), False),
        (RoomPart.TECHNICIAN, person(is_staff=False), True),
        (RoomPart.TECHNICIAN, person(is_active=False), False),
    ],
)
def test_r165_schedulers_are_staff_and_nobody_whose_account_is_closed_is_named(part, who, may):
    assert ingest.decide_named(part, [person(), who]).is_permitted is may


def test_r157_a_recorder_for_which_recordings_wait_is_retired_only_by_whoever_means_it():
    refused = ingest.decide_retire("LB 1", [SPAN, SPAN], even_so=False).reasons[0]
    assert (refused.code, refused.values["count"]) == (Code.CONFLICT, "2")
    assert refused.values["from_at"] == START.isoformat()
    assert ingest.decide_retire("LB 1", [SPAN], even_so=True).is_permitted
    assert ingest.decide_retire("LB 1", [], even_so=False).is_permitted


def test_r151_only_what_was_retired_is_brought_back():
    assert ingest.decide_bring_back(START).is_permitted
    assert not ingest.decide_bring_back(None).is_permitted
