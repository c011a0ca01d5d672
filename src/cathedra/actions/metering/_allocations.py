"""Hours set aside for departments and folders: set, taken back, and told as they are used up (R110, N51)."""

from datetime import datetime
from uuid import UUID

from cathedra import config
from cathedra.actions.metering._limits import gauges
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.reads import people
from cathedra.db.reads.metering import Given, SetAside
from cathedra.db.writes import audit, notices
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering
from cathedra.domain.metering import CATEGORY_NAMES, Category, Intake, LimitMode
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import AccountId, Actor, Channel, Code, Decision, FolderId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_HOUR = 3600


def admit(intake: Intake, *, now: datetime, into: FolderId | None = None, owner: AccountId | None = None) -> Decision:
    """Whether a limit keeps something new out, under `limit.mode` (R108); and what is set aside for the folder that it
    comes into, where that may refuse (R110). Nothing is refused to whom an exception was given."""
    year = calendar().year_of(now).label
    set_aside = reads.list_enforced(into, owner, year) if into is not None else []
    allowances = tuple(one for each in set_aside for one in each.allowances())
    return metering.admit(
        intake,
        gauges(now),
        mode=LimitMode(config.get().limit.mode),
        allowances=allowances,
        is_excepted=owner is not None and reads.is_excepted(owner, now),
    )


def set_allocation(
    *,
    department_id: UUID | None = None,
    folder_id: UUID | None = None,
    recorded: int | None,
    stored: int | None,
    is_enforced: bool,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Set hours aside for a department, or for a folder with all below it; what was set aside for it before goes."""
    decision = refused(actor) or metering.decide_allocation((recorded, stored))
    if not decision.is_permitted:
        return decision
    if (department_id is None) == (folder_id is None):
        return deny(Code.BAD_REQUEST, "R110", _("Set hours aside for a department or for a folder: one of the two."))
    with transaction():
        if not reads.has_place(department_id=department_id, folder_id=folder_id):
            return deny(Code.BAD_REQUEST, "R110", _("There is no such department or folder."))
        before = reads.find_allocation(department_id=department_id, folder_id=folder_id)
        recorded_s, stored_s = (None if one is None else one * _HOUR for one in (recorded, stored))
        writes.set_allocation(
            department_id=department_id,
            folder_id=folder_id,
            recorded_s=recorded_s,
            stored_s=stored_s,
            is_enforced=is_enforced,
            by=actor.account_id,
            now=now,
        )
        audit.record(
            actor,
            "meters:set_aside",
            target_kind="meters",
            target_id=department_id or folder_id or "",
            now=now,
            before=_facts(before) if before else {},
            after=_facts(Given(department_id, folder_id, recorded_s, stored_s, is_enforced)),
        )
    return permit()


def remove_allocation(allocation_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Set nothing aside any more."""
    decision = refused(actor)
    if decision is not None:
        return decision
    with transaction():
        before = reads.find_allocation(allocation_id=allocation_id)
        if before is None or not writes.remove_allocation(allocation_id):
            return deny(Code.CONFLICT, "R110", _("Nothing is set aside there any more. Somebody else took it back."))
        audit.record(
            actor,
            "meters:take_back",
            target_kind="meters",
            target_id=before.department_id or before.folder_id or "",
            now=now,
            before=_facts(before),
        )
    return permit()


def refused(actor: Actor) -> Decision | None:
    """Nothing for whoever may set hours and exceptions. Whoever runs the service may (R38 row 23), and operators."""
    is_operator = actor.account_id is None and actor.channel is Channel.CLI
    held = people.system_roles(actor.account_id) if actor.account_id else ()
    if SystemRole.SERVICE_ADMIN in held or is_operator:
        return None
    return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))


def _facts(given: Given) -> dict[str, object]:
    return {"recorded_s": given.recorded_s, "stored_s": given.stored_s, "is_enforced": given.is_enforced}


def tell_allocations(now: datetime) -> int:
    """Tell where 75, 90 or 100 % of what is set aside was crossed upwards (N51); returns how often. To be called in a
    transaction."""
    year, told = calendar().year_of(now).label, 0
    for one in reads.list_allocations(year):
        recorded, tells_recorded = metering.step_reached(one.used_recorded_s, one.recorded_s, told=one.told_recorded)
        stored, tells_stored = metering.step_reached(one.used_stored_s, one.stored_s, told=one.told_stored)
        if tells_recorded:
            _tell(one, Category.RECORDED, recorded, used_s=one.used_recorded_s, limit_s=one.recorded_s or 0, now=now)
        if tells_stored:
            _tell(one, Category.STORED, stored, used_s=one.used_stored_s, limit_s=one.stored_s or 0, now=now)
        told += tells_recorded + tells_stored
        if (recorded, stored) != (one.told_recorded, one.told_stored):
            writes.set_allocation_told(one.id, licence_year=year, recorded=recorded, stored=stored)
    return told


def _tell(one: SetAside, category: Category, step: int, *, used_s: int, limit_s: int, now: datetime) -> None:
    notices.add(
        NoticeKind.ALLOCATION,
        event=f"allocation:{one.id}:{category}:{step}:{now.isoformat()}",
        to=people.list_holders(SystemRole.SERVICE_ADMIN),
        addresses=[one.contact_email] if one.contact_email else [],
        values={
            "name": one.name,
            "what": Phrase(CATEGORY_NAMES[category]),
            "percent": str(step),
            "used": metering.hours(used_s),
            "limit": metering.hours(limit_s),
        },
        link="/staff/hours/allocations/",
        now=now,
    )
