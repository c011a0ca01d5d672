"""Open an upload: every question is asked before the first byte."""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions import grants
from cathedra.actions import metering as metering_actions
from cathedra.actions import policy as policy_actions
from cathedra.actions.ingest import _bring
from cathedra.actions.ingest._wish import Wish
from cathedra.actions.policy import Judged
from cathedra.adapters.spool import Spool
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import search as search_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, encoding, ingest, policy
from cathedra.domain.ingest import PlaceFacts, RoomFacts, UploadKind
from cathedra.domain.library import Origin
from cathedra.domain.metering import Intake
from cathedra.domain.terms import (
    AccountId,
    Actor,
    Code,
    Decision,
    FolderId,
    FolderNotFound,
    RecordingId,
    RecordingNotFound,
    UploadId,
    deny,
    permit,
)
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Opened:
    """An upload that waits for bytes, or for its joining. `recording_id` is None for a part."""

    upload_id: UploadId
    recording_id: RecordingId | None
    expires_at: datetime


def open_upload(wish: Wish, *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload) -> Opened | Decision:
    """T1: make the draft (or take a place beside a first file) and the upload. A refusal is a Decision."""
    room = room_facts(spool, limits)
    with transaction():
        return place_upload(wish, room, actor=actor, now=now, keep=timedelta(hours=limits.expire_hours))


def room_facts(spool: Spool, limits: config.Upload) -> RoomFacts:
    """How much may come in now."""
    return RoomFacts(
        free_bytes=spool.free_bytes(),
        reserved_bytes=reads.reserved_bytes(),
        min_free_bytes=limits.min_free_bytes,
        max_bytes=limits.max_bytes,
    )


def place_upload(wish: Wish, room: RoomFacts, *, actor: Actor, now: datetime, keep: timedelta) -> Opened | Decision:
    """Decide and apply, inside the transaction of the action that asks."""
    if wish.is_import:
        found = _bring.addressed(wish, actor=actor, now=now)
        if isinstance(found, Decision):
            return found
        wish = found
    decision = _decide(wish, room, actor, now)
    if not decision.is_permitted or actor.account_id is None:
        return decision
    judged = None if wish.is_import else policy_actions.judge_upload(wish.use, wish.recording_id)
    if isinstance(judged, Decision):
        return judged
    recording_id = _recording_for(wish, actor, now)
    if isinstance(judged, Judged) and recording_id is not None:  # a part has none; its joining declares again
        policy_actions.keep_declaration(recording_id, judged, actor=actor, now=now)
    expires_at = now + keep
    upload_id = writes.add_upload(
        writes.NewUpload(
            account_id=actor.account_id,
            recording_id=recording_id,
            position=wish.position,
            kind=wish.kind,
            original_name=ingest.label_of(wish.name),
            fingerprint=wish.fingerprint.replace("\0", "")[: ingest.FINGERPRINT_CHARACTERS],
            metadata=wish.metadata,
            length_bytes=room.max_bytes if wish.length_bytes is None else wish.length_bytes,
            is_deferred=wish.length_bytes is None,
            expires_at=expires_at,
            parts=wish.parts,
        ),
        now=now,
    )
    told: dict[str, object] = {
        "kind": wish.kind,
        "length_bytes": wish.length_bytes,
        "recording_id": str(recording_id or ""),
    }
    told |= _under_grant(wish, actor, now)
    audit.record(
        actor,
        "upload:open",
        target_kind="upload",
        target_id=upload_id,
        now=now,
        facts=told,
        on_behalf_of=_for(wish, actor),
    )
    return Opened(upload_id, recording_id, expires_at)


def _decide(wish: Wish, room: RoomFacts, actor: Actor, now: datetime) -> Decision:
    """Everything but what it is for (R84), which the policy decides."""
    place = _place_facts(wish, actor, now)
    decision = ingest.decide_open(place, position=wish.position, length_bytes=wish.length_bytes, room=room)
    if decision.is_permitted and not place.is_submission:  # Viewers are never asked about the policy (R15)
        decision = policy.decide_contribution(policy_reads.unaccepted(actor.account_id))
    if decision.is_permitted and wish.folder_id is not None and wish.recording_id is None:
        owner = wish.owner_id or actor.account_id
        decision = metering_actions.admit(_intake(wish, wish.folder_id), now=now, into=wish.folder_id, owner=owner)
    if decision.is_permitted and place.is_replacing and wish.recording_id is not None:  # it has counted nothing yet
        into, keeper = reads.home_of(wish.recording_id)
        decision = metering_actions.admit(_intake(wish, into), now=now, into=into, owner=keeper)
    return decision


def _intake(wish: Wish, folder_id: FolderId) -> Intake:
    if wish.is_import:
        return Intake.IMPORT
    if reads.takes_submissions(folder_id):
        return Intake.SUBMISSION
    return Intake.ADHOC if wish.is_capture else Intake.UPLOAD


