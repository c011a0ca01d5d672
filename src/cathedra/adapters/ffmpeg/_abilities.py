"""What an ffmpeg has to be able to do for us, and what the one at hand lacks of it."""

import re
import subprocess
from pathlib import Path

from cathedra.domain.terms import UnableTo

# Everything that _arguments.py names; tests/adapters/test_ffmpeg_limits.py holds the two together.
ENCODERS = ("libx264", "aac", "mjpeg", "pcm_u8", "pcm_s16le")
FILTERS = (
    "yadif", "mpdecimate", "settb", "setpts", "zscale", "tonemap", "format", "split", "scale", "setsar", "select",
    "metadata", "tile", "fps", "interleave", "aresample", "asetpts", "drawbox", "crop",
)  # fmt: skip
BITSTREAM_FILTERS = ("aac_adtstoasc", "noise")
_LISTS = {"-encoders": ENCODERS, "-filters": FILTERS, "-bsfs": BITSTREAM_FILTERS}
_PATIENCE_S = 20


def missing(program: Path) -> list[str]:
    """What the ladder needs and this ffmpeg was built without. Raises UnableTo when it does not say."""
    return [name for what, names in _LISTS.items() for name in _lacking(program, what, names)]


def _lacking(program: Path, what: str, names: tuple[str, ...]) -> list[str]:
    try:
        listed = subprocess.run(
            [program, "-hide_banner", what],
            capture_output=True,
            text=True,
            check=True,
            timeout=_PATIENCE_S,
            stdin=subprocess.DEVNULL,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise UnableTo(f"{program} does not run as ffmpeg: it does not say what it can do.") from error
    there = {word for line in listed.splitlines() for word in re.split(r"[\s,]+", line.strip())[:2]}
    return [name for name in names if name not in there]
