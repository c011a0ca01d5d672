"""Schedule recordings in a room: one, or a series of them."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cathedra.actions import policy as policy_actions
from cathedra.actions.policy import DeclareWish, Judged
from cathedra.actions.scheduling import _rights, _tell
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes import search as search_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest, library, policy
from cathedra.domain.ingest import Repeat, ScheduleFacts, Span, Taken
from cathedra.domain.library import MediaState, Origin
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, RecordingId, permit


@dataclass(frozen=True, slots=True)
class ScheduleWish:
    """What somebody would have recorded. `use` is what they declare of it (R84); None where
    they rely on what somebody declared in advance for the course (R83). With `takes_free_part` they asked for
    what is left where something is in the way (R153). The presenter becomes its owner (T1), else `owner` where one is named:
    of an event of a timetable, whose `external_id` it gets (R156)."""

    folder_id: FolderId
    title: str
    span: Span
    recorder_ids: tuple[int, ...]
    use: DeclareWish | None = None
    presenter: AccountId | None = None
    repeat: Repeat | None = None
    takes_free_part: bool = False
    owner: AccountId | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What was scheduled, in order, and when each is recorded."""

    recordings: tuple[tuple[RecordingId, Span], ...]


def schedule_recordings(
    wish: ScheduleWish, *, actor: Actor, now: datetime, max_hours: int, zone: ZoneInfo
) -> Scheduled | Decision:
    """T2: all of it, or nothing where one of a series is refused. Never refused because a limit is reached (R108). Times
    are cut to whole minutes."""
    wish = replace(wish, span=ingest.whole_minutes(wish.span), recorder_ids=tuple(dict.fromkeys(wish.recorder_ids)))
    with transaction():
        if wish.external_id is not None and not writes.hold_event(wish.external_id):
            return _rights.is_scheduled_already()
        found = _decide(wish, actor, now, max_hours, zone)
        if isinstance(found, Decision) or actor.account_id is None:
            return found if isinstance(found, Decision) else _rights.no_recorder()
        judged = policy_actions.judge_schedule(wish.use, wish.folder_id, [span.starts_at for span in found])
        if isinstance(judged, Decision):
            return judged
        made = _add(wish, found, judged, actor, actor.account_id, now)
        _tell.scheduled([recording_id for recording_id, _span in made], now=now)
    return Scheduled(made)


def may_be_scheduled(wish: ScheduleWish, *, actor: Actor, now: datetime, max_hours: int, zone: ZoneInfo) -> Decision:
    """What the same would be answered now; nothing is scheduled."""
    wish = replace(wish, span=ingest.whole_minutes(wish.span), recorder_ids=tuple(dict.fromkeys(wish.recorder_ids)))
    with transaction():
        found = _decide(wish, actor, now, max_hours, zone)
        if isinstance(found, Decision):
            return found
        judged = policy_actions.judge_schedule(wish.use, wish.folder_id, [span.starts_at for span in found])
        return judged if isinstance(judged, Decision) else permit()


def _decide(
    wish: ScheduleWish, actor: Actor, now: datetime, max_hours: int, zone: ZoneInfo
) -> tuple[Span, ...] | Decision:
    """When each is recorded, or why nothing is."""
    may = _may(wish.folder_id, actor, now)
    if not may.is_permitted:
        return may
    if wish.presenter is not None:
        people_reads.get_person(wish.presenter)
    recorders = _rights.take_recorders(wish.folder_id, wish.recorder_ids, actor=actor)
    if len(recorders) != len(wish.recorder_ids):
        return _rights.no_recorder()
    spans = _spans(wish, zone)
    if isinstance(spans, Decision):
        return spans
    kept, slots = [], _rights.slots(wish.recorder_ids, spans)
    for span in spans:
        part = ingest.free_part(span, [Taken(one.span) for one in slots]) if wish.takes_free_part else None
        taken = _rights.named(_rights.in_the_way(slots, wish.recorder_ids, part or span), actor=actor, now=now)
        facts = ScheduleFacts(may, wish.title, part or span, recorders, taken)
        decision = ingest.decide_scheduling(facts, max_hours=max_hours, now=now)
        if not decision.is_permitted:
            return decision
        kept.append(facts.span)
    return tuple(kept)


def _may(folder_id: FolderId, actor: Actor, now: datetime) -> Decision:
    may = _rights.may_schedule(folder_id, actor=actor, now=now)
    return policy.decide_contribution(policy_reads.unaccepted(actor.account_id)) if may.is_permitted else may  # R15


def _spans(wish: ScheduleWish, zone: ZoneInfo) -> tuple[Span, ...] | Decision:
    if wish.repeat is None:
        return (wish.span,)
    decision = ingest.decide_repeat(wish.repeat, wish.span.starts_at.astimezone(zone).date())
    return ingest.occurrences(wish.span, wish.repeat, zone) if decision.is_permitted else decision


def _add(
    wish: ScheduleWish, spans: tuple[Span, ...], judged: Judged | None, actor: Actor, by: AccountId, now: datetime
) -> tuple[tuple[RecordingId, Span], ...]:
    """All of them at once: a year of weekdays takes as many statements as a single one, but for its declarations."""
    series = uuid.uuid4() if wish.repeat else None
    ids = library_writes.add_recordings(
        wish.folder_id,
        len(spans),
        title=wish.title.strip(),
        owner_id=wish.presenter or wish.owner or by,
        created_by_id=by,
        origin=Origin.SCHEDULED,
        now=now,
    )
    made = tuple(zip(ids, spans, strict=True))
    search_writes.touch_all(ids)
    for one, span in made:
        _record(one, span, wish, series, actor, now)
        if judged is not None:
            policy_actions.keep_declaration(one, judged, actor=actor, now=now)
    writes.add_schedules(
        [
            writes.NewSchedule(one, span, wish.recorder_ids, by, wish.presenter, series, wish.external_id)
            for one, span in made
        ]
    )
    sources = library.media_sources(MediaState.SCHEDULED)
    library_writes.move_media_of(ids, sources=sources, to=MediaState.SCHEDULED, now=now)
    return made


def _record(
    recording_id: RecordingId, span: Span, wish: ScheduleWish, series: uuid.UUID | None, actor: Actor, now: datetime
) -> None:
    made: dict[str, object] = {"folder_id": str(wish.folder_id), "origin": Origin.SCHEDULED}
    scheduled = {
        "starts_at": span.starts_at.isoformat(),
        "ends_at": span.ends_at.isoformat(),
        "recorders": list(wish.recorder_ids),
        "series": str(series or ""),
    }
    for action, told in (("recording:create", made), ("recording:schedule", scheduled)):
        audit.record(actor, action, target_kind="recording", target_id=recording_id, now=now, facts=told)
