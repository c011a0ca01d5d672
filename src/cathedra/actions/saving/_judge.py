"""Whether a recording may be saved anew: loaded and decided, when it is asked for and again with the last step (R103)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import retention
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.domain import access, library
from cathedra.domain.access import Action
from cathedra.domain.library import SavingFacts
from cathedra.domain.terms import Actor, Decision, RecordingId


@dataclass(frozen=True, slots=True)
class Judged:
    """The decision, and how what is kept lies on the original's timeline."""

    decision: Decision
    may_edit: Decision
    found: content_reads.EditingFacts


def judge(recording_id: RecordingId, version: int, *, actor: Actor, now: datetime, lock: bool = False) -> Judged:
    """`lock` keeps its folder and its row until the transaction ends. Raises RecordingNotFound."""
    if lock:
        access_reads.keep_folder_of(recording_id)  # before the recording, as who deletes it does
    about = access_reads.recording_facts(actor.account_id, recording_id, lock=lock)
    found = content_reads.editing_facts(recording_id, lock=lock)
    media, shown = publishing_reads.media_of(recording_id), content_reads.shown_edit(recording_id)
    may_edit = access.decide(about, Action.EDIT_MEDIA, now)
    facts = SavingFacts(
        may_edit=may_edit,
        may_delete=retention.decide_recycling(recording_id, actor=actor, now=now),
        is_reference=found.is_reference,
        copies=len(publishing_reads.copies_of([recording_id])),
        is_complete=found.is_playable and media.is_complete and not description_reads.is_waiting(recording_id),
        is_cut=bool(found.edits.cuts),
        is_shown=shown is not None and shown.version == found.latest and shown.is_made,
        is_looked_at=policy_reads.find_case(recording_id) is not None,
    )
    return Judged(library.decide_saving(facts, version=version, latest=found.latest), may_edit, found)
