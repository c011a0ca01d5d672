"""Decide what becomes of a file: copied, encoded, left out or refused."""

from dataclasses import dataclass

from cathedra.domain.encoding._ladder import Ladder, Rungs
from cathedra.domain.encoding._probe import Picture, Probe, Problem, Sound
from cathedra.domain.encoding._words import Note, StreamRole
from cathedra.domain.terms import gettext_noop as _

_PROBLEMS = {
    Problem.NOT_MEDIA: _("There is no sound or picture in this file that can be read. Is it really a recording?"),
    Problem.NO_INDEX: _(
        "The file ends before its index, so nothing in it can be found. It was probably cut off while it was being "
        "written or copied. Please copy it again from where it was made, and upload that."
    ),
    Problem.TOO_MANY_STREAMS: _("The file holds more tracks than a recording can have."),
    Problem.PICTURE_TOO_LARGE: _("The picture is larger than can be played: at most {most} pixels a side."),
    Problem.PICTURE_TOO_SMALL: _("The picture is too small to be seen: at least {least} pixels a side."),
    Problem.TOO_MANY_FRAMES: _("The file holds more pictures than a recording can have."),
    Problem.TOO_LONG: _("The recording is longer than {hours} hours, the most that is accepted."),
    Problem.TOO_COSTLY: _("Reading the file took more time or memory than a recording ever needs, so it was stopped."),
}
_SHORTER = _("The file says that it lasts {said}, but what is in it lasts {kept}. That is what can be watched.")
_MORE_PICTURES = _("The file holds more than one picture. The first is used; upload the other as a second stream.")
_SOUND_UNUSABLE = _("A sound track could not be read and was left out.")
_SECOND_SOUND = _("The sound of the second file was left out, because the first file has sound.")
_HDR = frozenset({"smpte2084", "arib-std-b67"})
LEAST_RATE = 1  # pictures a second: what has fewer is not copied, and each is repeated while it stands
_TRUST_STATED_WITHIN_MS = 2000


@dataclass(frozen=True, slots=True)
class Refusal:
    """The file cannot be used; the original is kept."""

    note: Note


@dataclass(frozen=True, slots=True)
class VideoPlan:
    """One rendition of the picture, in square pixels, upright. `max_kbps` 0: no cap."""

    name: str
    width: int
    height: int
    is_copy: bool
    crf: int = 0
    max_kbps: int = 0


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """One sound rendition. `lasts_ms` 0: as long as its sound; else filled or cut at its end to last so long."""

    name: str
    sound: Sound
    is_copy: bool
    lasts_ms: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of one file. `first` is made before anybody can watch; `lower_renditions` says the rest.

    The recording's zero is at `begins_us` of the file's own clock.
    """

    role: StreamRole
    picture: Picture | None
    first: VideoPlan | None
    sounds: tuple[SoundPlan, ...]
    duration_ms: int
    begins_us: int
    dropped: tuple[Note, ...] = ()

    @property
    def is_copy(self) -> bool:
        """Nothing has to be encoded before it plays."""
        return (self.first is None or self.first.is_copy) and all(sound.is_copy for sound in self.sounds)


def plan(
    probe: Probe, ladder: Ladder, *, position: int = 0, max_hours: int = 24, has_sound_already: bool = False
) -> Plan | Refusal:
    """Decide for one file, `position` 0 for the first and 1 for the second stream (R6, R59).

    A file whose picture cannot be used is refused even when it has sound: silence would be a surprise, a sentence is
    not. `has_sound_already` says that the first file gave the recording its sound.
    """
    if problem := probe.problem or _beyond_limits(probe, ladder, max_hours):
        limits = ladder.limits
        values = {"most": str(limits.max_side), "least": str(limits.min_side), "hours": str(max_hours)}
        return Refusal(Note(_PROBLEMS[problem], values))
    picture = probe.pictures[0] if probe.pictures else None
    usable = [sound for sound in probe.sounds if sound.duration_ms > 0 and sound.channels > 0]
    sounds = [] if has_sound_already else usable
    if picture is None and not sounds:
        return Refusal(Note(_PROBLEMS[Problem.NOT_MEDIA]))
    first = _first(picture, sounds, ladder, position, may_be_copied=probe.may_copy) if picture else None
    begins_us = probe.begins_us if first and not first.is_copy else _beginning_us(picture, sounds)
    planned = tuple(
        _sound_plan(n, s, ladder, begins_us, position, may_be_copied=probe.may_copy) for n, s in enumerate(sounds)
    )
    return Plan(
        role=StreamRole.AUDIO if picture is None else StreamRole.SECONDARY if position else StreamRole.PRIMARY,
        picture=picture,
        first=first,
        sounds=planned,
        duration_ms=probe.duration_ms,
        begins_us=begins_us,
        dropped=_dropped(probe, usable, has_sound_already=has_sound_already),
    )


def lower_renditions(made: Plan, ladder: Ladder, *, is_screen: bool) -> tuple[VideoPlan, ...]:
    """Every rendition of the picture still to be encoded after `made.first`: never larger than it, highest first.

    When the first is not a copy, the picture's own height (at most the ladder's top) is among them.
    """
    if made.picture is None or made.first is None:
        return ()
    rungs = ladder.screen if is_screen else ladder.camera
    position = 1 if made.role is StreamRole.SECONDARY else 0
    short = min(made.picture.shown_size)
    top = min(_even(short), rungs.heights[0])
    heights = set([height for height in rungs.heights if height < top][: rungs.max_lower])
    if not made.first.is_copy:
        heights.add(top)
    planned = (_video_plan(made.picture, height, rungs, position) for height in sorted(heights, reverse=True))
    return tuple(one for one in planned if one.name != made.first.name)


def may_copy(picture: Picture, ladder: Ladder) -> bool:
    """Whether the picture's own bits play in every browser and may be cut into segments."""
    return (
        picture.codec == "h264"
        and picture.bit_depth == 8
        and picture.chroma == "420"
        and picture.rotation == 0
        and not picture.is_interlaced
        and picture.has_sane_times
        and picture.frame_rate >= LEAST_RATE
        and picture.is_closed
        and picture.longest_key_gap_ms <= ladder.max_key_gap_ms
        and _fits_upright(picture, ladder)
    )


