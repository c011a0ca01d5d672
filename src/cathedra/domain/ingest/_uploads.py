"""Uploads: what may be uploaded, who may add bytes to it, and when it is complete."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cathedra.domain.ingest._names import size_words
from cathedra.domain.terms import Code, Decision, RecordingId, UploadId, deny, permit
from cathedra.domain.terms import gettext_noop as _

FINGERPRINT_CHARACTERS = 500
POSITIONS = (0, 1)  # the first file, and the second stream beside it


class UploadKind(StrEnum):
    """tus 1.0: a whole file, a part, or the joining of parts (concatenation extension)."""

    WHOLE = "WHOLE"
    PARTIAL = "PARTIAL"
    FINAL = "FINAL"


class UploadState(StrEnum):
    """Where an upload stands."""

    OPEN = "OPEN"
    COMPLETE = "COMPLETE"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """One upload, as seen by one person."""

    id: UploadId
    is_mine: bool
    kind: UploadKind
    state: UploadState
    recording_id: RecordingId | None
    position: int
    original_name: str
    metadata: str
    length_bytes: int
    offset_bytes: int
    parts: tuple[UploadId, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """How much may come in. `free_bytes` is what the disk has; `reserved_bytes` what open uploads will still take."""

    free_bytes: int
    reserved_bytes: int
    min_free_bytes: int
    max_bytes: int

    @property
    def room_bytes(self) -> int:
        """What a new upload may take."""
        return max(0, self.free_bytes - self.reserved_bytes - self.min_free_bytes)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where a new file would go. `may` is the access rule's answer; `may_look` says whether they see the place at all.
    `taken` are the positions of the recording that hold a file or wait for one; None when the file begins a recording.
    """

    may: Decision
    may_look: bool
    is_online: bool = True
    taken: frozenset[int] | None = None
    is_reference: bool = False  # it plays another one's media


def decide_open(place: PlaceFacts, *, position: int, length_bytes: int, room: RoomFacts) -> Decision:
    """May a file of this length come in here? Asked before its first byte (T1, R20)."""
    for refusal in (
        _decide_person(place),
        _decide_length(length_bytes, room),
        _decide_position(place, position),
        _decide_disk(length_bytes, room),
    ):
        if refusal is not None:
            return refusal
    return permit()


def _decide_person(place: PlaceFacts) -> Decision | None:
    if place.may.is_permitted:
        return None
    if place.may.code is Code.NO_PERMISSION and place.may_look:
        return deny(
            Code.NO_PERMISSION,
            "R20",
            _("You may look into this folder but not add recordings to it. Ask its owner to make you a Creator here."),
        )
    return place.may


def _decide_length(length_bytes: int, room: RoomFacts) -> Decision | None:
    if length_bytes <= 0:
        return deny(Code.BAD_REQUEST, "T12", _("This file is empty. Choose the file again, or export it once more."))
    if length_bytes > room.max_bytes:
        return deny(
            Code.TOO_LARGE,
            "T12",
            _("This file is {size}; the largest that is accepted is {limit}. Export it smaller, or in parts."),
            size=size_words(length_bytes),
            limit=size_words(room.max_bytes),
        )
    return None


def _decide_position(place: PlaceFacts, position: int) -> Decision | None:
    if position not in POSITIONS:
        return deny(Code.BAD_REQUEST, "R6", _("A recording holds a first file (0) and a second one (1), no others."))
    if (position == 0) is not (place.taken is None):
        return deny(
            Code.BAD_REQUEST, "R6", _("A first file begins a recording of its own; a second one names its recording.")
        )
    if place.is_reference:
        return no_media_of_its_own()
    if not place.is_online:
        return deny(Code.CONFLICT, "R54", _("Nothing can be added to this recording where it is kept now."))
    if place.taken and position in place.taken:
        return deny(
            Code.CONFLICT,
            "R6",
            _("This recording has its two files already. Upload this one as a recording of its own."),
        )
    return None


def no_media_of_its_own() -> Decision:
    """Nothing is added to what a copy shows (R201): it would change the original, where its Creator may hold nothing."""
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R201",
        _(
            "This copy plays another recording’s media. Add the file to the original, or make a full copy and add it there."
        ),
    )


def _decide_disk(length_bytes: int, room: RoomFacts) -> Decision | None:
    if length_bytes <= room.room_bytes:
        return None
    return deny(
        Code.NO_SPACE,
        "T12",
        _("There is room for {room} on the server now and this file is {size}. Try later, or tell the service."),
        room=size_words(room.room_bytes),
        size=size_words(length_bytes),
    )


def decide_find(facts: UploadFacts, *, now: datetime) -> Decision:
    """May this person know of this upload? Somebody else's looks like none at all (security class 12)."""
    if not facts.is_mine:
        return no_such_upload()
    if facts.state is UploadState.TERMINATED:
        return deny(Code.GONE, "tus", _("This upload was cancelled. Start it again."))
    if facts.state is UploadState.EXPIRED or (facts.state is UploadState.OPEN and facts.expires_at <= now):
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
    return permit()


def decide_append(
    facts: UploadFacts, *, offset_bytes: int, body_bytes: int | None, held_bytes: int, now: datetime
) -> Decision:
    """May this person add bytes here? `body_bytes` is None when it was not announced."""
    found = decide_resume(facts, held_bytes=held_bytes, now=now)
    if not found.is_permitted:
        return found
    if facts.kind is UploadKind.FINAL:
        return deny(Code.NO_PERMISSION, "tus", _("This upload is joined from parts; bytes go to the parts."))
    if facts.state is not UploadState.OPEN:
        return deny(Code.CONFLICT, "tus", _("This upload is complete. Nothing can be added to it."))
    if offset_bytes != facts.offset_bytes:
        return wrong_offset(facts.offset_bytes)
    if body_bytes is not None and offset_bytes + body_bytes > facts.length_bytes:
        return longer_than_announced()
    return permit()


def decide_terminate(facts: UploadFacts, *, now: datetime) -> Decision:
    """May this person cancel this upload?"""
    found = decide_find(facts, now=now)
    if not found.is_permitted:
        return found
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
    return to_bytes == facts.length_bytes


def is_abandoned(facts: UploadFacts, *, now: datetime) -> bool:
    """Is the time over of an upload that never arrived, or of a part that nobody joined?"""
    is_unjoined = facts.state is UploadState.COMPLETE and facts.kind is UploadKind.PARTIAL
    return facts.expires_at <= now and (facts.state is UploadState.OPEN or is_unjoined)
