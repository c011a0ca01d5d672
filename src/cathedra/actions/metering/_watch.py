"""Look how full the limits and what is set aside are, and tell whom it concerns (R106, R110, N40 to N42, N51)."""

from datetime import datetime

from cathedra import config
from cathedra.actions.metering._allocations import tell_allocations
from cathedra.actions.metering._limits import gauges
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.reads import people
from cathedra.db.writes import metering as writes
from cathedra.db.writes import notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering
from cathedra.domain.metering import CATEGORY_NAMES, Category, Gauge, Level
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor

_KINDS = {
    Level.NOTICE: NoticeKind.METER_NOTICE,
    Level.WARNING: NoticeKind.METER_WARNING,
    Level.CRITICAL: NoticeKind.METER_WARNING,
    Level.OVER: NoticeKind.METER_OVER,
}


def watch_meters(*, actor: Actor, now: datetime) -> int:
    """Tell what was crossed upwards, and again while it stays high; returns how much was told."""
    with transaction():
        return _watch_limits(now) + tell_allocations(now)


def _watch_limits(now: datetime) -> int:
    year = calendar().year_of(now).label
    told = 0
    seen = reads.levels()
    for gauge in gauges(now):
        last = seen.get(gauge.category)
        is_known = last is not None and (last.licence_year == year or gauge.category is not Category.RECORDED)
        before, told_at = (last.level, last.told_at) if last is not None and is_known else (Level.OK, None)
        if metering.is_due(before, gauge.level, told_at, now=now):
            _tell(gauge, year, now=now)
            told_at, told = now, told + 1
        if last is None or (last.licence_year, last.level, last.told_at) != (year, gauge.level, told_at):
            writes.set_level(gauge.category, licence_year=year, level=gauge.level, told_at=told_at)
    return told


def _tell(gauge: Gauge, year: str, *, now: datetime) -> None:
    kind = _KINDS[gauge.level]
    outside: list[str] = []
    if kind is not NoticeKind.METER_NOTICE:
        outside = reads.list_department_contacts()
    if kind is NoticeKind.METER_OVER and config.get().licence.sponsor_address:
        outside.append(config.get().licence.sponsor_address)
    notices.add(
        kind,
        event=f"meter:{gauge.category}:{year}:{gauge.level}:{now.isoformat()}",
        to=people.list_holders(SystemRole.SERVICE_ADMIN),
        addresses=outside,
        values={
            "what": Phrase(CATEGORY_NAMES[gauge.category]),
            "percent": str(gauge.percent),
            "used": metering.hours(gauge.used_s),
            "limit": metering.hours(gauge.limit_s or 0),
        },
        link="/staff/hours/",
        now=now,
    )
