"""What can be done to several recordings of a folder at once: the same as to one, and offered to the same people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

from cathedra.actions import access as access_actions
from cathedra.actions import publishing, retention
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _
from cathedra.web.access.door import calendar

Do = Callable[[RecordingId, FolderId | None, Actor, datetime], Decision]


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done to several: who is offered it (`action`, of the folder), how it is called, what it does."""

    action: Action
    icon: str
    name: Any
    question: Any
    effect: Any
    done: Any
    do: Do
    is_grave: bool = False
    has_target: bool = False
    stops_copies: bool = False  # R121, R140: what repeats them by reference does not play any more


def _move(one: RecordingId, target: FolderId | None, who: Actor, now: datetime) -> Decision:
    if target is None:
        return deny(Code.BAD_REQUEST, "R72", _("Choose a folder first."))
    return publishing.move_recording(one, target, calendar=calendar(), actor=who, now=now)


def _here(change: Callable[..., Decision]) -> Do:
    """A deed that needs no other folder: the action itself."""
    return lambda one, _target, who, now: change(one, actor=who, now=now)


def _follow(one: RecordingId, _target: FolderId | None, who: Actor, now: datetime) -> Decision:
    return access_actions.follow_folder(one, calendar=calendar(), actor=who, now=now)


DEEDS: Mapping[str, Deed] = {
    "move": Deed(
        Action.MOVE,
        "folder-open",
        gettext_lazy("Move"),
        ngettext_lazy("Move %(count)d recording", "Move %(count)d recordings", "count"),
        gettext_lazy("The addresses stay the same: links and embeds go on working."),
        ngettext_lazy("%(count)d recording was moved.", "%(count)d recordings were moved.", "count"),
        _move,
        has_target=True,
    ),
    "follow": Deed(
        Action.SHARE,
        "users",
        gettext_lazy("Share as the folder"),
        ngettext_lazy("Share %(count)d recording as the folder", "Share %(count)d recordings as the folder", "count"),
        gettext_lazy("Levels and times of their own are dropped: they are seen by whom, and when, the folder says."),
        ngettext_lazy("%(count)d recording follows the folder.", "%(count)d recordings follow the folder.", "count"),
        _follow,
    ),
    "archive": Deed(
        Action.DELETE,
        "archive",
        gettext_lazy("Archive"),
        ngettext_lazy("Archive %(count)d recording", "Archive %(count)d recordings", "count"),
        gettext_lazy("They cannot be watched until somebody restores them. Addresses, captions and statistics stay."),
        ngettext_lazy(
            "%(count)d recording goes to the archive in a moment.",
            "%(count)d recordings go to the archive in a moment.",
            "count",
        ),
        _here(retention.archive_recording),
        stops_copies=True,
    ),
    "restore": Deed(
        Action.RESTORE_FROM_ARCHIVE,
        "undo-2",
        gettext_lazy("Restore"),
        ngettext_lazy(
            "Restore %(count)d recording from the archive", "Restore %(count)d recordings from the archive", "count"
        ),
        gettext_lazy("Mostly they play again within an hour. You get a notice."),
        ngettext_lazy(
            "%(count)d recording is on its way back.", "%(count)d recordings are on their way back.", "count"
        ),
        _here(retention.request_restore),
    ),
    "recycle": Deed(
        Action.DELETE,
        "trash-2",
        gettext_lazy("Delete"),
        ngettext_lazy("Put %(count)d recording into the bin", "Put %(count)d recordings into the bin", "count"),
        gettext_lazy("Nobody can watch them there. Until they are gone for good, each can be taken out again."),
        ngettext_lazy("%(count)d recording is in the bin.", "%(count)d recordings are in the bin.", "count"),
        _here(retention.recycle_recording),
        is_grave=True,
        stops_copies=True,
    ),
}


def offered(facts: access.FolderFacts, now: datetime) -> list[tuple[str, Deed]]:
    """What somebody may do to several recordings of the folder; nothing, to who may neither move nor delete there."""
    if not any(access.permits(facts, action, now) for action in (Action.MOVE, Action.DELETE)):
        return []
    return [(verb, deed) for verb, deed in DEEDS.items() if access.permits(facts, deed.action, now)]
