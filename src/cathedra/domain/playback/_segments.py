"""Cut a file of fragments into segments, measure them, and write the Media Playlist (RFC 8216)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_ALMOST = 0.05  # seconds by which a segment may fall short of the wanted length


@dataclass(frozen=True, slots=True)
class Piece:
    """A fragment: bytes of a file, seconds of the recording's clock."""

    offset: int
    length: int
    begins: float
    lasts: float
    is_key: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring fragments that are fetched together; begins with a key frame."""

    offset: int
    length: int
    begins: float
    lasts: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Bits per second: the highest over a segment or so, and over all."""

    peak: int
    average: int


def cut(pieces: Sequence[Piece], *, seconds: float) -> tuple[Segment, ...]:
    """Join fragments until a segment lasts `seconds`; it lasts longer only when its key frames lie farther apart.

    Lengths follow from where segments begin, so that they add up to the whole without drift.
    """
    groups: list[list[Piece]] = []
    for piece in pieces:
        is_full = bool(groups) and piece.begins - groups[-1][0].begins >= seconds - _ALMOST
        if not groups or (piece.is_key and is_full):
            groups.append([])
        groups[-1].append(piece)
    ends = [group[0].begins for group in groups[1:]] + [max(p.begins + p.lasts for p in groups[-1])] if groups else []
    return tuple(
        Segment(
            offset=group[0].offset,
            length=group[-1].offset + group[-1].length - group[0].offset,
            begins=group[0].begins,
            lasts=max(end - group[0].begins, 0.001),
        )
        for group, end in zip(groups, ends, strict=True)
    )


def measure(segments: Sequence[Segment]) -> Rates:
    """The peak and average segment bit rates as RFC 8216 defines them: the peak is over every run of segments that
    lasts between half and one and a half target durations."""
    target = target_seconds(segments)
    peak = 0.0
    for first in range(len(segments)):
        size = lasts = 0.0
        for segment in segments[first:]:
            size, lasts = size + segment.length, lasts + segment.lasts
            if lasts > 1.5 * target:
                break
            if lasts >= 0.5 * target:
                peak = max(peak, size * 8 / lasts)
    whole = sum(segment.length for segment in segments) * 8 / max(0.001, sum(s.lasts for s in segments))
    return Rates(peak=math.ceil(max(peak, whole)), average=math.ceil(whole))


def target_seconds(segments: Sequence[Segment]) -> int:
    """EXT-X-TARGETDURATION: no segment lasts longer, rounded to the nearest second."""
    return max(1, *(math.floor(segment.lasts + 0.5) for segment in segments)) if segments else 1


def media_playlist(segments: Sequence[Segment], *, file_name: str, header_bytes: int) -> str:
    """A whole recording in one file, addressed by byte ranges."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_seconds(segments)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{file_name}",BYTERANGE="{header_bytes}@0"',
    ]
    for segment in segments:
        lines.append(f"#EXTINF:{segment.lasts:.6f},")
        lines.append(f"#EXT-X-BYTERANGE:{segment.length}@{segment.offset}")
        lines.append(file_name)
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])
