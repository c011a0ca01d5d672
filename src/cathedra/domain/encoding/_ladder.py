"""The ladder: which renditions are made, as people decided it in policies/ladder.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class WrongLadder(Exception):
    """The policy text cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused outright."""

    max_streams: int
    min_side: int
    max_side: int
    max_pixels: int
    max_frames: int


@dataclass(frozen=True, slots=True)
class Rungs:
    """Heights for one kind of picture, highest first; below the top at most `max_lower` of them are made."""

    heights: tuple[int, ...]
    max_lower: int
    crf: int
    max_kbps: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole policy."""

    version: int
    screen: Rungs
    camera: Rungs
    first_height: int
    segment_ms: int
    sound_kbps: int
    min_flat_share: float
    max_copy_height: int
    max_key_gap_ms: int
    max_start_gap_ms: int
    max_sound_gap_ms: int
    limits: Limits


def parse_ladder(text: Mapping[str, Any]) -> Ladder:
    """Check a policy document and make it a value. Raises WrongLadder with a sentence."""
    try:
        ladder = Ladder(
            version=int(text["version"]),
            screen=_rungs(text["screen"]),
            camera=_rungs(text["camera"]),
            first_height=int(text["first"]["height"]),
            segment_ms=int(text["segments"]["seconds"] * 1000),
            sound_kbps=int(text["sound"]["kbps"]),
            min_flat_share=float(text["kind"]["min_flat_share"]),
            max_copy_height=int(text["copy"]["max_height"]),
            max_key_gap_ms=int(text["copy"]["max_key_gap_ms"]),
            max_start_gap_ms=int(text["copy"]["max_start_gap_ms"]),
            max_sound_gap_ms=int(text["copy"]["max_sound_gap_ms"]),
            limits=Limits(**text["limits"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WrongLadder(f"ladder: {error}") from error
    if ladder.segment_ms < 1000 or ladder.segment_ms > ladder.max_key_gap_ms:
        raise WrongLadder("ladder: segments.seconds must be at least 1 and at most copy.max_key_gap_ms.")
    return ladder


def _rungs(table: Mapping[str, Any]) -> Rungs:
    heights = tuple(int(height) for height in table["heights"])
    if not heights or list(heights) != sorted(set(heights), reverse=True) or any(h % 2 for h in heights):
        raise WrongLadder("ladder: heights must be even, each once, highest first.")
    caps = {int(height): int(rate) for height, rate in table.get("max_kbps", {}).items()}
    if missing := [height for height in heights if caps and height not in caps]:
        raise WrongLadder(f"ladder: no max_kbps for {missing[0]} lines.")
    return Rungs(heights, int(table["max_lower"]), int(table["crf"]), caps)
