"""Who may add bytes to an upload, and when it is complete."""

from datetime import datetime

from cathedra.domain.ingest._recorders import untold_checksum
from cathedra.domain.ingest._words import Place, UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def decide_find(facts: UploadFacts, *, now: datetime) -> Decision:
    """May this person know of this upload? Somebody else's looks like none at all (security class 12)."""
    if not facts.is_mine:
        return no_such_upload()
    if facts.state is UploadState.TERMINATED:
        return deny(Code.GONE, "tus", _("This upload was cancelled. Start it again."))
    is_over = facts.state is UploadState.OPEN and facts.expires_at <= now and not facts.is_captured
    if facts.state is UploadState.EXPIRED or is_over:
        return deny(
            Code.EXPIRED, "tus", _("This upload was left unfinished for too long and was removed. Start it again.")
        )
    return permit()


def decide_resume(facts: UploadFacts, *, held_bytes: int, now: datetime) -> Decision:
    """May this person go on with it? `held_bytes` is what the file holds; less than was counted means a disk lost it."""
    found = decide_find(facts, now=now)
    if not found.is_permitted:
        return found
    is_waiting = facts.state is UploadState.OPEN and facts.kind is not UploadKind.FINAL
    if is_waiting and held_bytes < facts.offset_bytes:
        return deny(Code.GONE, "tus", _("The part of this file that had arrived was lost here. Start it again."))
    return decide_place(facts.place, is_whole=False) if facts.state is UploadState.OPEN else permit()


def decide_place(place: Place, *, is_whole: bool) -> Decision:
    """Whether what it goes to is still where bytes may come to (R134, R138). Nothing that came is lost: a whole file lies
    in the bin with what it goes to, and a part of one waits for the rest as long as any does."""
    if place is Place.THERE:
        return permit()
    if place is Place.PURGED:
        return deny(
            Code.ILLEGAL_TRANSITION, "R54", _("The recording that this file goes to was deleted for good meanwhile.")
        )
    is_folder = place is Place.FOLDER_RECYCLED
    return deny(Code.RECYCLED, "R138" if is_folder else "R134", _IN_BIN[is_folder, is_whole])


_IN_BIN = {
    (True, True): _(
        "The folder that this file goes to was deleted meanwhile. The whole file has arrived; it lies in the bin with the "
        "folder and is prepared when somebody takes that out."
    ),
    (True, False): _(
        "The folder that this file goes to was deleted meanwhile. What has arrived is kept for now: ask for the folder to "
        "be taken out of the bin and go on, or start again in another folder."
    ),
    (False, True): _(
        "The recording that this file goes to was deleted meanwhile. The whole file has arrived; it lies in the bin with "
        "the recording and is prepared when somebody takes that out."
    ),
    (False, False): _(
        "The recording that this file goes to was deleted meanwhile. What has arrived is kept for now: take the recording "
        "out of the bin and go on, or start again."
    ),
}


def decide_append(
    facts: UploadFacts,
    *,
    offset_bytes: int,
    body_bytes: int | None,
    told_bytes: int | None = None,
    held_bytes: int,
    now: datetime,
) -> Decision:
    """May this person add bytes here? `body_bytes` is None when it was not announced; `told_bytes` is how long the whole
    is, where that is told now (creation-defer-length)."""
    found = decide_resume(facts, held_bytes=held_bytes, now=now)
    if not found.is_permitted:
        return found
    if facts.kind is UploadKind.FINAL:
        return deny(Code.NO_PERMISSION, "tus", _("This upload is joined from parts; bytes go to the parts."))
    if facts.state is not UploadState.OPEN:
        return deny(Code.CONFLICT, "tus", _("This upload is complete. Nothing can be added to it."))
    if offset_bytes != facts.offset_bytes:
        return wrong_offset(facts.offset_bytes)
    if told_bytes is not None and (wrong := _wrong_length(facts, told_bytes, offset_bytes)) is not None:
        return wrong
    length_bytes = facts.length_bytes if told_bytes is None else min(told_bytes, facts.length_bytes)
    if max(offset_bytes + (body_bytes or 0), told_bytes or 0) > length_bytes:
        return longer_than_announced()
    return permit()


def _wrong_length(facts: UploadFacts, told_bytes: int, offset_bytes: int) -> Decision | None:
    if not facts.is_deferred and told_bytes != facts.length_bytes:
        return deny(Code.BAD_REQUEST, "tus", _("How long this file is was said before, and cannot be changed."))
    if facts.is_of_recorder and not facts.told_sha256:
        return untold_checksum()
    if told_bytes < max(1, offset_bytes):
        return deny(Code.BAD_REQUEST, "tus", _("More of this file has arrived already. Send its length as it is."))
    return None


def decide_terminate(facts: UploadFacts, *, now: datetime) -> Decision:
    """May this person cancel this upload?"""
    found = decide_find(facts, now=now)
    if not found.is_permitted:
        return found
    if facts.is_of_recorder:
        return deny(
            Code.NO_PERMISSION, "R159", _("What a recorder sends is not taken back. Delete the recording instead.")
        )
    if facts.state is UploadState.COMPLETE and facts.kind is not UploadKind.PARTIAL:
        return deny(
            Code.CONFLICT, "tus", _("This upload has arrived and is a recording now. Delete the recording instead.")
        )
    return permit()


def decide_parts(parts: tuple[UploadFacts, ...], *, now: datetime) -> Decision:
    """May these be joined, in this order, into one file?"""
    if not parts or len({part.id for part in parts}) != len(parts):
        return deny(Code.BAD_REQUEST, "tus", _("Name each part of the file once, in order."))
    for part in parts:
        found = decide_find(part, now=now)
        if not found.is_permitted:
            return found
        if part.kind is not UploadKind.PARTIAL:
            return deny(Code.BAD_REQUEST, "tus", _("Only uploads that were announced as parts can be joined."))
        if part.state is not UploadState.COMPLETE:
            return deny(Code.BAD_REQUEST, "tus", _("A part of this file has not arrived yet. Finish it, then join."))
    return permit()


def no_such_upload() -> Decision:
    """Missing, or somebody else's."""
    return deny(Code.NOT_FOUND, "tus", _("There is no such upload. Start it again."))


def wrong_offset(offset_bytes: int) -> Decision:
    """The sender and we do not agree how much has arrived."""
    return deny(
        Code.CONFLICT,
        "tus",
        _("This upload stands at byte {offset}. Ask where it stands, then go on from there."),
        offset=str(offset_bytes),
    )


def longer_than_announced() -> Decision:
    """More bytes came than the file was said to have."""
    return deny(Code.TOO_LARGE, "tus", _("This is more than the file was said to hold. Start the upload again."))


def is_complete(facts: UploadFacts, to_bytes: int) -> bool:
    """Has the last byte arrived (T12)?"""
    return to_bytes == facts.length_bytes and not facts.is_deferred


def is_abandoned(facts: UploadFacts, *, now: datetime) -> bool:
    """Is the time over of an upload that never arrived, or of a part that nobody joined?"""
    is_unjoined = facts.state is UploadState.COMPLETE and facts.kind is UploadKind.PARTIAL
    is_waiting = facts.state is UploadState.OPEN and not facts.is_captured  # which is finished, never thrown away
    return facts.expires_at <= now and (is_waiting or is_unjoined)
