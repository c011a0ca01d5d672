"""What may be uploaded, and where: asked before the first byte."""

from dataclasses import dataclass

from cathedra.domain.ingest._names import size_words
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

POSITIONS = (0, 1)  # the first file, and the second stream beside it
DEFERRED_BYTES = 512 * 1024 * 1024  # is kept free for a file of which nobody knows yet how long it will be


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
    is_replacing: bool = False  # T18: a first file for a recording whose files could not be used
    is_submission: bool = False  # by a student of the course, to its assignment folder (R82)


def decide_open(place: PlaceFacts, *, position: int, length_bytes: int | None, room: RoomFacts) -> Decision:
    """May a file of this length come in here? Asked before its first byte (T1, R20). None: that is told at its end."""
    asked_bytes = min(DEFERRED_BYTES, room.max_bytes) if length_bytes is None else length_bytes
    for refusal in (
        _decide_person(place),
        decide_length(asked_bytes, room),
        _decide_position(place, position),
        _decide_disk(length_bytes, asked_bytes, room),
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


def decide_length(length_bytes: int, room: RoomFacts) -> Decision | None:
    """Nothing, or why no file can be so long."""
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
    if (position == 0) is not (place.taken is None or place.is_replacing):
        return deny(
            Code.BAD_REQUEST, "R6", _("A first file begins a recording of its own; a second one names its recording.")
        )
    if place.is_reference:
        return no_media_of_its_own()
    if not place.is_online:
        return deny(Code.CONFLICT, "R54", _("Nothing can be added to this recording where it is kept now."))
    if place.taken and position in place.taken and place.is_replacing:
        return deny(
            Code.CONFLICT, "T18", _("Another file is on its way to this recording already. Wait for it, or cancel it.")
        )
    if place.taken and position in place.taken:
        return deny(
            Code.CONFLICT,
            "R6",
            _("This recording has its two files already. Upload this one as a recording of its own."),
        )
    return None


def folder_in_bin() -> Decision:
    """Nothing comes into a folder that was deleted (R138); told to whoever could add to it before."""
    return deny(
        Code.RECYCLED,
        "R138",
        _("This folder was deleted and lies in the bin. Take it out of the bin first, or choose another folder."),
    )


def no_media_of_its_own() -> Decision:
    """Nothing is added to what a copy shows (R201): it would change the original, where its Creator may hold nothing."""
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R201",
        _(
            "This copy plays another recording’s media. Add the file to the original, or make a full copy and add it there."
        ),
    )


def decide_going_on(body_bytes: int | None, room: RoomFacts) -> Decision:
    """May these bytes come to a file of which nobody knew how long it would be? What others were promised does not stop
    what is being recorded (R108); a disk that is nearly full does, and the sender keeps them meanwhile."""
    if (body_bytes or 0) <= room.free_bytes - room.min_free_bytes:
        return permit()
    return deny(Code.NO_SPACE, "T12", _("The server's disk is full. What had arrived is kept; try again later."))


def _decide_disk(length_bytes: int | None, asked_bytes: int, room: RoomFacts) -> Decision | None:
    if asked_bytes <= room.room_bytes:
        return None
    if length_bytes is None:
        return deny(
            Code.NO_SPACE,
            "T12",
            _("There is no room on the server now to begin a recording. Try later, or tell the service."),
        )
    return deny(
        Code.NO_SPACE,
        "T12",
        _("There is room for {room} on the server now and this file is {size}. Try later, or tell the service."),
        room=size_words(room.room_bytes),
        size=size_words(length_bytes),
    )
