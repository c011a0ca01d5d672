"""Screen recordings that hardly move: few pictures at uneven times, as recorders write what stands still."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from cathedra.adapters.ffmpeg import Output, Source
from cathedra.adapters.probing import _scan
from cathedra.domain import encoding
from tests import media
from tests.media.renditions import LADDER, RENDERER

RATE = 10
SLIDES = "color=white:s={size}:r=10:d={lasts},drawbox=x=100:y=80:w=300:h=200:c=black:t=fill:enable='lt(mod(t,14),7)'"
STILL = "color=white:s={size}:r=10:d={lasts},drawbox=x=100:y=80:w=300:h=200:c=black:t=fill"


def clip(
    path: Path,
    shown: Sequence[int],
    *,
    until: int,
    b_frames: int,
    has_sound: bool,
    looks: str = STILL,
    size: str = "1280x720",
) -> float:
    """A file of the pictures shown at these tenths of a second. The last stands until `until` where the file can say so:
    where nothing is put in another order, in an MP4. Returns the second in which the picture ends."""
    lasts = (until - shown[-1]) / RATE if b_frames == 0 and path.suffix == ".mp4" else 1 / RATE
    pick = "+".join(f"eq(n\\,{number})" for number in shown)
    last = f"setts=pts=PTS:dts=DTS:duration=if(gte(PTS*TB\\,{(shown[-1] - 0.5) / RATE})\\,{lasts}/TB\\,DURATION)"
    sound = ["-f", "lavfi", "-i", f"sine=r=48000:d={until / RATE}", *media.AAC] if has_sound else []
    media.ffmpeg("-f", "lavfi", "-i", looks.format(size=size, lasts=(shown[-1] + 1) / RATE), *sound,
                 "-vf", f"select={pick}", "-fps_mode", "vfr", *media.X264, "-x264-params", "b-adapt=0",
                 "-bf", b_frames, "-enc_time_base", "1:1000", "-video_track_timescale", "1000",
                 "-bsf:v", last if path.suffix == ".mp4" else "null", path)  # fmt: skip
    return shown[-1] / RATE + lasts


def plan(path: Path) -> tuple[encoding.Plan, Source]:
    """What is decided for it; it is looked into in this process."""
    with path.open("rb", buffering=0) as file:
        found = _scan.scan(file, dataclasses.asdict(LADDER.limits))
    decided = encoding.plan(found, LADDER)
    assert isinstance(decided, encoding.Plan), (found, decided)
    return decided, Source(path, found.demuxer)


def ladder(path: Path, *, is_screen: bool = True) -> tuple[encoding.Plan, list[Output]]:
    """Everything that is made of it."""
    decided, source = plan(path)
    folder = path.parent / f"{path.stem}.work"
    folder.mkdir()
    made = RENDERER.make_first(source, decided, folder, is_screen=is_screen)
    lower = encoding.lower_renditions(decided, LADDER, is_screen=is_screen)
    more, _, _ = RENDERER.make_rest(source, decided, lower, folder, is_screen=is_screen)
    return decided, [*made, *more]