def _under_grant(wish: Wish, actor: Actor, now: datetime) -> dict[str, object]:
    """R148: a file beside those of a recording changes it, and an administrative grant may be all that permits that."""
    if wish.recording_id is None:
        return {}
    facts = access_reads.recording_facts(actor.account_id, wish.recording_id)
    return grants.note_edit(wish.recording_id, facts, access.Action.EDIT_MEDIA, now=now)


def _place_facts(wish: Wish, actor: Actor, now: datetime) -> PlaceFacts:
    if wish.recording_id is not None:
        return _beside(wish.recording_id, wish.position, actor, now)
    if wish.is_import:
        return PlaceFacts(permit(), may_look=False)  # it was asked whether they may bring it
    if wish.folder_id is not None:
        return _in_folder(wish.folder_id, actor, now)
    if wish.kind is UploadKind.PARTIAL:
        return _of_part(actor, now)
    return PlaceFacts(
        deny(Code.BAD_REQUEST, "T1", _("Say which folder this file goes to, as `folder` in Upload-Metadata.")),
        may_look=False,
    )


def _of_part(actor: Actor, now: datetime) -> PlaceFacts:
    """A part names no folder: somebody may bring one who may make, or submit, a recording somewhere."""
    is_creator = reads.may_create_anywhere(actor.account_id)
    is_submission = not is_creator and reads.may_submit_anywhere(actor.account_id, now)
    held = {access.FolderRole.CREATOR} if is_creator or is_submission else set()
    facts = access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset(held))
    may = access.decide_folder(facts, access.Action.CREATE_RECORDING, now)
    return PlaceFacts(may, may_look=False, is_submission=is_submission)


def _in_folder(folder_id: FolderId, actor: Actor, now: datetime) -> PlaceFacts:
    try:
        facts = access_reads.folder_facts(actor.account_id, folder_id, lock=True)
    except FolderNotFound:
        return PlaceFacts(_no_folder(folder_id, actor, now), may_look=False)
    return PlaceFacts(
        may=access.decide_folder(facts, access.Action.CREATE_RECORDING, now),
        may_look=access.decide_folder(facts, access.Action.SEE_FOLDER, now).is_permitted,
        is_submission=access.submits(facts),
    )


def _no_folder(folder_id: FolderId, actor: Actor, now: datetime) -> Decision:
    """It looks like one they may not see, but for who could add to it before it was deleted (R138)."""
    facts = access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset())
    with contextlib.suppress(FolderNotFound):
        facts = access_reads.folder_facts(actor.account_id, folder_id, in_bin=True)
    decision = access.decide_folder(facts, access.Action.CREATE_RECORDING, now)
    return ingest.folder_in_bin() if decision.is_permitted else decision


def _beside(recording_id: RecordingId, position: int, actor: Actor, now: datetime) -> PlaceFacts:
    try:
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    except RecordingNotFound:
        nobody = access.FolderFacts(is_signed_in=not actor.is_anonymous, roles=frozenset())
        return PlaceFacts(
            access.decide_folder(nobody, access.Action.SEE_FOLDER, now), may_look=False, taken=frozenset()
        )
    if position == 0 and facts.state == encoding.FAILED:
        return _instead(recording_id, facts, now)
    may = access.decide(facts, access.Action.EDIT_MEDIA, now)
    return PlaceFacts(
        may=access.in_intake() if facts.is_in_intake and may.is_permitted else may,
        may_look=False,
        is_online=reads.is_kept_online(recording_id),
        taken=reads.taken_positions(recording_id),
        is_reference=facts.original is not None,
    )


def _instead(recording_id: RecordingId, facts: access.RecordingFacts, now: datetime) -> PlaceFacts:
    """T18: another file for a recording whose own could not be used."""
    may = encoding.decide_replace(
        facts.state,
        may=access.decide(facts, access.Action.REPLACE_FILE, now),
        is_received=encoding_reads.is_received(recording_id),
    )
    awaited = reads.awaited_positions(recording_id)
    is_submission = access.submits(facts)
    return PlaceFacts(may, may_look=False, taken=awaited, is_replacing=True, is_submission=is_submission)


def _recording_for(wish: Wish, actor: Actor, now: datetime) -> RecordingId | None:
    if wish.recording_id is not None or wish.folder_id is None or actor.account_id is None:
        return wish.recording_id
    if wish.kind is UploadKind.PARTIAL:
        return None
    origin = Origin.IMPORT if wish.is_import else Origin.BROWSER if wish.is_capture else Origin.UPLOAD
    recording_id = library_writes.add_recording(
        wish.folder_id,
        title=ingest.title_of(wish.name, wish.title),
        owner_id=wish.owner_id or actor.account_id,
        created_by_id=actor.account_id,
        origin=origin,
        now=now,
    )
    search_writes.touch(recording_id)
    told = {"folder_id": str(wish.folder_id), "origin": origin}
    whose = _for(wish, actor)
    audit.record(
        actor,
        "recording:create",
        target_kind="recording",
        target_id=recording_id,
        now=now,
        facts=told,
        on_behalf_of=whose,
    )
    return recording_id


def _for(wish: Wish, actor: Actor) -> AccountId | None:
    """For whom a program brings it (R224)."""
    return wish.owner_id if wish.owner_id != actor.account_id else None
