"""Which run takes what, and when: the vectors of R133 by number, and the reasons of R116, R123, R126 to R129."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain import retention
from cathedra.domain.retention import Calendar, Facts, Joined, Profile, Rule, RunKind, Why
from cathedra.domain.terms import AccountId, FolderId, RecordingId

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(LONDON)
RULE = Rule()
A_2025, A_2026, A_2027 = (CALENDAR.run(RunKind.ARCHIVE, year) for year in (2025, 2026, 2027))
D_2026, D_2027, D_2028 = (CALENDAR.run(RunKind.DELETION, year) for year in (2026, 2027, 2028))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)


def made(anchor: datetime, **facts) -> Facts:
    given = {
        "recording_id": RecordingId(UUID(int=1)),
        "owner_id": AccountId(UUID(int=2)),
        "folder_id": FolderId(UUID(int=3)),
        "seconds": 3000,
        "media": "READY",
        "publication": "PUBLISHED",
        "keeping": "ONLINE",
        "anchor": anchor,
        "ready_at": anchor + timedelta(hours=1),
    }
    return Facts(**{**given, **facts})


def by_archive(facts: Facts, run, **how) -> Why | None:
    return retention.stays_live(facts, RULE, run, began_at=run.cutoff, **how)


def by_deletion(facts: Facts, run, *, is_told: bool = True) -> Why | None:
    return retention.stays_archived(facts, CALENDAR, run, is_told=is_told)


def test_r115_r122_the_runs_begin_at_local_midnight_whatever_the_clock_does():
    assert A_2025.cutoff == datetime(2025, 8, 31, 23, tzinfo=UTC)
    assert D_2026.cutoff == datetime(2026, 8, 30, 23, tzinfo=UTC)
    winter = Calendar(LONDON, archive=(3, 31), deletion=(10, 25))  # days on either side of a change of clocks
    assert winter.run(RunKind.ARCHIVE, 2024).cutoff == datetime(2024, 3, 30, 0, tzinfo=UTC) + timedelta(hours=24)
    assert winter.run(RunKind.DELETION, 2026).cutoff == datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert Calendar(LONDON, archive=(2, 29)).run(RunKind.ARCHIVE, 2027).day == date(2027, 3, 1)
    assert (A_2025.name, CALENDAR.after(D_2026)) == ("archive-2025", D_2027)
    assert CALENDAR.next_run(RunKind.ARCHIVE, local(2026, 9, 1, 23, 59)) == A_2026
    assert CALENDAR.next_run(RunKind.ARCHIVE, local(2026, 9, 2)) == A_2027


def test_r133_1_2_the_anchor_counts_in_local_time_to_the_second():
    cases = {
        datetime(2025, 8, 31, 22, 59, 59, tzinfo=UTC): None,
        datetime(2025, 8, 31, 23, 0, 0, tzinfo=UTC): Why.TOO_NEW,
        datetime(2025, 8, 31, 23, 30, tzinfo=UTC): Why.TOO_NEW,
    }
    for anchor, first in cases.items():
        facts = made(anchor, ready_at=anchor)
        assert by_archive(facts, A_2025) is first, anchor
        assert by_archive(facts, A_2026) is None, anchor


def test_r133_3_restored_in_november_is_archived_again_and_deleted_two_years_after_its_first_archiving():
    restored = made(local(2025, 11, 5, 10))  # R114: the restore is the anchor now
    assert by_archive(restored, A_2026) is None
    again = retention.archived(restored, A_2026.cutoff)
    assert by_deletion(again, D_2026) is Why.ARCHIVED_TOO_LATE
    assert by_deletion(again, D_2027) is None


def test_r133_4_archived_in_september_and_never_restored_is_deleted_and_a_late_request_keeps_it():
    kept = retention.archived(made(local(2025, 3, 1)), local(2025, 9, 1, 3))
    assert by_deletion(kept, D_2026) is None
    assert by_deletion(replace(kept, archived_at=local(2025, 9, 2, 23, 59)), D_2026) is None
    assert by_deletion(replace(kept, archived_at=local(2025, 9, 3)), D_2026) is Why.ARCHIVED_TOO_LATE
    assert by_deletion(replace(kept, keeping="RESTORING"), D_2026) is Why.RESTORING  # asked for on 30 Aug at 23:58


def test_r133_5_archived_by_hand_waits_for_the_following_year():
    by_hand = retention.archived(made(local(2025, 10, 1)), local(2026, 2, 1))
    assert by_deletion(by_hand, D_2026) is Why.ARCHIVED_TOO_LATE
    assert by_deletion(by_hand, D_2027) is None
    assert CALENDAR.deletion_after(local(2026, 2, 1), now=local(2026, 2, 1)) == D_2027
    assert CALENDAR.deletion_after(local(2025, 9, 1, 2), now=local(2026, 2, 1)) == D_2026


def test_r121_r128_r129_r130_t33_the_day_that_is_said_is_that_of_the_run_that_takes_it():
    now = local(2026, 2, 1)
    kept = retention.archived(made(local(2025, 3, 1)), local(2025, 9, 1, 3))
    for more, run, why in (
        ({}, D_2026, None),
        ({"archived_at": now}, D_2027, None),
        ({"exempt_deletion_until": D_2026.cutoff}, D_2026, None),
        ({"exempt_deletion_until": D_2026.cutoff + timedelta(days=1)}, D_2027, Why.EXEMPT),
        ({"exempt_archive_until": D_2027.cutoff}, D_2026, None),
        ({"keep_until": D_2027.cutoff + timedelta(days=1)}, D_2028, Why.ASSESSED),
        ({"is_held": True}, None, Why.HELD),
        ({"is_held": True, "archived_at": now}, None, Why.HELD),
        ({"is_restore_failed": True}, None, Why.RESTORE_FAILED),
        ({"keeping": "RESTORING"}, None, None),
        ({"keeping": "ONLINE", "archived_at": None}, None, None),
        ({"keeping": "RECYCLED"}, None, None),
    ):
        found = retention.deletion_of(replace(kept, **more), calendar=CALENDAR, now=now)
        assert (found.run, found.why) == (run, why), more


def test_r133_6_watched_every_week_is_archived_all_the_same_and_the_bin_is_left_alone():
    watched = made(local(2025, 1, 10), last_viewed_at=local(2025, 8, 31, 20))
    assert by_archive(watched, A_2025) is None
    assert by_archive(replace(watched, keeping="RECYCLED"), A_2025) is Why.IN_BIN
    assert not retention.is_over(local(2025, 8, 30), days=90, now=local(2025, 11, 27))
    assert retention.is_over(local(2025, 8, 30), days=90, now=local(2025, 8, 30) + timedelta(days=90))


def test_r133_7_a_capture_over_midnight_is_not_archived_in_that_night():
    running = made(local(2025, 8, 31, 23, 30), media="RECORDING", publication="DRAFT", ready_at=None)
    assert by_archive(running, A_2025) is Why.NOT_READY
    ready = replace(running, media="READY", publication="PUBLISHED", ready_at=local(2025, 9, 1, 0, 40))
    assert by_archive(ready, A_2025) is Why.READY_TOO_LATE
    assert by_archive(ready, A_2026) is None


def test_r124_a_life_without_action_is_twelve_to_twenty_four_months():
    for day, years in ((local(2025, 9, 1), 2), (local(2026, 8, 31), 1), (local(2026, 2, 3), 1.57)):
        archived_by = next(run for run in (A_2025, A_2026, A_2027) if by_archive(made(day, ready_at=day), run) is None)
        kept = retention.archived(made(day), archived_by.cutoff)
        deleted_by = next(run for run in (D_2026, D_2027, D_2028) if by_deletion(kept, run) is None)
        assert (deleted_by.cutoff - day).days == pytest.approx(years * 365, abs=2), day


def test_r116_only_what_stands_ready_and_free_is_archived():
    old, run = made(local(2025, 1, 1)), A_2025
    cases: list[tuple[dict, Why | None]] = [
        ({}, None),
        ({"publication": "WAITING"}, None),
        ({"publication": "REJECTED"}, None),
        ({"publication": "DRAFT", "media": "PREPARING"}, Why.NOT_READY),
        ({"media": "RECEIVED"}, Why.NOT_READY),
        ({"media": "FAILED"}, Why.NOT_READY),
        ({"is_whole": False}, Why.NOT_READY),
        ({"is_held": True}, Why.HELD),
        ({"is_reference": True}, Why.REFERENCE),
        ({"keeping": "RESTORING"}, Why.RESTORING),
        ({"keeping": "RECYCLED"}, Why.IN_BIN),
        ({"keeping": "ARCHIVED"}, Why.NOT_LIVE),
        ({"keeping": "PURGED"}, Why.GONE),
        ({"exempt_archive_until": run.cutoff + timedelta(seconds=1)}, Why.EXEMPT),
        ({"exempt_archive_until": run.cutoff}, None),
        ({"exempt_deletion_until": local(2027, 1, 1)}, None),
    ]
    for change, expected in cases:
        assert by_archive(replace(old, **change), run) is expected, change
    assert retention.may_archive_by_hand(replace(old, anchor=local(2025, 12, 1))) is None  # R117


def test_r123_r126_r129_r130_what_the_deletion_run_may_not_touch():
    kept = retention.archived(made(local(2024, 11, 1)), local(2025, 9, 1, 1))
    cases: list[tuple[dict, Why | None]] = [
        ({}, None),
        ({"is_held": True}, Why.HELD),
        ({"is_restore_failed": True}, Why.RESTORE_FAILED),
        ({"exempt_deletion_until": local(2026, 9, 1)}, Why.EXEMPT),
        ({"exempt_archive_until": local(2026, 9, 1)}, None),
        ({"keep_until": local(2026, 9, 1)}, Why.ASSESSED),
        ({"keeping": "ONLINE"}, Why.NOT_ARCHIVED),
        ({"keeping": "RECYCLED"}, Why.IN_BIN),
        ({"archived_at": None}, Why.ARCHIVED_TOO_LATE),
    ]
    for change, expected in cases:
        assert by_deletion(replace(kept, **change), D_2026) is expected, change
    assert by_deletion(kept, D_2026, is_told=False) is Why.NOT_TOLD


def test_r132_the_other_profiles_count_days_and_none_takes_nothing():
    run = A_2026
    facts = made(local(2024, 9, 1), last_viewed_at=local(2026, 8, 1))
    year = timedelta(days=365)
    for rule, expected in (
        (Rule(Profile.AGE, 729), None),
        (Rule(Profile.AGE, 731), Why.TOO_NEW),
        (Rule(Profile.LAST_VIEW, 31), None),
        (Rule(Profile.LAST_VIEW, 32), Why.TOO_NEW),
        (Rule(Profile.NONE), Why.TOO_NEW),
    ):
        assert retention.stays_live(facts, rule, run, began_at=run.cutoff) is expected, rule
    never = made(run.cutoff - year)
    assert retention.stays_live(never, Rule(Profile.LAST_VIEW, 365), run, began_at=run.cutoff) is None


def test_r127_what_was_there_and_not_planned_is_extra_and_what_came_later_is_late():
    frozen = local(2026, 8, 2)
    old, new = made(local(2026, 1, 1)), made(local(2026, 8, 20))
    ready_later = made(local(2026, 8, 1), ready_at=frozen)

    def joined(facts: Facts, kind=RunKind.ARCHIVE, *, is_planned: bool = False) -> Joined:
        return retention.join(facts, kind=kind, is_planned=is_planned, frozen_at=frozen)

    assert joined(old, is_planned=True) is Joined.PLANNED
    assert joined(old) is Joined.EXTRA
    assert (joined(new), joined(ready_later)) == (Joined.LATE, Joined.LATE)
    assert joined(new, RunKind.DELETION) is Joined.EXTRA
    assert not retention.is_beyond_tolerance(100, 5, percent=5)
    assert retention.is_beyond_tolerance(100, 6, percent=5)
    assert retention.is_beyond_tolerance(0, 1, percent=5)


def test_r125_r127_steps_and_freezing_are_due_on_their_days_and_not_after_the_run():
    assert retention.due_steps(D_2026, date(2026, 6, 1)) == ()
    assert retention.due_steps(D_2026, date(2026, 6, 2)) == (90,)
    assert retention.due_steps(D_2026, date(2026, 8, 1)) == (90, 30)
    assert retention.due_steps(D_2026, date(2026, 8, 30)) == (90, 30, 7, 1)
    assert retention.due_steps(D_2026, date(2026, 8, 31)) == ()
    assert retention.due_steps(A_2026, date(2026, 8, 2)) == (30,)
    assert [retention.is_due_to_freeze(A_2026, date(2026, 8, day)) for day in (1, 2)] == [False, True]


def test_r123_every_item_gets_a_full_archive_year_wherever_the_days_are_put():
    turns = random.Random(123)
    for _turn in range(300):
        days = [(turns.randint(1, 12), turns.randint(1, 29)) for _ in range(2)]
        calendar = Calendar(LONDON, archive=_real(days[0]), deletion=_real(days[1]))
        run = calendar.run(RunKind.DELETION, turns.randint(2024, 2040))
        before = calendar.archived_before(run)
        assert run.cutoff - before >= timedelta(days=361, hours=23), days
        assert run.cutoff - before <= timedelta(days=2 * 366), days


def _real(day: tuple[int, int]) -> tuple[int, int]:
    return (day[0], min(day[1], 28)) if day[0] == 2 else day


def test_r129_assessed_work_stays_twelve_months_after_the_end_of_its_academic_year():
    for handed_in, until in ((local(2025, 11, 1), local(2027, 9, 1)), (local(2025, 8, 31), local(2026, 9, 1))):
        assert retention.keep_submission_until(handed_in, months=12, calendar=CALENDAR) == until
    assert retention.keep_submission_until(local(2025, 11, 1), months=6, calendar=CALENDAR) == local(2027, 3, 1)


def test_days_are_read_as_month_and_day_or_refused_with_a_sentence():
    assert retention.parse_day("08-31", "retention.delete_date") == (8, 31)
    for text in ("8-31", "02-30", "0831", "", "13-01", "０8-31"):
        with pytest.raises(ValueError, match=r"retention\.delete_date"):
            retention.parse_day(text, "retention.delete_date")


def test_every_reason_has_its_sentence():
    assert set(retention.WHY_SENTENCES) == set(Why)
    assert set(retention.EXEMPTION_REASONS) == set(retention.ExemptionReason)
