"""When a full limit is told: on crossing, weekly near it, daily above it (N40 to N42)."""

from datetime import UTC, datetime, timedelta

from cathedra.domain.metering import Level, is_due

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_r106_n40_to_n42_crossing_upwards_is_told_at_once_and_high_levels_again():
    hours = timedelta(hours=1)
    cases = [
        (Level.OK, Level.OK, None, False),
        (Level.OK, Level.NOTICE, None, True),
        (Level.NOTICE, Level.NOTICE, 1000 * hours, False),
        (Level.NOTICE, Level.WARNING, 1 * hours, True),
        (Level.WARNING, Level.WARNING, 167 * hours, False),
        (Level.WARNING, Level.WARNING, 168 * hours, True),
        (Level.CRITICAL, Level.CRITICAL, 168 * hours, True),
        (Level.OVER, Level.OVER, 23 * hours, False),
        (Level.OVER, Level.OVER, 24 * hours, True),
        (Level.OVER, Level.CRITICAL, 1 * hours, False),
        (Level.OVER, Level.OK, 9999 * hours, False),
        (Level.NOTICE, Level.OVER, 1 * hours, True),
    ]
    for before, after, ago, wanted in cases:
        told_at = None if ago is None else NOW - ago
        assert is_due(before, after, told_at, now=NOW) is wanted, (before, after, ago)
