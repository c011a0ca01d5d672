"""What availability may be set to: R44 to R50, and the course's floor R48."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain import access
from cathedra.domain.access import Availability as Avail
from cathedra.domain.access import CourseGuard, FolderEnd, FolderSchedule, FolderStart, RecordingEnd, RecordingSchedule
from cathedra.domain.access import RecordingStart as Start
from cathedra.domain.terms import Code

DAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = DAY + timedelta(days=7)
LONDON = ZoneInfo("Europe/London")
POLICY = access.parse_course_policy(
    {
        "days_after_term": 14,
        "year_ends": [9, 30],
        "year": [
            {
                "name": "2026-27",
                "term": [
                    {"name": "Michaelmas", "starts": date(2026, 10, 6), "ends": date(2026, 12, 4)},
                    {"name": "Lent", "starts": date(2027, 1, 19), "ends": date(2027, 3, 19)},
                ],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("folder", "own", "expected"),
    [
        (FolderSchedule(), None, None),
        (FolderSchedule(start=FolderStart.DATE), None, "R44"),
        (FolderSchedule(start=FolderStart.IMMEDIATELY, starts_at=DAY), None, "R44"),
        (FolderSchedule(end=FolderEnd.DATE), None, "R44"),
        (FolderSchedule(FolderStart.DATE, DAY, FolderEnd.DATE, LATER), None, None),
        (FolderSchedule(FolderStart.DATE, DAY, FolderEnd.DATE, DAY), None, "R47"),
        (FolderSchedule(FolderStart.DATE, LATER, FolderEnd.DATE, DAY), None, "R47"),
        (FolderSchedule(release_delay_hours=168), None, None),
        (FolderSchedule(release_delay_hours=169), None, "R49"),
        (FolderSchedule(release_delay_hours=-1), None, "R49"),
        (FolderSchedule(), RecordingSchedule(Start.DATE), "R44"),
        (FolderSchedule(), RecordingSchedule(Start.DATE, DAY, RecordingEnd.DATE, DAY), "R47"),
        # the recording's end against the folder's start, and the other way round (R45, R47)
        (FolderSchedule(FolderStart.DATE, LATER), RecordingSchedule(end=RecordingEnd.DATE, ends_at=DAY), "R47"),
        (FolderSchedule(end=FolderEnd.DATE, ends_at=DAY), RecordingSchedule(Start.DATE, LATER), "R47"),
        (FolderSchedule(FolderStart.DATE, LATER), RecordingSchedule(Start.DATE, DAY, RecordingEnd.DATE, LATER), None),
    ],
)
def test_a_schedule_is_whole_and_ends_after_it_starts_r44_r45_r47_r49(folder, own, expected):
    decision = access.decide_schedule(own or folder, access.availability_of(folder, own))
    assert (None if decision.is_permitted else decision.reasons[0].rule) == expected


def test_settings_of_ones_own_come_before_those_given_but_not_before_approval_r28_r45_r71():
    given = FolderSchedule(FolderStart.DATE, DAY, FolderEnd.DATE, LATER, 24)
    assert access.resolve(FolderSchedule(), given) == given
    mine = FolderSchedule(FolderStart.NEVER_UNLESS_SESSION, None, FolderEnd.FOREVER, None, 0)
    assert access.resolve(mine, given) == mine
    asking = FolderSchedule(FolderStart.WHEN_APPROVED)
    assert access.resolve(mine, asking).start is FolderStart.WHEN_APPROVED


def test_approval_is_not_turned_on_or_off_from_here_r71():
    now, approved = FolderSchedule(FolderStart.IMMEDIATELY), FolderSchedule(FolderStart.WHEN_APPROVED)
    longer = FolderSchedule(FolderStart.WHEN_APPROVED, None, FolderEnd.DATE, LATER)
    assert access.decide_approval_kept(approved, longer, needs_approval=True).is_permitted
    assert access.decide_approval_kept(now, FolderSchedule(), needs_approval=False).is_permitted
    for before, after, needs in ((now, approved, False), (approved, now, True), (FolderSchedule(), now, True)):
        assert access.decide_approval_kept(before, after, needs_approval=needs).reasons[0].rule == "R71"


@pytest.mark.parametrize(
    ("taught", "year", "floor"),
    [
        (date(2026, 11, 2), "2026-27", date(2026, 12, 18)),
        (date(2026, 12, 4), "2026-27", date(2026, 12, 18)),
        (date(2026, 12, 20), "2026-27", date(2027, 4, 2)),  # made in the vacation: for the term that comes
        (date(2027, 8, 1), "2026-27", date(2027, 4, 2)),
        (date(2026, 11, 2), "2031-32", date(2032, 9, 30)),  # terms that nobody wrote down: the whole year
    ],
)
def test_the_floor_is_the_term_of_teaching_and_two_weeks_r48(taught, year, floor):
    assert POLICY.floor(year, taught) == floor


def test_a_policy_whose_terms_overlap_is_refused():
    terms = [{"name": "A", "starts": date(2026, 10, 6), "ends": date(2026, 9, 4)}]
    with pytest.raises(ValueError, match="follow"):
        access.parse_course_policy(
            {"days_after_term": 14, "year_ends": [9, 30], "year": [{"name": "2026-27", "term": terms}]}
        )


FLOOR, YEAR = datetime(2026, 12, 19, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=LONDON)
EARLY, MIDDLE = FLOOR - timedelta(seconds=1), FLOOR + timedelta(days=30)


@pytest.mark.parametrize(
    ("before", "after", "reference", "is_admin", "expected"),
    [
        (None, None, "", False, "ALLOW"),
        (None, YEAR, "", False, "ALLOW"),
        (None, YEAR - timedelta(seconds=1), "", False, "BAD_REQUEST"),
        (None, FLOOR, "", False, "BAD_REQUEST"),
        (None, FLOOR, "DEC-17", False, "ALLOW"),
        (None, EARLY, "DEC-17", False, "ILLEGAL_TRANSITION"),
        (None, EARLY, "", True, "BAD_REQUEST"),
        (None, EARLY, "DEC-17", True, "ALLOW"),
        (EARLY, MIDDLE, "", False, "ALLOW"),  # later than it was
        (MIDDLE, EARLY, "DEC-17", False, "ILLEGAL_TRANSITION"),
    ],
)
def test_the_recordings_of_a_course_stay_r48(before, after, reference, is_admin, expected):
    guard = CourseGuard(date(2026, 12, 18), date(2027, 9, 30), LONDON)
    decision = access.decide_course_end(
        guard, before=before, after=after, reference=reference, is_service_admin=is_admin
    )
    assert decision.code == expected
    if not decision.is_permitted:
        assert decision.reasons[0].rule == "R48"
        assert decision.reasons[0].values["floor_date"] == "2026-12-18"
        assert decision.code in (Code.BAD_REQUEST, Code.ILLEGAL_TRANSITION)


def test_a_start_that_is_put_off_ends_it_just_as_well_r48():
    guard = CourseGuard(date(2026, 12, 18), date(2027, 9, 30), LONDON)
    open_now, shut, ended = Avail(), Avail(start=Start.NEVER), Avail(end=RecordingEnd.DATE, ends_at=LATER)
    after_floor = Avail(start=Start.DATE, starts_at=FLOOR)
    week = Avail(start=Start.DATE, starts_at=LATER)
    folder_never = Avail(folder_start=FolderStart.NEVER_UNLESS_SESSION)
    for name, was, will, expected in (
        ("never", open_now, shut, DAY),
        ("the folder's never", open_now, folder_never, DAY),
        ("once the floor is over", open_now, after_floor, DAY),
        ("a week later is no end", open_now, week, None),
        ("its end is its end", open_now, ended, LATER),
        ("what was not to be watched does not end", shut, folder_never, None),
        ("nothing is there", None, shut, None),
    ):
        assert access.shut_from(guard, was=was, will=will, now=DAY) == expected, name
