"""Verbs of playback: remember where somebody is."""

from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.writes import playback as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _


def save_position(recording_id: RecordingId, *, position_ms: int, actor: Actor, now: datetime) -> Decision:
    """Remember where the viewer is, to resume there. Only who may play it has a place in it (matrix row 17).

    Not audited: it changes nothing that anybody else can see. Raises RecordingNotFound.
    """
    if position_ms < 0:
        return deny(Code.BAD_REQUEST, "R213", _("A position cannot be before the beginning."))
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id)
        decision = access.decide(facts, access.Action.VIEW, now)
        if decision.is_permitted and actor.account_id is not None:
            writes.set_position(actor.account_id, recording_id, position_ms=position_ms, now=now)
    return decision
