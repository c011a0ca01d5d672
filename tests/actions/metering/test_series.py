"""The past year by day, and what the trend leads to (R105, R107)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cathedra.actions import metering, retention, scheduling
from cathedra.actions.retention import _plan as retention_plan
from cathedra.db.models import Hold
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import metering as writes
from cathedra.domain.ingest import Span
from cathedra.domain.metering import Category, Cause, Line
from cathedra.domain.retention import RunKind
from tests.actions.retention.archives import SYSTEM, by, kept, local, stores, tend
from tests.actions.scheduling.rooms import HOUR, make_room, schedule

DAY = timedelta(days=1)
_TOMORROW = date(2026, 11, 3)


@pytest.mark.django_db
def test_r105_r107_each_day_of_the_past_year_is_what_the_ledger_said_at_its_end():
    now = datetime(2026, 11, 2, 10, tzinfo=UTC)

    def put(category: Category, seconds: int, at: datetime, year: str) -> None:
        writes.add_lines([Line(uuid4(), category, seconds, Cause.READY, at, year, None, uuid4(), "a")])

    put(Category.STORED, 1000, now - 500 * DAY, "2025-26")
    put(Category.STORED, 60, now - 10 * DAY, "2026-27")
    put(Category.STORED, -30, now - 3 * DAY, "2026-27")
    put(Category.RECORDED, 500, now - 500 * DAY, "2025-26")
    put(Category.RECORDED, 70, datetime(2026, 8, 31, 22, 30, tzinfo=UTC), "2025-26")
    put(Category.RECORDED, 8, datetime(2026, 8, 31, 23, 40, tzinfo=UTC), "2025-26")  # ready in the new year (R112)
    put(Category.RECORDED, 9, now - 10 * DAY, "2026-27")
    put(Category.ARCHIVED, 4, now, "2026-27")
    found = {one.gauge.category: one for one in metering.series(now)}
    for category, one in found.items():
        days = [day for day, _seconds in one.past]
        assert (len(days), days[0], days[-1]) == (365, date(2025, 11, 3), date(2026, 11, 2)), category
        assert one.past[-1][1] == one.gauge.used_s, category
    said = {category: dict(one.past) for category, one in found.items()}
    stored, recorded = said[Category.STORED], said[Category.RECORDED]
    assert [stored[date(2025, 11, 3)], stored[date(2026, 10, 23)], stored[date(2026, 10, 30)]] == [1000, 1060, 1030]
    new_year = date(2026, 9, 1)
    assert [recorded[new_year - 2 * DAY], recorded[new_year - DAY], recorded[new_year]] == [500, 570, 0]
    assert recorded[date(2026, 11, 2)] == 9
    assert said[Category.ARCHIVED][date(2026, 11, 1)] == 0
    assert found[Category.ARCHIVED].forecast is None
    forecast = found[Category.STORED].forecast
    assert (forecast.points[0].day, forecast.points[-1].day) == (date(2026, 11, 2), date(2027, 8, 31))


def test_r107_what_is_scheduled_still_to_come_is_added_to_what_is_recorded_so_far(cast):
    """Once, however many recorders it takes; what was called off and what is over are not to come."""
    now, room = datetime(2026, 11, 2, 10, tzinfo=UTC), make_room(cast.alice, now=cast.now)
    lines = [
        Line(uuid4(), category, 100, Cause.READY, now - DAY, "2026-27", None, uuid4(), "a")
        for category in (Category.RECORDED, Category.STORED)
    ]
    writes.add_lines(lines)
    term = (date(2026, 11, 2), date(2027, 8, 31))

    def ends():
        found = {each.gauge.category: each for each in metering.series(now, resting=[term])}
        assert found[Category.ARCHIVED].forecast is None
        assert [point.day for point in found[Category.STORED].forecast.points[:2]] == [date(2026, 11, 2), _TOMORROW]
        return [
            (found[one].forecast.points[1].likely_s, found[one].forecast.end.likely_s)
            for one in (Category.RECORDED, Category.STORED)
        ]

    schedule(cast, room, Span(now - 3 * DAY, now - 3 * DAY + HOUR), now=cast.now)
    assert ends() == [(100, 100)] * 2
    both = (room.first, room.second)
    schedule(cast, room, Span(now + DAY, now + DAY + HOUR), recorder_ids=both, now=cast.now)
    schedule(cast, room, Span(now + 3 * DAY, now + 3 * DAY + HOUR / 2), now=cast.now)
    assert ends() == [(3700, 5500)] * 2
    off = schedule(cast, room, Span(now + 4 * DAY, now + 4 * DAY + HOUR), now=cast.now).recordings[0][0]
    assert ends() == [(3700, 9100)] * 2
    assert scheduling.cancel_scheduled(off, actor=by(cast.alice), now=now).is_permitted
    assert ends() == [(3700, 5500)] * 2


@pytest.mark.slow
def test_r107_stored_hours_are_told_with_what_the_archive_run_and_the_bins_will_free(cast):
    """Before the plan stands as of last night; then by the plan; what is held waits, what was archived frees nothing."""
    now, where = local(2026, 11, 2, 10), stores()
    old, binned, held, _archived = (
        kept(cast, where, local(2026, 10, day), title=str(day), duration_ms=hours * 3_600_000)
        for day, hours in ((1, 2), (2, 4), (3, 8), (4, 16))
    )

    def seen(at):
        return next(one for one in metering.series(at) if one.freeing)

    assert seen(now).freeing.run is None, "nobody has looked"
    assert retention.archive_recording(_archived, actor=by(cast.alice), now=now).is_permitted
    retention.archive_media(_archived, actor=by(cast.alice), now=now, stores=where)
    for one in (binned, held, _archived):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=now).is_permitted
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    retention.tend_bins(actor=SYSTEM, now=now)
    found = seen(now)
    run = retention_reads.calendar().next_run(RunKind.ARCHIVE, now).day
    ahead = found.freeing.run
    assert (ahead.day, ahead.recordings, ahead.seconds, ahead.is_planned) == (run, 1, 7200, False)
    assert found.freeing.bins == {date(2027, 1, 31): 14_400}
    by_day = {point.day: point.likely_s for point in found.forecast.points}
    assert by_day[date(2027, 1, 30)] - by_day[date(2027, 1, 31)] == 14_400 - round(found.forecast.per_day_s)
    frozen = local(run.year, run.month, run.day, 12) - 29 * DAY
    tend(frozen, where)
    ahead = seen(frozen).freeing.run
    assert (ahead.day, ahead.recordings, ahead.seconds, ahead.is_planned) == (run, 1, 7200, True)
    assert not retention_plan.look_ahead(now=frozen), "the plan says it"
    night = local(run.year, run.month, run.day, 0, 5)
    tend(night, where)
    assert seen(night + timedelta(hours=10)).freeing.run is None, "it frees nothing twice on the day that it ended"
    assert old
