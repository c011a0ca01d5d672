"""Decide what becomes of a file that somebody adds as an audio description (R212)."""

from cathedra.domain.encoding._plan import Plan, Refusal, SoundPlan, clock
from cathedra.domain.encoding._probe import Probe, Problem
from cathedra.domain.encoding._words import Note, StreamRole
from cathedra.domain.terms import gettext_noop as _

LENGTH_TOLERANCE_MS = 2000
_NO_SOUND = _(
    "There is no sound in this file that can be read. Save it as WAV, FLAC, M4A, MP3 or Opus and add that file."
)
_TOO_COSTLY = _(
    "Reading this file took more time or memory than a sound ever needs, so it was stopped. Save it as WAV, FLAC, M4A, MP3 "
    "or Opus and add that file."
)
_OTHER_LENGTH = _(
    "This file lasts {said}, and the recording {wanted}. The description is heard instead of the recording's own sound, so "
    "both have to be equally long, before anything is cut. Export it from the very beginning of the recording to its end, "
    "and add that file."
)


def plan_description(probe: Probe, *, name: str, lasts_ms: int) -> Plan | Refusal:
    """The first sound of the file, encoded to last exactly as long as the recording before anything is cut: what is missing
    or too much by at most LENGTH_TOLERANCE_MS, as programs that export sound leave behind, is filled with silence or left
    out at the end. A length that differs by more is refused: nobody could tell from outside which end of it is wrong."""
    if probe.problem is Problem.TOO_COSTLY:
        return Refusal(Note(_TOO_COSTLY))
    usable = [sound for sound in probe.sounds if sound.duration_ms > 0 and sound.channels > 0]
    if probe.problem or not usable:
        return Refusal(Note(_NO_SOUND))
    sound = usable[0]
    if abs(sound.duration_ms - lasts_ms) > LENGTH_TOLERANCE_MS:
        return Refusal(Note(_OTHER_LENGTH, {"said": clock(sound.duration_ms), "wanted": clock(lasts_ms)}))
    return Plan(
        role=StreamRole.AUDIO,
        picture=None,
        first=None,
        sounds=(SoundPlan(name, sound, is_copy=False, lasts_ms=lasts_ms),),
        duration_ms=lasts_ms,
        begins_us=max(0, sound.start_us),
    )
