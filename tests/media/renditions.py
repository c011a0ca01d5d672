"""A file through the probe, the plan and the renderer, as a worker takes it; and what a rendition turned out to be."""

from dataclasses import dataclass
from pathlib import Path

import av

from cathedra.adapters import policy_files
from cathedra.adapters.ffmpeg import Ffmpeg, Output, Scene, Source, Waveform
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain import encoding

LADDER = encoding.parse_ladder(policy_files.read("ladder"))
RENDERER = Ffmpeg(Encoding(), LADDER)


def plan(path: Path) -> tuple[encoding.Plan, Source]:
    """What is decided for a file that can be used."""
    found = Prober(Encoding()).probe(path, limits=LADDER.limits)
    decided = encoding.plan(found, LADDER)
    assert isinstance(decided, encoding.Plan), decided
    return decided, Source(path, found.demuxer)


def first(path: Path) -> tuple[encoding.Plan, dict[str, Output]]:
    """What has to be there before anybody can watch."""
    decided, source = plan(path)
    return decided, make_first(decided, source)


def make_first(decided: encoding.Plan, source: Source) -> dict[str, Output]:
    """The same of a plan that was made already."""
    folder = source.path.parent / "work"
    folder.mkdir(exist_ok=True)
    return {output.name: output for output in RENDERER.make_first(source, decided, folder, is_screen=False)}


def rest(
    path: Path, decided: encoding.Plan, source: Source | None = None, *, is_screen: bool = False
) -> tuple[list[Output], list[Scene], Waveform | None]:
    """Everything else, from one decode."""
    source = source or plan(path)[1]
    videos = encoding.lower_renditions(decided, LADDER, is_screen=is_screen)
    return RENDERER.make_rest(source, decided, videos, path.parent / "work", is_screen=is_screen)


@dataclass(frozen=True)
class Seen:
    """A picture rendition as a browser gets it."""

    profile: str
    pixel_formats: frozenset[str]
    sizes: frozenset[tuple[int, int]]
    rotations: frozenset[int]
    transfers: frozenset[int]
    is_square: bool


def look(output: Output) -> Seen:
    """Decode all of a rendition."""
    with av.open(str(output.path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        return Seen(
            profile=str(stream.codec_context.profile),
            pixel_formats=frozenset(frame.format.name for frame in frames),
            sizes=frozenset((frame.width, frame.height) for frame in frames),
            rotations=frozenset(frame.rotation for frame in frames),
            transfers=frozenset(int(frame.color_trc or 0) for frame in frames),
            is_square=stream.sample_aspect_ratio in (None, 0, 1),
        )
