"""The limits of the licence: set, read against what is used, and told when they come near (R106, R108)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra import config
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.reads import people
from cathedra.db.writes import audit
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.metering import Category, Gauge
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

_HOUR = 3600
_MOST_HOURS = 100_000_000


@dataclass(frozen=True, slots=True)
class HourLimits:
    """Limits as people give them, in hours; None is none."""

    recorded: int | None
    stored: int | None
    archived: int | None


def limits_of(licence_year: str) -> reads.Limits:
    """Those that somebody set for the year, else those of the configuration (section 24)."""
    found = reads.find_limits(licence_year)
    if found is not None:
        return found
    configured = config.get()
    licence, archived = configured.licence, configured.meter.archived_licensed_hours
    given = (licence.recorded_hours, licence.stored_hours, archived)
    return reads.Limits(*(hours * _HOUR if hours else None for hours in given))


def gauges(now: datetime) -> tuple[Gauge, ...]:
    """Each category of the licence year of `now` against its limit."""
    year = calendar().year_of(now).label
    hours, limits = reads.hours_by_department(year), limits_of(year)
    used = {
        Category.RECORDED: sum(one.recorded_s for one in hours),
        Category.STORED: sum(one.stored_s for one in hours),
        Category.ARCHIVED: sum(one.archived_s for one in hours),
    }
    return tuple(Gauge(category, used[category], limits.of(category)) for category in Category)


def set_limits(licence_year: str, hours: HourLimits, *, actor: Actor, now: datetime) -> Decision:
    """Give a licence year its limits (R106). Whoever runs the service may (R38 row 22), and operators."""
    known = calendar().year_named(licence_year)
    is_operator = actor.account_id is None and actor.channel is Channel.CLI
    held = people.system_roles(actor.account_id) if actor.account_id else ()
    if SystemRole.SERVICE_ADMIN not in held and not is_operator:
        return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
    given = (hours.recorded, hours.stored, hours.archived)
    if known is None or any(one is not None and not 0 <= one <= _MOST_HOURS for one in given):
        return deny(
            Code.BAD_REQUEST, "R106", _("Limits are whole hours, nought or more, of a licence year such as 2026-27.")
        )
    with transaction():
        before = limits_of(licence_year)
        recorded, stored, archived = (None if one is None else one * _HOUR for one in given)
        after = reads.Limits(recorded, stored, archived)
        writes.set_limits(
            licence_year, recorded_s=recorded, stored_s=stored, archived_s=archived, by=actor.account_id, now=now
        )
        audit.record(
            actor,
            "meters:set_limits",
            target_kind="meters",
            target_id=licence_year,
            now=now,
            before=_told(before),
            after=_told(after),
        )
    return permit()


def note_statement(month: str, *, actor: Actor, now: datetime) -> None:
    """Somebody takes a month's statement away (R223)."""
    with transaction():
        audit.record(actor, "meters:export", target_kind="meters", target_id=month, now=now)


def note_export(what: str, *, actor: Actor, now: datetime) -> None:
    """Somebody takes figures of hours away as a file (R223)."""
    with transaction():
        audit.record(actor, "meters:export", target_kind="meters", target_id=what, now=now)


def _told(limits: reads.Limits) -> dict[str, object]:
    return {"recorded_s": limits.recorded_s, "stored_s": limits.stored_s, "archived_s": limits.archived_s}
