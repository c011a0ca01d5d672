"""An audio description (WCAG 1.2.5): a second sound of a recording, in which somebody also says what is shown."""

from dataclasses import dataclass

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

AUDIO_LIMIT_BYTES = 300 * 1024**2


@dataclass(frozen=True, slots=True)
class DescribedFacts:
    """Where a recording stands, as far as describing it goes."""

    is_playable: bool
    has_picture: bool


def decide_description(facts: DescribedFacts, *, language: str, size_bytes: int) -> Decision:
    """Whether a file may become the audio description of a recording that somebody may edit (R38 row 5, R212). What is in
    it is looked into later, by a job in a limited process. `language` is BCP 47, or empty when it was none."""
    if not facts.is_playable:
        return deny(Code.NOT_READY, "R41", _("An audio description can be added when the recording can be played."))
    if not facts.has_picture:
        return deny(
            Code.BAD_REQUEST,
            "R212",
            _("There is nothing to see in this recording, so there is nothing to describe. It is sound alone."),
        )
    if not language:
        return deny(Code.BAD_REQUEST, "R212", _("Say which language the description is in."))
    if not size_bytes:
        return deny(Code.BAD_REQUEST, "R59", _("This file is empty. Save the sound again and add that file."))
    if size_bytes > AUDIO_LIMIT_BYTES:
        return deny(
            Code.BAD_REQUEST,
            "R59",
            _("This file is larger than {megabytes} MB. Save the sound as FLAC, M4A or MP3 and add that file."),
            megabytes=str(AUDIO_LIMIT_BYTES // 1024**2),
        )
    return permit()


def description_name(sha256: str) -> str:
    """The stem of the files that are made of it: another file has other names, so nobody is given bytes of the one for
    those of the other."""
    return f"d{sha256[:12]}"
