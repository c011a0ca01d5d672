"""Every refusal of R41 with its rule and its sentence."""

from cathedra.domain.access._availability import Availability, Obstacle, window
from cathedra.domain.terms import Code, Decision, deny
from cathedra.domain.terms import gettext_noop as _


def eula_required() -> Decision:
    return deny(
        Code.EULA_REQUIRED,
        "R9",
        _("Read and accept the terms of use first. You find them at {address}."),
        address="/terms/",
    )


def sign_in() -> Decision:
    return deny(Code.SIGN_IN, "R41", _("Sign in to see this."))


def no_permission() -> Decision:
    return deny(Code.NO_PERMISSION, "R41", _("There is nothing here, or you may not see it."))


def not_found(rule: str = "R41") -> Decision:
    return deny(Code.NOT_FOUND, rule, _("There is nothing here, or you may not see it."))


def gone() -> Decision:
    return deny(Code.GONE, "R58", _("This recording was deleted and cannot be brought back."))


def original_deleted() -> Decision:
    return deny(Code.ORIGINAL_DELETED, "R140", _("The recording that this one repeats was deleted."))


def not_live() -> Decision:
    return deny(
        Code.NOT_READY,
        "R51",
        _("A Publisher approves the recordings of this folder first, so it is not shown live. Come back afterwards."),
    )


def in_intake() -> Decision:
    return deny(
        Code.NOT_READY,
        "R93",
        _("This recording was imported and waits in your intake list. Keep it there first, or discard it."),
    )


def later() -> Decision:
    return deny(
        Code.NOT_READY,
        "R49",
        _("Recordings of this folder can be watched some hours after they end, so it is not shown live."),
    )


def recycled() -> Decision:
    return deny(Code.RECYCLED, "R41", _("This recording is in the bin. Restore it from the folder's bin to play it."))


def as_told(decision: Decision) -> Decision:
    """The decision as a door may tell it: to who may not know that something was deleted, it was never there, and is
    refused in the same words as whatever never was (R42, R58)."""
    is_hidden = decision.code is Code.NOT_FOUND and decision.reasons[0].rule == "R58"
    return no_permission() if is_hidden else decision


def unavailable(obstacle: Obstacle, settings: Availability) -> Decision:
    """Step 4 of R41. Instants are told in UTC, as ISO text: the door that shows them knows the time zone."""
    found = window(settings)
    if obstacle is Obstacle.NOT_YET and found.from_at is not None:
        return deny(
            Code.NOT_YET, "R44", _("This recording can be watched from {from_at}."), from_at=found.from_at.isoformat()
        )
    if obstacle is Obstacle.EXPIRED and found.until_at is not None:
        return deny(
            Code.EXPIRED,
            "R44",
            _("This recording could be watched until {until_at}."),
            until_at=found.until_at.isoformat(),
        )
    return deny(Code.NEVER, "R44", _("This recording is not available to its viewers. Ask its owner for details."))


def by_state(state: str) -> Decision | None:
    """What a state of R52 stands in the way with; None when it does not."""
    found = _BY_STATE.get(state)
    return deny(*found) if found else None


_BY_STATE: dict[str, tuple[Code, str, str]] = {
    "purged": (Code.GONE, "R58", _("This recording was deleted and cannot be brought back.")),
    **dict.fromkeys(
        ("draft", "scheduled", "recording", "uploaded", "processing"),
        (Code.NOT_READY, "R41", _("This recording is not ready yet. Come back in a few minutes.")),
    ),
    **dict.fromkeys(
        ("failed", "cancelled", "missed"),
        (Code.NOT_READY, "R41", _("There is nothing to play here. Its owner has been told why.")),
    ),
    "held": (Code.HELD, "R41", _("This recording is on hold while it is reviewed. Ask its owner for details.")),
    "archived": (Code.ARCHIVED, "R121", _("This recording is in the archive. Restore it to play it.")),
    "restoring": (Code.RESTORING, "R120", _("This recording is on its way back from the archive.")),
    "waiting": (Code.WAITING_APPROVAL, "R63", _("This recording is waiting for a Publisher to approve it.")),
    "rejected": (Code.REJECTED, "R63", _("A Publisher returned this recording to its owner.")),
}
