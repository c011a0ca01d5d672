"""The one decision: may this person do this now? The order is that of R41."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from cathedra.domain.access import _refusals as refuse
from cathedra.domain.access._availability import obstacle
from cathedra.domain.access._facts import FolderFacts, Media, RecordingFacts
from cathedra.domain.access._standing import permits
from cathedra.domain.access._words import Action, FolderRole
from cathedra.domain.terms import Decision, permit

# What else must hold once somebody has permission: whether it plays, whether it can be changed, whether it is there.
PLAYING = frozenset({Action.VIEW, Action.VIEW_OWN, Action.VIEW_EARLY, Action.DOWNLOAD, Action.KEEP_NOTES})
CHANGING = frozenset({Action.EDIT_MEDIA, Action.EDIT_RECORDING, Action.COPY, Action.ORDER_CAPTIONS})
HANDLING = frozenset(
    {
        Action.DELETE,
        Action.MOVE,
        Action.SHARE,
        Action.SET_AVAILABILITY,
        Action.APPROVE,
        Action.SUBMIT,
        Action.PROCESS_AGAIN,
        Action.REPLACE_FILE,
        Action.MODERATE,
        Action.CHANGE_OWNER,
    }
)
KEEPING = frozenset({Action.SEE_PROGRESS, Action.RESTORE_FROM_BIN, Action.PURGE})
ALONE = frozenset({Action.LIST, Action.RESTORE_FROM_ARCHIVE, Action.COMMENT})  # each with a rule of its own


def decide_folder(facts: FolderFacts, action: Action, now: datetime) -> Decision:
    """May this person do this in this folder?"""
    if facts.is_gated and facts.is_signed_in:
        return refuse.eula_required()
    if permits(facts, action, now):
        return permit()
    return refuse.no_permission() if facts.is_signed_in else refuse.sign_in()


def decide_scheduling(facts: FolderFacts, now: datetime) -> Decision:
    """The folder's part of R152: who records there (R38 row 4), but not who may only submit (T1), and nobody by running
    the service."""
    return decide_folder(replace(facts, is_enrolled=False), Action.CREATE_RECORDING, now)


def decide(facts: RecordingFacts, action: Action, now: datetime) -> Decision:
    """May this person do this to this recording? Before permission passes, nothing of it is revealed (R42)."""
    if facts.is_gated and facts.is_signed_in:
        return refuse.eula_required()
    then = _THEN.get(action)
    if facts.state == "purged" and then is not None:
        return _purged(facts, now)
    if not permits(facts, action, now):
        return refuse.no_permission() if facts.is_signed_in else refuse.sign_in()
    refusal = then(facts, now) if then is not None else None
    return refusal or permit()


def decide_follow(facts: RecordingFacts, *, has_level: bool, has_schedule: bool, now: datetime) -> Decision:
    """May this person give up what the recording has of its own (R50)? Its level by who shares it, its availability by
    who sets that; where it has neither, either of them is told that all is well."""
    levels, schedules = (decide(facts, action, now) for action in (Action.SHARE, Action.SET_AVAILABILITY))
    if has_level and not levels.is_permitted:
        return levels
    if has_schedule and not schedules.is_permitted:
        return schedules
    return levels if levels.is_permitted else schedules


def _purged(facts: RecordingFacts, now: datetime) -> Decision:
    """R58, R131: told to its owner, to who can see its folder and to whom its own level let in; to others there is
    nothing."""
    if facts.is_owner or permits(facts, Action.SEE_FOLDER, now) or permits(facts, Action.VIEW, now):
        return refuse.gone()
    return refuse.not_found("R58") if facts.is_signed_in else refuse.sign_in()


def _is_insider(facts: RecordingFacts, now: datetime) -> bool:
    """Passes approval and availability (R43, and row 3 of R38)."""
    return permits(facts, Action.VIEW_EARLY, now)


def _in_bin(facts: RecordingFacts) -> Decision | None:
    if facts.media.keeping != "RECYCLED":
        return None
    is_told = facts.is_owner or FolderRole.CREATOR in facts.roles
    return refuse.recycled() if is_told else refuse.not_found()


def _play(facts: RecordingFacts, now: datetime) -> Decision | None:
    """Steps 3 and 4: state, then availability. A reference copy plays only where its original would too (R140)."""
    if facts.media.keeping == "RECYCLED":  # held there or not: in the bin it is invisible to Viewers (R135)
        return _in_bin(facts)
    if facts.media.is_live and facts.state == "recording":
        return _live(facts, now)
    is_insider = _is_insider(facts, now)
    stopped = _stopped(facts.media, is_insider=is_insider) or _original(facts)
    return stopped or (None if is_insider else _unavailable(facts, now))


def _live(facts: RecordingFacts, now: datetime) -> Decision | None:
    """R51: as it will be played, and nothing that would have to be looked at first: a hold stops it at once (R55), an
    approval folder shows nothing live unless the site says so, nor does one that releases captures later (R49)."""
    if facts.media.has_hold:
        return refuse.by_state("held")
    if facts.needs_approval and not facts.may_webcast:
        return refuse.not_live()
    if _is_insider(facts, now):
        return None
    if facts.availability.delays_captures:
        return refuse.later()
    return _unavailable(facts, now)


def _stopped(media: Media, *, is_insider: bool) -> Decision | None:
    if media.state == "held":
        return _held(media)
    if media.state in ("waiting", "rejected") and is_insider:
        return None
    return refuse.by_state(media.state)


def _held(media: Media) -> Decision | None:
    """Its owner may play it while it is looked into, unless the hold is a legal one (R43), and if it could play."""
    if not media.is_owner or media.is_hold_legal:
        return refuse.by_state("held")
    if media.keeping != "ONLINE":
        return refuse.by_state(media.keeping.lower()) or refuse.recycled()
    return None if media.is_ready else refuse.by_state("processing")


def _original(facts: RecordingFacts) -> Decision | None:
    if facts.original is None:
        return None
    if facts.original.keeping in ("PURGED", "RECYCLED"):
        return refuse.original_deleted()
    return _stopped(facts.original, is_insider=facts.original.is_owner)


def _unavailable(facts: RecordingFacts, now: datetime) -> Decision | None:
    found = obstacle(facts.availability, now)
    return refuse.unavailable(found, facts.availability) if found else None


def _listed(facts: RecordingFacts, now: datetime) -> Decision | None:
    """Who follows it sees it whatever its state, but in the bin; others see what plays, and the archived (R121)."""
    if binned := _in_bin(facts):
        return binned
    if _is_insider(facts, now) or permits(facts, Action.SEE_PROGRESS, now):
        return None
    return _through(facts, now)


def _reached(facts: RecordingFacts, now: datetime) -> Decision | None:
    """What `_play` asks, of something that is in the archive or on its way back from it."""
    if facts.state not in ("archived", "restoring"):
        return _play(facts, now)
    if _is_insider(facts, now):
        return None
    if facts.media.publication in ("WAITING", "REJECTED"):
        return refuse.by_state(facts.media.publication.lower())
    return _unavailable(facts, now)


def _restore(facts: RecordingFacts, now: datetime) -> Decision | None:
    """R119: whoever may view it; who looks after it may too, whatever stands between it and its viewers. Through a copy by
    reference what it plays is had back (R140)."""
    if binned := _in_bin(facts):
        return binned
    return None if permits(facts, Action.SEE_METADATA, now) else _through(facts, now)


def _through(facts: RecordingFacts, now: datetime) -> Decision | None:
    """What `_reached` says; and a copy by reference stands where it is while what it plays is in the archive (R121)."""
    if facts.state in ("archived", "restoring") or not _plays_archived(facts):
        return _reached(facts, now)
    return _stopped(facts.media, is_insider=False) or _unavailable(facts, now)


def _plays_archived(facts: RecordingFacts) -> bool:
    original = facts.original
    is_away = original is not None and original.state in ("archived", "restoring")
    return is_away and original is not None and original.publication not in ("WAITING", "REJECTED")


def _comment(facts: RecordingFacts, now: datetime) -> Decision | None:
    return _handle(facts, now) if permits(facts, Action.MODERATE, now) else _play(facts, now)


def _handle(facts: RecordingFacts, now: datetime) -> Decision | None:
    """Nothing is done to what lies in the bin but to take it out."""
    return refuse.recycled() if facts.media.keeping == "RECYCLED" else None


def _change(facts: RecordingFacts, now: datetime) -> Decision | None:
    """R121: what is in the archive is not edited or copied."""
    if facts.media.keeping in ("ARCHIVED", "RESTORING"):
        return refuse.by_state(facts.media.keeping.lower())
    return _handle(facts, now)


def _keep(facts: RecordingFacts, now: datetime) -> Decision | None:
    return None


_Then = Callable[[RecordingFacts, datetime], Decision | None]
# An action that is not here is about a recording in any state, its tombstone included.
_THEN: Mapping[Action, _Then] = {
    **dict.fromkeys(PLAYING, _play),
    **dict.fromkeys(CHANGING, _change),
    **dict.fromkeys(HANDLING, _handle),
    **dict.fromkeys(KEEPING, _keep),
    Action.LIST: _listed,
    Action.RESTORE_FROM_ARCHIVE: _restore,
    Action.COMMENT: _comment,
}
