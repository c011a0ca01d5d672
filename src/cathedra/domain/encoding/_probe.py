"""What was found in a file by reading all of it, as facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Problem(StrEnum):
    """Why a file could not be read at all."""

    NOT_MEDIA = "NOT_MEDIA"
    NO_INDEX = "NO_INDEX"
    TOO_MANY_STREAMS = "TOO_MANY_STREAMS"
    PICTURE_TOO_LARGE = "PICTURE_TOO_LARGE"
    PICTURE_TOO_SMALL = "PICTURE_TOO_SMALL"
    TOO_MANY_FRAMES = "TOO_MANY_FRAMES"
    TOO_LONG = "TOO_LONG"
    TOO_COSTLY = "TOO_COSTLY"


@dataclass(frozen=True, slots=True)
class Picture:
    """A moving picture. Width and height are before rotation and pixel aspect; times count from the file's own zero."""

    index: int
    codec: str
    profile: str
    pixel_format: str
    bit_depth: int
    chroma: str  # 420, 422, 444, 400, or empty when unknown
    width: int
    height: int
    pixel_aspect: tuple[int, int]
    rotation: int  # 0, 90, 180 or 270 degrees
    frame_rate: float
    is_variable: bool
    is_interlaced: bool
    transfer: str  # bt709, smpte2084, arib-std-b67, ...
    start_us: int
    duration_ms: int
    frames: int
    key_frames: int
    longest_key_gap_ms: int
    is_closed: bool  # every key frame is one that a segment may begin with
    has_sane_times: bool
    flat_share: float  # of the picture, how much its four commonest shades cover; the median of some key frames
    last_ms: int = 0  # how long the last picture stands

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as a person sees it, in square pixels."""
        across, down = self.pixel_aspect
        width = round(self.width * across / down) if across > 0 and down > 0 else self.width
        return (self.height, width) if self.rotation in (90, 270) else (width, self.height)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound track."""

    index: int
    codec: str
    profile: str
    channels: int
    sample_rate: int
    language: str
    title: str
    start_us: int
    duration_ms: int
    hole_ms: int  # how much longer it lasts than it has sound for
    has_sane_times: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """A whole file. With a `problem` nothing else is known. `may_copy` turns false when copying it once failed."""

    demuxer: str
    stated_ms: int
    duration_ms: int
    pictures: tuple[Picture, ...] = ()
    sounds: tuple[Sound, ...] = ()
    problem: Problem | None = None
    begins_us: int = 0  # what ffmpeg takes for the beginning when it starts its clock at zero
    may_copy: bool = True


def probe_to_json(probe: Probe) -> dict[str, Any]:
    """As it is kept with the source."""
    return asdict(probe)


def probe_from_json(kept: Mapping[str, Any]) -> Probe:
    """The inverse of `probe_to_json`."""
    return Probe(
        demuxer=kept["demuxer"],
        stated_ms=kept["stated_ms"],
        duration_ms=kept["duration_ms"],
        pictures=tuple(Picture(**{**one, "pixel_aspect": tuple(one["pixel_aspect"])}) for one in kept["pictures"]),
        sounds=tuple(Sound(**one) for one in kept["sounds"]),
        problem=Problem(kept["problem"]) if kept.get("problem") else None,
        begins_us=kept.get("begins_us", 0),
        may_copy=kept.get("may_copy", True),
    )


def problem_probe(problem: Problem) -> Probe:
    """A file that could not be read."""
    return Probe(demuxer="", stated_ms=0, duration_ms=0, problem=problem)
