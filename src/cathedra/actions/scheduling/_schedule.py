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
from cathedra.domain.ingest import Repeat, ScheduleFacts, Span
from cathedra.domain.library import MediaState, Origin
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, RecordingId


@dataclass(frozen=True, slots=True)
class ScheduleWish:
    """What somebody would have recorded. `use` is what they declare of it (R84); None where they rely
    on what somebody declared in advance for the course (R83). With `takes_free_part` they asked for
    what is left where something is in the way (R153). The presenter becomes its owner (T1)."""

    folder_id: FolderId
    title: str
    span: Span
    recorder_ids: tuple[int, ...]
    use: DeclareWish | None = None
    presenter: AccountId | None = None
    repeat: Repeat | None = None
    takes_free_part: bool = False


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What was scheduled, in order, and when each is recorded."""

    recordings: tuple[tuple[RecordingId, Span], ...]


def schedule_recordings(
    wish: ScheduleWish, *, actor: Actor, now: datetime, max_hours: int, zone: ZoneInfo
) -> Scheduled | Decision:
    """T2: all of it, or nothing where one of a series is refused. Never refused because a limit is reached (R108)."""
    wish = replace(wish, recorder_ids=tuple(dict.fromkeys(wish.recorder_ids)), span=wish.span.in_minutes())
    with transaction():
        found = _decide(wish, actor, now, max_hours, zone)
        if isinstance(found, Decision) or actor.account_id is None:
            return found if isinstance(found, Decision) else _rights.no_recorder()
        judged = policy_actions.judge_schedule(wish.use, wish.folder_id, [span.starts_at for span in found])
        if isinstance(judged, Decision):
            return judged
        series = uuid.uuid4() if wish.repeat else None
        made = tuple((_add(wish, span, series, judged, actor, actor.account_id, now), span) for span in found)
        _tell.scheduled([recording_id for recording_id, _span in made], now=now)
    return Scheduled(made)


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
    kept = []
    for span in spans:
        taken = _rights.taken(wish.recorder_ids, span, actor=actor, now=now)
        part = ingest.free_part(span, taken) if wish.takes_free_part else None
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
    wish: ScheduleWish,
    span: Span,
    series: uuid.UUID | None,
    judged: Judged | None,
    actor: Actor,
    by: AccountId,
    now: datetime,
) -> RecordingId:
    recording_id = library_writes.add_recording(
        wish.folder_id,
        title=wish.title.strip(),
        owner_id=wish.presenter or by,
        created_by_id=by,
        origin=Origin.SCHEDULED,
        now=now,
    )
    search_writes.touch(recording_id)
    told: dict[str, object] = {"folder_id": str(wish.folder_id), "origin": Origin.SCHEDULED}
    audit.record(actor, "recording:create", target_kind="recording", target_id=recording_id, now=now, facts=told)
    if judged is not None:
        policy_actions.keep_declaration(recording_id, judged, actor=actor, now=now)
    writes.add_schedule(writes.NewSchedule(recording_id, span, wish.recorder_ids, by, wish.presenter, series))
    sources = library.media_sources(MediaState.SCHEDULED)
    library_writes.move_media(recording_id, sources=sources, to=MediaState.SCHEDULED, now=now)
    told = {
        "starts_at": span.starts_at.isoformat(),
        "ends_at": span.ends_at.isoformat(),
        "recorders": list(wish.recorder_ids),
        "series": str(series or ""),
    }
    audit.record(actor, "recording:schedule", target_kind="recording", target_id=recording_id, now=now, facts=told)
    return recording_id
