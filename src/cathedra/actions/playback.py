"""Verbs of playback: remember where somebody is, and hand out an original."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants, viewing
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audit as audit_reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import playback as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import playback as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain import playback as domain
from cathedra.domain.access import Action, RecordingFacts
from cathedra.domain.jobs import join_edited
from cathedra.domain.playback import Part
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, SourceId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_WHOLE = _("This recording is edited, and what was uploaded holds what was cut. Download the edited one instead.")
_ADDRESS_S = 300  # nginx follows at once; a long download has begun by then


def save_position(recording_id: RecordingId, *, position_ms: int, actor: Actor, now: datetime) -> Decision:
    """Remember where the viewer is in the recording as they have it, to resume there whatever is cut later. Only who may keep notes of it has a place in it: whoever a grant alone lets watch leaves none (R38 row 17).

    Not audited: it changes nothing that anybody else can see. Raises RecordingNotFound.
    """
    if position_ms < 0:
        return deny(Code.BAD_REQUEST, "R213", _("A position cannot be before the beginning."))
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id)
        decision = access.decide(facts, Action.KEEP_NOTES, now)
        if decision.is_permitted and actor.account_id is not None:
            place = content_reads.edits_of(recording_id).original(position_ms)
            writes.set_position(actor.account_id, recording_id, position_ms=place, now=now)
    return decision


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it; with a yes the file, and the address at which nginx finds it when it is not the file's key."""

    decision: Decision
    file: reads.Original | None = None
    address: str = ""


def take_original(
    recording_id: RecordingId, source_id: SourceId, *, part: Part, actor: Actor, now: datetime, store: ObjectStore
) -> Taken:
    """Let nginx send (a part of) an original to somebody (R38 row 15, R204). Asked for each request: a right that was
    taken stops the next one. Before the first byte the download is on the audit trail, and as a use of the grant that
    alone permits it (R148); the rest of the file belongs to it for some hours. Raises RecordingNotFound and, when there
    is no such file, NotFound."""
    facts = access_reads.recording_facts(actor.account_id, recording_id)
    decision = access.decide(facts, Action.DOWNLOAD, now)
    if not decision.is_permitted:
        return Taken(decision)
    file = reads.get_original(recording_id, source_id)
    if not file.is_edited and not access.may_have_whole(facts, now):
        return Taken(deny(Code.NOT_READY, "R204", _WHOLE))
    if not file.is_kept:
        return Taken(_not_yet(file))
    address = store.offer(file.object_key, seconds=_ADDRESS_S)
    if not _is_written(recording_id, file, part, facts, actor, now):
        decision = _write_down(recording_id, file, actor, now)
    return Taken(decision, file, address) if decision.is_permitted else Taken(decision)


def _not_yet(file: reads.Original) -> Decision:
    if not file.is_edited:
        return deny(Code.NOT_READY, "R61", _("This file is still being put away. Try again in some minutes."))
    with transaction():
        jobs.enqueue([join_edited(file.holder_id)])
    return deny(
        Code.NOT_READY, "R204", _("The edited recording is being put into one file. Try again in some minutes.")
    )


def _is_written(
    recording_id: RecordingId, file: reads.Original, part: Part, facts: RecordingFacts, actor: Actor, now: datetime
) -> bool:
    if part is not Part.REST:
        return part is Part.NOTHING
    grant = access.through_grant(facts, Action.DOWNLOAD, now)
    grant_id = grant.id if grant else None
    written_at = audit_reads.find_last_download(recording_id, file.id, by=actor.account_id, grant_id=grant_id)
    return domain.is_covered(written_at, now)


def _has_it_already(recording_id: RecordingId, actor: Actor, now: datetime) -> bool:
    """Whether this is the same view: the other file of a recording, or the same one begun anew, within the hours for
    which a download stays open. People who are not signed in cannot be told apart, so each of theirs counts."""
    if actor.account_id is None:
        return False
    return domain.is_covered(audit_reads.find_last_view_by_download(recording_id, by=actor.account_id), now)


def _write_down(recording_id: RecordingId, file: reads.Original, actor: Actor, now: datetime) -> Decision:
    """For the owner of the recording, and where it repeats another one's media, for the owner of that too (R225)."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, Action.DOWNLOAD, now)
        if not decision.is_permitted:
            return decision
        about = {"source_id": str(file.id), "name": file.original_name, "size_bytes": file.size_bytes}
        under = grants.note_download(recording_id, facts, now=now)
        if not under and not _has_it_already(recording_id, actor, now):
            viewing.count_download(recording_id, actor.account_id, now=now)
        audit.record(
            actor,
            "recording:download_under_grant" if under else "recording:download",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts={**about, **under},
        )
        if file.holder_id != recording_id:
            audit.record(
                actor,
                "recording:download_of_copy",
                target_kind="recording",
                target_id=file.holder_id,
                now=now,
                facts={**about, **under, "copy_id": str(recording_id)},
            )
    return permit()
