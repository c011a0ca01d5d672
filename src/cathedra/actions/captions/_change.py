"""What people do with captions: save, upload, find and replace, delete (R209)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cathedra.actions.captions._jobs import files_job, listening_job
from cathedra.actions.captions._may import lost_race, no_language, right_to_change
from cathedra.actions.copies import Right
from cathedra.db.reads import captions as reads
from cathedra.db.reads import content
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import captions as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import library
from cathedra.domain.library import UNEDITED, CaptionOrigin, CaptionTimes, Cue, Fault, Wanted
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

Version = int

_WHICH_TIMES = _(
    "Parts of this recording are cut. Say whether the times in the file are those that viewers see, or those of the uncut "
    "recording."
)

_NO_TIME = _(
    "The caption “{text}” ends when it begins or before, so nobody would see it. Let it end later, or remove it."
)


@dataclass(frozen=True, slots=True)
class SavedCue:
    """A cue as the editor saves it. `is_checked`: a person says that its words are right, doubtful or not."""

    cue: Cue
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """What came of it; with a yes the version that the captions have now, and how many places were replaced."""

    decision: Decision
    version: Version = 0
    count: int = 0


def save_captions(
    recording_id: RecordingId,
    language: str,
    *,
    cues: Sequence[SavedCue],
    version: Version,
    actor: Actor,
    now: datetime,
) -> Saving:
    """The whole track as somebody edited it. `version` is the one they began with, 0 for a language that had none:
    CONFLICT when it is another by now. Raises RecordingNotFound."""

    def edited(before: reads.Track | None) -> tuple[Cue, ...]:
        known = library.with_words([saved.cue for saved in cues], before.cues if before else ())
        return library.clean_cues(
            library.checked(cue) if saved.is_checked else cue for cue, saved in zip(known, cues, strict=True)
        )

    if len(cues) > library.CUES_MOST:
        return Saving(deny(Code.BAD_REQUEST, "R209", _("These are more captions than one recording can have.")))
    lasting_no_time = next(
        (one.cue for one in cues if one.cue.text.strip() and one.cue.end_ms <= one.cue.start_ms), None
    )
    if lasting_no_time:
        right = right_to_change(recording_id, actor=actor, now=now)
        unseen = deny(Code.BAD_REQUEST, "R209", _NO_TIME, text=lasting_no_time.text.strip()[:60])
        return Saving(unseen if right.decision.is_permitted else right.decision)
    return _change(
        recording_id, language, edited, verb="captions:edit", origin=CaptionOrigin.EDITED, version=version, actor=actor,
        now=now,
    )  # fmt: skip


def upload_captions(
    recording_id: RecordingId,
    language: str,
    *,
    data: bytes,
    name: str = "",
    replaces: bool = False,
    times: CaptionTimes | None = None,
    actor: Actor,
    now: datetime,
) -> Saving:
    """A WebVTT or SRT file becomes the captions of a language. `replaces`: those that are there, if any, go. `times`: which
    timeline those in the file are on; of a recording that is cut it has to be said. Raises RecordingNotFound."""
    right = right_to_change(recording_id, actor=actor, now=now)
    if not right.decision.is_permitted:
        return Saving(right.decision)
    tidy = library.clean_language(language)
    if not tidy:
        return Saving(no_language())
    before = reads.find_track(right.media_id, tidy)
    if before is not None and not replaces:
        return Saving(_there_are_some(tidy))
    edits = content.edits_of(right.media_id)
    if edits.cuts and times is None:
        return Saving(deny(Code.BAD_REQUEST, "R209", _WHICH_TIMES))
    edits = edits if times is CaptionTimes.EDITED else UNEDITED
    whole_ms = reads.duration_of(right.media_id)
    found = library.read_captions(data, duration_ms=edits.length_ms(whole_ms) if whole_ms else None)
    if isinstance(found, Fault):
        return Saving(deny(Code.BAD_REQUEST, "R209", found.sentence, **found.values))

    def placed(before: reads.Track | None) -> tuple[Cue, ...]:
        return library.uncut_cues(found, edits, before.cues if before else ())

    return _change(
        recording_id, tidy, placed, verb="captions:upload", origin=CaptionOrigin.UPLOADED,
        version=before.version if before else 0, actor=actor, now=now, name=name[:200],
    )  # fmt: skip


def _there_are_some(language: str) -> Decision:
    return deny(
        Code.CONFLICT,
        "R209",
        _("There are captions in this language ({language}) already. Say that the file shall replace them."),
        language=language,
    )


def reword_captions(
    recording_id: RecordingId,
    language: str,
    *,
    wanted: Wanted,
    instead: str,
    version: Version,
    actor: Actor,
    now: datetime,
) -> Saving:
    """Find and replace over all of them. Finding nothing changes nothing. Raises RecordingNotFound, TrackNotFound."""
    if wanted.is_empty:
        return Saving(deny(Code.BAD_REQUEST, "R209", _("Say what to look for.")))
    right = right_to_change(recording_id, actor=actor, now=now)
    if not right.decision.is_permitted:
        return Saving(right.decision)
    before = reads.get_track(right.media_id, library.clean_language(language))
    cues, count = library.reword(before.cues, wanted, instead)
    if not count:
        return Saving(permit(), before.version) if before.version == version else Saving(lost_race())
    saved = _change(
        recording_id, language, lambda _before: cues, verb="captions:reword", origin=CaptionOrigin.EDITED,
        version=version, actor=actor, now=now, find=wanted.text, instead=instead, places=count,
    )  # fmt: skip
    return replace(saved, count=count if saved.decision.is_permitted else 0)


def delete_captions(
    recording_id: RecordingId, language: str, *, version: Version, actor: Actor, now: datetime
) -> Decision:
    """The captions of a language go. Raises RecordingNotFound, TrackNotFound."""
    tidy = library.clean_language(language)
    with transaction():
        right = right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        before = reads.get_track(right.media_id, tidy)
        if not writes.delete_track(right.media_id, tidy, expected=version):
            return lost_race()
        told = {"language": tidy, "origin": before.origin, "cues": len(before.cues)}
        _follow(right, "captions:delete", told, actor=actor, now=now)
    return permit()


def copy_captions(original_id: RecordingId, copy_id: RecordingId, *, now: datetime) -> None:
    """For the verb that makes a full copy, inside its transaction (R200)."""
    if writes.copy_tracks(original_id, copy_id, now=now):
        search.touch(copy_id)
    jobs.enqueue([listening_job(copy_id)])  # which writes the files, and listens if nobody has


def _change(
    recording_id: RecordingId,
    language: str,
    make: Callable[[reads.Track | None], tuple[Cue, ...]],
    *,
    verb: str,
    origin: CaptionOrigin,
    version: Version,
    actor: Actor,
    now: datetime,
    **told: object,
) -> Saving:
    tidy = library.clean_language(language)
    if not tidy:
        return Saving(no_language())
    with transaction():
        right = right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return Saving(right.decision)
        before = reads.find_track(right.media_id, tidy, lock=True)
        cues = make(before)
        if not cues:
            return Saving(deny(Code.BAD_REQUEST, "R209", _("No caption is left. Delete the language instead.")))
        is_spoken = before.is_spoken if before else not reads.list_tracks(right.media_id)
        if not writes.set_track(
            right.media_id, tidy, cues=cues, origin=origin, expected=version, is_spoken=is_spoken,
            by=actor.account_id, now=now,
        ):  # fmt: skip
            return Saving(lost_race())
        _follow(right, verb, {"language": tidy, "cues": len(cues), **told}, actor=actor, now=now)
    return Saving(permit(), version + 1)


def _follow(right: Right, verb: str, told: dict[str, object], *, actor: Actor, now: datetime) -> None:
    """What follows every change, inside its transaction."""
    audit.record(
        actor, verb, target_kind="recording", target_id=right.media_id, now=now, facts={**told, **right.used(now)}
    )
    search.touch(right.media_id)
    jobs.enqueue([files_job(right.media_id)])
