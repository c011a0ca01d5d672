"""Who may do what to which thing: the one decision, in the simple form of the foundation (folder role or owner)."""

from dataclasses import dataclass
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


class FolderRole(StrEnum):
    """What a principal may be on a folder (R23)."""

    VIEWER = "viewer"
    CREATOR = "creator"
    PUBLISHER = "publisher"
    CONTENT_ORGANIZER = "content_organizer"
    ANALYTICS_MANAGER = "analytics_manager"


class Action(StrEnum):
    """What somebody wants to do to a recording or in a folder."""

    VIEW = "recording:view"
    EDIT_RECORDING = "recording:edit"
    SEE_PROGRESS = "recording:see_progress"
    SEE_FOLDER = "folder:see"
    CREATE_RECORDING = "folder:create_recording"
    CREATE_FOLDER = "folder:create_folder"


# Roles are sets of capabilities, not a ladder (R18 to R23).
CAPABILITIES: dict[FolderRole, frozenset[Action]] = {
    FolderRole.VIEWER: frozenset({Action.VIEW, Action.SEE_FOLDER}),
    FolderRole.CREATOR: frozenset(Action),
    FolderRole.PUBLISHER: frozenset({Action.VIEW, Action.SEE_FOLDER, Action.SEE_PROGRESS}),
    FolderRole.CONTENT_ORGANIZER: frozenset({Action.VIEW, Action.SEE_FOLDER, Action.CREATE_FOLDER}),
    FolderRole.ANALYTICS_MANAGER: frozenset({Action.SEE_FOLDER}),
}
OWNER_CAPABILITIES = frozenset({Action.VIEW, Action.EDIT_RECORDING, Action.SEE_PROGRESS})

# Roles that see a waiting or rejected recording and pass availability (R43).
_INSIDERS = frozenset({FolderRole.CREATOR, FolderRole.PUBLISHER})


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """What the rule needs to know about a person and a folder. `roles` are effective, after inheritance and groups."""

    is_signed_in: bool
    roles: frozenset[FolderRole]


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What the rule needs to know about a person and a recording; `state` is the derived state of R52, as text."""

    is_signed_in: bool
    is_owner: bool
    roles: frozenset[FolderRole]
    state: str


def capabilities(roles: frozenset[FolderRole]) -> frozenset[Action]:
    """The union of what each role gives (R32 for members)."""
    return frozenset(action for role in roles for action in CAPABILITIES[role])


def decide_folder(facts: FolderFacts, action: Action) -> Decision:
    """May this person do this in this folder?"""
    if not facts.is_signed_in:
        return _sign_in()
    if action in capabilities(facts.roles):
        return permit()
    return _no_permission()


def decide(facts: RecordingFacts, action: Action) -> Decision:
    """May this person do this to this recording? The order is that of R41."""
    if not facts.is_signed_in:
        return _sign_in()
    held = capabilities(facts.roles) | (OWNER_CAPABILITIES if facts.is_owner else frozenset())
    if action not in held:
        return _no_permission()
    if action is not Action.VIEW:
        return _decide_change(facts)
    return _decide_state(facts)


def _decide_state(facts: RecordingFacts) -> Decision:
    refusal = _BY_STATE.get(facts.state)
    if refusal is None:
        return permit()
    code, rule, sentence = refusal
    is_insider = facts.is_owner or bool(facts.roles & _INSIDERS)
    if is_insider and code in (Code.WAITING_APPROVAL, Code.REJECTED):
        return permit()
    if code is Code.NOT_FOUND and (facts.is_owner or FolderRole.CREATOR in facts.roles):
        return deny(
            Code.RECYCLED, "R41", _("This recording is in the bin. Restore it from the folder's bin to play it.")
        )
    if code is Code.HELD and facts.is_owner:
        return permit()
    return deny(code, rule, sentence)


def _decide_change(facts: RecordingFacts) -> Decision:
    if facts.state == "purged":
        return deny(Code.GONE, "R58", _("This recording was deleted and cannot be brought back."))
    return permit()


_BY_STATE: dict[str, tuple[Code, str, str]] = {
    "purged": (Code.GONE, "R58", _("This recording was deleted and cannot be brought back.")),
    "recycled": (Code.NOT_FOUND, "R41", _("There is nothing here, or you may not see it.")),
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


def _sign_in() -> Decision:
    return deny(Code.SIGN_IN, "R41", _("Sign in to see this."))


def _no_permission() -> Decision:
    return deny(Code.NO_PERMISSION, "R41", _("There is nothing here, or you may not see it."))
