"""Keep a new version of the list of cuts (R38 row 5, R96, R201)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants
from cathedra.actions import publishing as publishing_actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import content as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import content as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, library
from cathedra.domain.access import Action
from cathedra.domain.jobs import cut_edges
from cathedra.domain.library import Edits, Look, Span
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it; with a yes the version that was made."""

    decision: Decision
    version: int = 0


def save_edit(
    recording_id: RecordingId,
    *,
    cuts: Sequence[Span],
    looks: Sequence[Look] = (),
    version: int,
    actor: Actor,
    now: datetime,
) -> Saved:
    """The next version, made from `version`. Viewers have it when its edges are encoded; until then, the one before. What
    is counted does not change (R96): the recording itself does not. Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        found = reads.editing_facts(recording_id, lock=True)
        edits = Edits.of(cuts, looks, duration_ms=found.duration_ms)
        decision = _decide(facts, found, edits, len(cuts), version, actor, now)
        if not decision.is_permitted:
            return Saved(decision)
        made = writes.add_edit(found.id, edits, after=found.latest, by=actor.account_id, now=now)
        about = {"version": made, "through_copy": str(recording_id)} if found.is_reference else {"version": made}
        audit.record(
            actor,
            "recording:cut",
            target_kind="recording",
            target_id=found.id,
            now=now,
            facts={**about, **grants.note_edit(recording_id, facts, Action.EDIT_MEDIA, now=now)},
            before={"cuts": [[cut.start_ms, cut.end_ms] for cut in found.edits.cuts]},
            after={"cuts": [[cut.start_ms, cut.end_ms] for cut in edits.cuts]},
        )
        publishing_actions.doubt_media_edit(found.id, actor=actor, now=now)  # R73
        jobs.enqueue([cut_edges(found.id)])
    return Saved(decision, made)


def may_edit(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """For a page that shows what is cut too: row 5 of R38, of a copy by reference for its original as well (R201). Raises
    RecordingNotFound where the rule lets somebody edit what is gone meanwhile."""
    facts = access_reads.recording_facts(actor.account_id, recording_id)
    decision = access.decide(facts, Action.EDIT_MEDIA, now)
    return _permitted(facts, reads.editing_facts(recording_id), actor, now) if decision.is_permitted else decision


def _permitted(facts: access.RecordingFacts, found: reads.EditingFacts, actor: Actor, now: datetime) -> Decision:
    decision = access.decide(facts, Action.EDIT_MEDIA, now)
    if not decision.is_permitted or not found.is_reference:
        return decision
    whole = access_reads.recording_facts(actor.account_id, found.id)
    if access.permits(whole, Action.EDIT_MEDIA, now):
        return decision
    return deny(
        Code.NOT_PERMITTED,
        "R201",
        _(
            "This recording repeats another one, and editing it would edit that and all its copies. You may not "
            "edit that one. Make a full copy, and edit the copy."
        ),
    )


def _decide(
    facts: access.RecordingFacts,
    found: reads.EditingFacts,
    edits: Edits,
    asked_for: int,
    version: int,
    actor: Actor,
    now: datetime,
) -> Decision:
    decision = _permitted(facts, found, actor, now)
    if not decision.is_permitted:
        return decision
    if not found.is_playable:
        return deny(Code.NOT_READY, "R41", _("It can be edited when it can be played."))
    return library.decide_edit(
        edits, asked_for=asked_for, duration_ms=found.duration_ms, version=version, latest=found.latest
    )
