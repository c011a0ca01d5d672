"""Join parts that were sent side by side into one file (tus concatenation)."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions.ingest._open import Opened, place_upload, room_facts
from cathedra.actions.ingest._receive import receive
from cathedra.actions.ingest._wish import Wish
from cathedra.adapters.spool import Spool, SpoolBusy, SpoolFileMissing
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import ingest as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import RoomFacts, UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import Actor, Code, Decision, UploadId, UploadNotFound, deny, permit
from cathedra.domain.terms import gettext_noop as _


def join_parts(
    wish: Wish, part_ids: Sequence[UploadId], *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload
) -> Opened | Decision:
    """One file of the parts, in order, and its recording. Asking again for the same parts joins once. Raises SpoolFull.

    Killed in the middle, the parts are still there and asking again goes on with the same upload.
    """
    room = room_facts(spool, limits)
    with transaction():
        opened = _open_once(wish, tuple(part_ids), room, actor, now, timedelta(hours=limits.expire_hours))
        if isinstance(opened, Decision):
            return opened
        final = reads.upload_facts(actor.account_id, opened.upload_id)
        parts = reads.list_upload_facts(actor.account_id, part_ids)
    if final.state is UploadState.COMPLETE:
        return opened
    try:
        _join(spool, final, parts)
    except SpoolBusy:
        return deny(Code.LOCKED, "tus", _("These parts are being joined now. Try again in a moment."))
    except SpoolFileMissing:
        return deny(Code.GONE, "tus", _("A part of this file was lost here. Start the upload again."))
    received = permit()
    with transaction():
        if writes.set_joined(final.id, now=now):
            received = receive(final, actor=actor, now=now)
            writes.end(part_ids, sources=(UploadState.COMPLETE,), to=UploadState.TERMINATED, now=now)
    for part in parts:
        spool.delete(part.id)
    return opened if received.is_permitted else received


def _open_once(
    wish: Wish, part_ids: tuple[UploadId, ...], room: RoomFacts, actor: Actor, now: datetime, keep: timedelta
) -> Opened | Decision:
    try:
        parts = reads.list_upload_facts(actor.account_id, part_ids, lock=True)
    except UploadNotFound:
        return ingest.no_such_upload()
    if actor.account_id is not None and (earlier := reads.find_joined(actor.account_id, part_ids)):
        facts = reads.upload_facts(actor.account_id, earlier)
        if ingest.decide_find(facts, now=now).is_permitted:
            return Opened(facts.id, facts.recording_id, facts.expires_at)
    decision = ingest.decide_parts(parts, now=now)
    if not decision.is_permitted:
        return decision
    whole = dataclasses.replace(
        wish, kind=UploadKind.FINAL, length_bytes=sum(part.length_bytes for part in parts), parts=part_ids
    )
    return place_upload(whole, room, actor=actor, now=now, keep=keep)


def _join(spool: Spool, final: UploadFacts, parts: tuple[UploadFacts, ...]) -> None:
    file = spool.open(final.id, may_create=True)
    try:
        spool.join(final.id, [(part.id, part.length_bytes) for part in parts])
    finally:
        file.close()
