"""Add bytes to an upload: claim it, count what is on the disk, give it back.

The file's lock decides who writes; the lease in the row is the token without which nothing can be counted. Bytes are
counted only after the disk has them (fdatasync), so an offset that anybody was told survives a power cut.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from cathedra import config
from cathedra.actions.ingest._open import room_facts
from cathedra.actions.ingest._receive import receive
from cathedra.adapters.spool import Spool, SpoolBusy, SpoolFile
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import recorders as recorder_reads
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, ingest
from cathedra.domain.ingest import UploadFacts, UploadState
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import Actor, Code, Decision, UploadId, UploadNotFound, deny
from cathedra.domain.terms import gettext_noop as _

_LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to add bytes to one upload, with its file open."""

    facts: UploadFacts
    lease: UUID
    file: SpoolFile


@dataclass(frozen=True, slots=True)
class Advanced:
    """Bytes that are safe and counted."""

    offset_bytes: int
    expires_at: datetime
    is_complete: bool


def begin_append(
    upload_id: UploadId,
    *,
    offset_bytes: int,
    body_bytes: int | None,
    told_bytes: int | None = None,
    actor: Actor,
    now: datetime,
    spool: Spool,
) -> Ticket | Decision:
    """Become the one writer of an upload, and note how long the whole is where that is told now (`told_bytes`). The ticket
    must be given to `release_upload`. Raises SpoolFull."""
    try:
        facts = reads.upload_facts(actor.account_id, upload_id, recorder_id=actor.recorder_id)
    except UploadNotFound:
        return ingest.no_such_upload()
    decision = ingest.decide_append(
        facts,
        offset_bytes=offset_bytes,
        body_bytes=body_bytes,
        told_bytes=told_bytes,
        held_bytes=spool.size_bytes(upload_id) or 0,
        now=now,
    )
    if decision.is_permitted and facts.is_deferred and body_bytes != 0:
        decision = ingest.decide_going_on(body_bytes, room_facts(spool, config.get().upload))
    if not decision.is_permitted:
        return decision
    try:
        file = spool.open(upload_id, may_create=offset_bytes == 0)
    except SpoolBusy:
        return deny(Code.LOCKED, "tus", _("Another request is writing to this upload. Try again in a moment."))
    is_told = facts.is_deferred and told_bytes is not None
    if told_bytes is not None:
        facts = replace(facts, length_bytes=told_bytes, is_deferred=False)
    ticket = Ticket(facts, uuid.uuid4(), file)
    with transaction():
        is_claimed = writes.claim(upload_id, at_bytes=offset_bytes, lease=ticket.lease, until=now + _LEASE)
        if is_claimed and is_told:
            writes.set_length(upload_id, facts.length_bytes, at_bytes=offset_bytes, now=now)
    if not is_claimed:
        file.close()
        return _lost(upload_id, actor, now)
    return ticket


def advance_upload(
    ticket: Ticket, *, from_bytes: int, to_bytes: int, actor: Actor, now: datetime, keep: timedelta
) -> Advanced | Decision:
    """Make what was written safe, then count it; the last byte completes the upload (T12). Raises SpoolFull.

    Who has new terms to accept meanwhile is stopped here, with everything that came counted (R11); so are a recorder that
    was blocked (R158), and who sends to what lies in the bin by now (R134, R138).
    """
    ticket.file.sync()
    expires_at = now + keep
    is_complete = ingest.is_complete(ticket.facts, to_bytes)
    if is_complete and not _is_as_told(ticket):
        return _begin_anew(ticket, actor, now)
    with transaction():
        is_counted = writes.advance(
            ticket.facts.id,
            lease=ticket.lease,
            from_bytes=from_bytes,
            to_bytes=to_bytes,
            lease_until=now + _LEASE,
            expires_at=expires_at,
            now=now,
        )
        going_on = _counted(ticket.facts, is_complete=is_complete, actor=actor, now=now) if is_counted else None
    if going_on is None:
        return _lost(ticket.facts.id, actor, now)
    return Advanced(to_bytes, expires_at, is_complete) if going_on.is_permitted else going_on


def _is_as_told(ticket: Ticket) -> bool:
    """R159: whether the file is what its recorder holds, by the checksum that it told. Of others nothing was told."""
    told = ticket.facts.told_sha256
    return not told or ticket.file.sha256(ticket.facts.length_bytes) == told


def _begin_anew(ticket: Ticket, actor: Actor, now: datetime) -> Decision:
    """It is not, so nothing of it is kept: its recorder has it still, and gets another upload when it begins again."""
    upload_id = ticket.facts.id
    with transaction():
        if writes.end([upload_id], sources=(UploadState.OPEN,), to=UploadState.TERMINATED, now=now):
            told = {"recording_id": str(ticket.facts.recording_id or ""), "sha256": ticket.facts.told_sha256}
            audit.record(actor, "upload:refuse", target_kind="upload", target_id=upload_id, now=now, facts=told)
    return ingest.wrong_checksum()


def _counted(facts: UploadFacts, *, is_complete: bool, actor: Actor, now: datetime) -> Decision:
    """What follows for its sender."""
    if facts.is_captured and facts.recording_id is not None:
        writes.hear_of_capture(facts.recording_id, now=now)
    if is_complete:
        return receive(facts, actor=actor, now=now)
    if actor.recorder_id is not None and not recorder_reads.is_let_in(actor.recorder_id):
        return ingest.recorder_shut_out()
    if TermsDocument.EULA in policy_reads.unaccepted(actor.account_id):
        return access.decide_entry(is_gated=True)
    return ingest.decide_place(reads.place_of(facts.recording_id), is_whole=False)


def release_upload(ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """Give the upload back. Nothing is counted, so nothing is audited; `actor` and `now` are those of every action."""
    try:
        with transaction():
            writes.release(ticket.facts.id, lease=ticket.lease)
    finally:
        ticket.file.close()


def _lost(upload_id: UploadId, actor: Actor, now: datetime) -> Decision:
    """Why a compare-and-set failed: ended meanwhile, or somebody else has moved it."""
    try:
        facts = reads.upload_facts(actor.account_id, upload_id, recorder_id=actor.recorder_id)
    except UploadNotFound:
        return ingest.no_such_upload()
    found = ingest.decide_find(facts, now=now)
    return ingest.wrong_offset(facts.offset_bytes) if found.is_permitted else found
