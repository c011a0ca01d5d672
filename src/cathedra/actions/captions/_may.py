"""Who may change captions: row 5 of R38, on the recording that holds them too."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.domain import access
from cathedra.domain.access import Action, RecordingFacts
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Right:
    """Whether somebody may, and whose captions they are: of a reference copy, its original's (R201)."""

    decision: Decision
    media_id: RecordingId
    facts: RecordingFacts

    def used(self, now: datetime) -> dict[str, object]:
        """Inside the transaction: a grant that alone permits it is written down. For the facts of the audit event."""
        return grants.note_edit(self.media_id, self.facts, Action.EDIT_MEDIA, now=now)


def may_change(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """For a page that offers it: who may change the captions has what is cut of them too. Raises RecordingNotFound."""
    return right_to_change(recording_id, actor=actor, now=now).decision


def right_to_change(recording_id: RecordingId, *, actor: Actor, now: datetime, lock: bool = False) -> Right:
    """Raises RecordingNotFound."""
    media_id = reads.media_of(recording_id)
    facts = access_reads.recording_facts(actor.account_id, recording_id, lock=lock)
    decision = access.decide(facts, Action.EDIT_MEDIA, now)
    if decision.is_permitted and media_id != recording_id:
        facts = access_reads.recording_facts(actor.account_id, media_id, lock=lock)
        if not access.permits(facts, Action.EDIT_MEDIA, now):
            decision = _not_of_the_original()
        else:
            decision = access.decide(facts, Action.EDIT_MEDIA, now)
    return Right(decision, media_id, facts)


def _not_of_the_original() -> Decision:
    return deny(
        Code.NOT_PERMITTED,
        "R201",
        _(
            "This recording repeats another one, and its captions are that one's. Only a Creator of the other "
            "recording's folder can change them; or make this copy a full one."
        ),
    )


def lost_race() -> Decision:
    """Somebody else was faster."""
    return deny(
        Code.CONFLICT,
        "R209",
        _("Somebody else changed these captions while you were working. Load them again to see how they are now."),
    )


def no_language() -> Decision:
    """What was given is none."""
    return deny(
        Code.BAD_REQUEST,
        "R209",
        _("Say which language the captions are in, as a code: en, en-GB, cy, fr."),
    )
