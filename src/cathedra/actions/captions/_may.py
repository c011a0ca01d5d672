"""Who may change captions: row 5 of R38, on the recording that holds them too."""

from datetime import datetime

from cathedra.actions import copies
from cathedra.actions.copies import Right
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _

_NOT_OF_THE_ORIGINAL = _(
    "This recording repeats another one, and its captions are that one's. Only a Creator of the other recording's folder "
    "can change them; or make this copy a full one."
)


def may_change(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """For a page that offers it: who may change the captions has what is cut of them too. Raises RecordingNotFound."""
    return right_to_change(recording_id, actor=actor, now=now).decision


def right_to_change(recording_id: RecordingId, *, actor: Actor, now: datetime, lock: bool = False) -> Right:
    """Raises RecordingNotFound."""
    return copies.right_to_change(recording_id, otherwise=_NOT_OF_THE_ORIGINAL, actor=actor, now=now, lock=lock)


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