def _fits_upright(picture: Picture, ladder: Ladder) -> bool:
    short, long = sorted(picture.shown_size)
    return short <= ladder.max_copy_height and long <= ladder.max_copy_height * 2


def is_screen(picture: Picture, ladder: Ladder) -> bool:
    """Slides or a desktop rather than a camera: paper and letters are a few exact shades, the world is not."""
    return picture.flat_share >= ladder.min_flat_share


def needs_tone_mapping(picture: Picture) -> bool:
    """High dynamic range has to be brought into what every screen shows."""
    return picture.transfer in _HDR


def _beyond_limits(probe: Probe, ladder: Ladder, max_hours: int) -> Problem | None:
    limits = ladder.limits
    if probe.duration_ms > max_hours * 3_600_000:
        return Problem.TOO_LONG
    if len(probe.pictures) + len(probe.sounds) > limits.max_streams:
        return Problem.TOO_MANY_STREAMS
    for picture in probe.pictures:
        sides = (picture.width, picture.height, *picture.shown_size)
        if max(sides) > limits.max_side or picture.width * picture.height > limits.max_pixels:
            return Problem.PICTURE_TOO_LARGE
        if min(sides) < limits.min_side:
            return Problem.PICTURE_TOO_SMALL
        if picture.frames > limits.max_frames:
            return Problem.TOO_MANY_FRAMES
    return None


def _beginning_us(picture: Picture | None, sounds: list[Sound]) -> int:
    return picture.start_us if picture else max(0, min(sound.start_us for sound in sounds))


def _first(picture: Picture, sounds: list[Sound], ladder: Ladder, position: int, *, may_be_copied: bool) -> VideoPlan:
    short = min(picture.shown_size)
    early_us = picture.start_us - min((sound.start_us for sound in sounds), default=picture.start_us)
    if may_be_copied and may_copy(picture, ladder) and early_us <= ladder.max_start_gap_ms * 1000:
        width, height = picture.shown_size
        return VideoPlan(_name(position, short), width, height, is_copy=True)
    return _video_plan(picture, min(_even(short), ladder.first_height), ladder.screen, position)


def _sound_plan(
    number: int, sound: Sound, ladder: Ladder, begins_us: int, position: int, *, may_be_copied: bool
) -> SoundPlan:
    is_copy = (
        may_be_copied
        and sound.codec == "aac"
        and sound.profile == "LC"
        and 1 <= sound.channels <= 2
        and sound.has_sane_times
        and sound.hole_ms <= ladder.max_sound_gap_ms
        and abs(sound.start_us - begins_us) <= ladder.max_start_gap_ms * 1000
    )
    return SoundPlan(f"{'b' if position else 'a'}{number}", sound, is_copy)


def _video_plan(picture: Picture, short_side: int, rungs: Rungs, position: int) -> VideoPlan:
    width, height = picture.shown_size
    short = min(width, height)
    size = [max(2, _even(round(side * short_side / short))) for side in (width, height)]
    cap = min((rate for height, rate in rungs.max_kbps.items() if height >= short_side), default=0)
    return VideoPlan(_name(position, short_side), size[0], size[1], is_copy=False, crf=rungs.crf, max_kbps=cap)


def _name(position: int, short_side: int) -> str:
    return f"{'s' if position else 'p'}{short_side}"


def _even(side: int) -> int:
    return side - side % 2


def _dropped(probe: Probe, usable: list[Sound], *, has_sound_already: bool) -> tuple[Note, ...]:
    notes = []
    if probe.stated_ms - probe.duration_ms > max(_TRUST_STATED_WITHIN_MS, probe.stated_ms // 20):
        notes.append(Note(_SHORTER, {"said": clock(probe.stated_ms), "kept": clock(probe.duration_ms)}))
    if len(probe.pictures) > 1:
        notes.append(Note(_MORE_PICTURES))
    if len(usable) < len(probe.sounds):
        notes.append(Note(_SOUND_UNUSABLE))
    if has_sound_already and usable:
        notes.append(Note(_SECOND_SOUND))
    return tuple(notes)


def clock(ms: int) -> str:
    """A length as people read it: 1:02:03."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
