"""From when until when folders and recordings can be watched (R44 to R50)."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from cathedra.actions import grants
from cathedra.actions.access._members import decide_folder
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, Calendar, CourseGuard, FolderSchedule, RecordingSchedule, Standing
from cathedra.domain.terms import Actor, Decision, FolderId, RecordingId, permit


def set_folder_schedule(
    folder_id: FolderId,
    wanted: FolderSchedule,
    *,
    reference: str = "",
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Decision:
    """When the recordings of a folder can be watched, and those of folders that follow it. `reference` is of the course's
    decision to end it early (R48), kept in the audit trail. Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        facts = access_reads.folder_facts(actor.account_id, folder_id)
        decision = access.decide_folder(facts, Action.SET_AVAILABILITY, now)
        if decision.is_permitted:
            decision = access.decide_approval_kept(sharing.schedule, wanted, needs_approval=facts.needs_approval)
        if not decision.is_permitted or wanted == sharing.schedule:
            return decision
        decision = access.decide_schedule(wanted, access.availability_of(_resolved(sharing, wanted)))
        if decision.is_permitted:
            decision = _decide_ends(sharing, wanted, reference, calendar, facts, now)
        if not decision.is_permitted:
            return decision
        writes.set_folder_schedule(folder_id, wanted)
        audit.record(
            actor,
            "folder:set_availability",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            facts=grants.note_folder_edit(facts, Action.SET_AVAILABILITY, now=now),
            before=_told(sharing.schedule),
            after=_told(wanted),
            reason=reference,
        )
    return permit()


def set_recording_schedule(
    recording_id: RecordingId,
    wanted: RecordingSchedule,
    *,
    reference: str = "",
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Decision:
    """When one recording can be watched, whatever its folder says (R45). Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, Action.SET_AVAILABILITY, now)
        before = access_reads.recording_sharing(recording_id)
        if not decision.is_permitted or wanted == before.schedule:
            return decision
        will = replace(facts.availability, **asdict(wanted))
        decision = access.decide_schedule(wanted, will)
        year = access_reads.folder_sharing(actor.account_id, before.folder_id).academic_year
        guard = calendar.guard(year, before.taught_at)
        if decision.is_permitted and guard:
            decision = _decide_end(guard, facts.availability, will, reference, facts, now)
        if not decision.is_permitted:
            return decision
        writes.set_recording_schedule(recording_id, wanted, now=now)
        audit.record(
            actor,
            "recording:set_availability",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts=grants.note_edit(recording_id, facts, Action.SET_AVAILABILITY, now=now),
            before=_told(before.schedule),
            after=_told(wanted),
            reason=reference,
        )
    return permit()


def follow_folder(recording_id: RecordingId, *, calendar: Calendar, actor: Actor, now: datetime) -> Decision:
    """The recording has its folder's level and availability again, by who may change those of them that it has (R50),
    unless that would end it early (R48). Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        before = access_reads.recording_sharing(recording_id)
        has_level, has_schedule = before.level is not None, not before.schedule.follows_folder
        decision = access.decide_follow(facts, has_level=has_level, has_schedule=has_schedule, now=now)
        if decision.is_permitted and has_schedule:
            year = access_reads.folder_sharing(actor.account_id, before.folder_id).academic_year
            will = replace(facts.availability, **asdict(RecordingSchedule()))
            decision = access.decide_end_in_passing(
                calendar.guard(year, before.taught_at), was=facts.availability, will=will, now=now
            )
        if not decision.is_permitted or not (has_level or has_schedule):
            return decision
        writes.clear_overrides([recording_id], has_levels=has_level, has_schedules=has_schedule, now=now)
        audit.record(
            actor,
            "recording:follow_folder",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts=grants.note_edit(
                recording_id, facts, Action.SHARE if has_level else Action.SET_AVAILABILITY, now=now
            ),
            before={"sharing": before.level, **_told(before.schedule)},
            after={"sharing": None, **_told(RecordingSchedule())},
        )
    return permit()


def clear_overrides(folder_id: FolderId, *, calendar: Calendar, actor: Actor, now: datetime) -> tuple[Decision, int]:
    """Every recording directly in the folder follows it again, as far as the person may: levels by who shares,
    availability by who sets it (R50). Where that would end one of them early, none does (R48). Tells how many.
    Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        schedules = decide_folder(folder_id, Action.SET_AVAILABILITY, actor, now)
        levels = decide_folder(folder_id, Action.SHARE, actor, now)
        if not (schedules.is_permitted or levels.is_permitted):
            return schedules, 0
        overrides = access_reads.list_overrides(folder_id, limit=100_000)
        if schedules.is_permitted and not (kept := _all_kept(sharing, overrides, calendar, now)).is_permitted:
            return kept, 0
        found = [
            each.id
            for each in overrides
            if (each.has_level and levels.is_permitted) or (each.has_schedule and schedules.is_permitted)
        ]
        if found:
            facts = access_reads.folder_facts(actor.account_id, folder_id)
            under = grants.note_folder_edit(facts, Action.SET_AVAILABILITY, touched=found, now=now)
            writes.clear_overrides(found, has_levels=levels.is_permitted, has_schedules=schedules.is_permitted, now=now)
            audit.record(
                actor,
                "folder:clear_overrides",
                target_kind="folder",
                target_id=folder_id,
                now=now,
                facts={"recordings": sorted(str(each) for each in found), "count": len(found), **under},
            )
    return permit(), len(found)


def _all_kept(
    sharing: access_reads.FolderSharing, overrides: Iterable[access_reads.Override], calendar: Calendar, now: datetime
) -> Decision:
    """Whether none of them ends early when it follows the folder (R48)."""
    folder = _resolved(sharing, sharing.schedule)
    will = access.availability_of(folder)
    for each in overrides:
        guard = calendar.guard(sharing.academic_year, each.taught_at)
        was = access.availability_of(folder, each.schedule)
        if not (decision := access.decide_end_in_passing(guard, was=was, will=will, now=now)).is_permitted:
            return decision
    return permit()


def _decide_ends(
    sharing: access_reads.FolderSharing,
    wanted: FolderSchedule,
    reference: str,
    calendar: Calendar,
    facts: access.FolderFacts,
    now: datetime,
) -> Decision:
    """R48 of the folder, and of every course's folder that follows it."""
    for each in access_reads.courses_reached(sharing.id):
        guard = calendar.guard(each.academic_year, each.taught_at or now)
        was, will = (
            access.availability_of(
                _resolved(sharing, given) if each.id == sharing.id else access.resolve(each.schedule, given)
            )
            for given in (sharing.schedule, wanted)
        )
        if guard is None:
            continue
        decision = _decide_end(guard, was if each.taught_at else None, will, reference, facts, now)
        if not decision.is_permitted:
            return decision
    return permit()


def _resolved(sharing: access_reads.FolderSharing, own: FolderSchedule) -> FolderSchedule:
    return access.resolve(own, sharing.given) if sharing.inherits else own


def _decide_end(
    guard: CourseGuard,
    was: access.Availability | None,
    will: access.Availability,
    reference: str,
    facts: access.FolderFacts,
    now: datetime,
) -> Decision:
    """`was`: None where there is no recording yet, of which nothing can end."""
    return access.decide_course_end(
        guard,
        before=access.window(was).until_at if was else None,
        after=access.shut_from(guard, was=was, will=will, now=now),
        reference=reference,
        is_service_admin=Standing.SERVICE_ADMIN in facts.appointments,
    )


def _told(schedule: FolderSchedule | RecordingSchedule) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(schedule).items()
    }
