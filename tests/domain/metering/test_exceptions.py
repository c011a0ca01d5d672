"""An exception from the limits has a reason and an end within a year (R108)."""

from datetime import UTC, datetime, timedelta

from cathedra.domain import metering

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


def test_r108_a_reason_and_an_end():
    for reason, days, is_permitted in (
        ("Why", 1, True),
        ("Why", 366, True),
        ("Why", 367, False),
        ("Why", 0, False),
        ("Why", -1, False),
        (" \n ", 1, False),
    ):
        decision = metering.decide_exception(reason, NOW + timedelta(days=days), now=NOW)
        assert decision.is_permitted == is_permitted, (reason, days)
        assert is_permitted or decision.reasons[0].rule == "R108"
    assert metering.decide_asking("x").is_permitted
    assert not metering.decide_asking(" ").is_permitted
    assert metering.clean_reason("  a \n b " + "c" * 2000) == ("a b " + "c" * 2000)[:1000]
