"""What a copy by reference plays is its original's, and so are its captions, slides and chapters: who changes them there
changes them in the original and all its copies, so they may only as Creator of both (R201)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.domain import access
from cathedra.domain.access import Action, RecordingFacts
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny


@dataclass(frozen=True, slots=True)
class Right:
    """Whether somebody may, and whose media they are: of a copy by reference, its original's."""

    decision: Decision
    media_id: RecordingId
    facts: RecordingFacts

    def used(self, now: datetime) -> dict[str, object]:
        """Inside the transaction: a grant that alone permits it is written down. For the facts of the audit event."""
        return grants.note_edit(self.media_id, self.facts, Action.EDIT_MEDIA, now=now)


def right_to_change(
    recording_id: RecordingId, *, otherwise: str, actor: Actor, now: datetime, lock: bool = False
) -> Right:
    """Row 5 of R38, of a copy for its original too; `otherwise` is said to who may not change that one. Raises
    RecordingNotFound."""
    media_id = reads.media_of(recording_id)
    facts = access_reads.recording_facts(actor.account_id, recording_id, lock=lock)
    decision = access.decide(facts, Action.EDIT_MEDIA, now)
    if decision.is_permitted and media_id != recording_id:
        facts = access_reads.recording_facts(actor.account_id, media_id, lock=lock)
        if not access.permits(facts, Action.EDIT_MEDIA, now):
            decision = deny(Code.NOT_PERMITTED, "R201", otherwise)
        else:
            decision = access.decide(facts, Action.EDIT_MEDIA, now)
    return Right(decision, media_id, facts)
