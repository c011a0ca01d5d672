"""Look into a source and decide what becomes of it."""

import dataclasses
from datetime import datetime
from uuid import UUID

from cathedra.actions.encoding import _fail
from cathedra.actions.encoding._work import AttemptLost, Outcome, Tools, begin, claim, locked, original, stream_key
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import encoding
from cathedra.domain.jobs import Job, JobKind, Queue, Turn
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, SourceId
from cathedra.domain.terms import gettext_noop as _

STAGE = _("Looking at the file")


def probe_source(source_id: SourceId, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools) -> Outcome:
    """T13: find out what the file holds; then the job that makes it playable, or a refusal with its sentence.

    A source that was looked at already is left alone, so it may be killed and repeated at any line.
    """
    try:
        facts = reads.source_facts(source_id)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    if facts.probe is not None or facts.is_refused or not claim(facts, attempt):
        return Outcome.NOTHING_TO_DO
    try:
        begin(facts, attempt, STAGE, now)
        _clear(facts, tools)
        with original(tools, facts) as path:
            found = tools.prober.probe(path, limits=tools.ladder.limits)
        return _apply(facts.id, found, actor=actor, now=now, attempt=attempt, tools=tools)
    except AttemptLost:
        return Outcome.LOST


def _clear(facts: reads.SourceFacts, tools: Tools) -> None:
    """Nothing that an earlier attempt at the recording put in place stays behind (T18): what is made now may have other
    names."""
    is_again = facts.media is MediaState.FAILED or (facts.media is MediaState.PREPARING and facts.position == 0)
    if is_again and not reads.list_renditions(facts.recording_id):
        tools.store.delete_prefix(stream_key(facts.recording_id, ""))


def plan_for(facts: reads.SourceFacts, found: encoding.Probe, tools: Tools) -> encoding.Plan | encoding.Refusal:
    """The plan of a source; the same facts always give the same plan."""
    return encoding.plan(
        found,
        tools.ladder,
        position=facts.position,
        max_hours=tools.max_hours,
        has_sound_already=facts.position > 0 and facts.has_first_sound,
    )


def _apply(
    source_id: SourceId, found: encoding.Probe, *, actor: Actor, now: datetime, attempt: UUID, tools: Tools
) -> Outcome:
    with transaction():
        held = locked(source_id, attempt)
        facts = dataclasses.replace(held, position=0) if held.media is MediaState.FAILED else held
        planned = plan_for(facts, found, tools)
        writes.set_probe(facts.id, found)
        if isinstance(planned, encoding.Refusal):
            _fail.refuse(held, planned.note, actor=actor, now=now, attempt=attempt)
            return Outcome.REFUSED
        if facts.position == 0:
            _go_ahead(held, found, now)
        writes.add_dropped(facts.recording_id, planned.dropped, name=facts.original_name, now=now)
        told = {"source_id": str(facts.id), "is_copy": planned.is_copy, "duration_ms": planned.duration_ms}
        audit.record(
            actor, "recording:prepare", target_kind="recording", target_id=facts.recording_id, now=now, facts=told
        )
        jobs.enqueue([package_job(facts, planned, reads.turn_of(facts.recording_id, now=now))])
    return Outcome.DONE


def _go_ahead(held: reads.SourceFacts, found: encoding.Probe, now: datetime) -> None:
    """T13. Of a recording that failed with its first file this one, that came later, becomes the first (R59)."""
    if held.position == 0:
        writes.begin_again(held.recording_id, now=now)
        return
    for other, note in reads.list_refused(held.recording_id):
        writes.add_dropped(held.recording_id, [note], name=reads.source_facts(other).original_name, now=now)
    writes.take_first_place(held.recording_id, held.id, now=now)
    writes.set_probe(held.id, found)


def package_job(facts: reads.SourceFacts, planned: encoding.Plan, turn: Turn) -> Job:
    """A copy is light work and never waits behind an encode; anything else needs a processor."""
    return Job(
        JobKind.PACKAGE_SOURCE,
        {"source_id": str(facts.id)},
        queue=Queue.IO if planned.is_copy else Queue.CPU,
        priority=turn.priority(is_first=True),  # before the ladders of its class: somebody waits to watch
        turn=turn,
        lock=f"source:{facts.id}",
    )
