"""What of a rendition stays when parts of the recording are cut: whole segments as they lie in its file, and ranges at
the edges that have to be encoded anew. Times are in the units of the rendition's own clock.

A picture's edge is one range. Sound is cut to the sample although its packets are not: what lies between two whole
segments, across any number of cuts, is encoded in one piece (a `Seam`), so that no packet boundary has to meet a cut.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cathedra.domain.playback._segments import Segment, target_seconds

# What the playlists of edited recordings, their captions and what they are found by are made like. Whoever changes that
# raises it: what was made of another number is made anew in the night, and no operator has to do it.
EDITED_FORM = 1
_LEAST_S = 0.5  # shorter segments are passed over by players: an edge takes its neighbour in


@dataclass(frozen=True, slots=True)
class Range:
    """From `begins` to before `ends`."""

    begins: int
    ends: int

    @property
    def lasts(self) -> int:
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Whole:
    """A segment that stays as it is: its number in the rendition, and which kept part of the recording it is in."""

    number: int
    part: int


@dataclass(frozen=True, slots=True)
class Seam:
    """What is encoded anew between whole segments: ranges of the original, each in its kept part."""

    ranges: tuple[Range, ...]
    parts: tuple[int, ...]

    @property
    def lasts(self) -> int:
        return sum(one.lasts for one in self.ranges)


KeptStretch = Whole | Seam


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment of the edited playlist: bytes of the one file of the version, and those of its header there. `part`
    counts the kept parts of the recording: where it grows, the clock jumps. `made_of`: the edge that it was copied from."""

    header_bytes: int
    header_offset: int
    offset: int
    length: int
    lasts: float
    part: int
    made_of: str = ""


def kept_ranges(
    kept: Sequence[tuple[int, int]], *, duration_ms: int, units: int, begins: int, ends: int
) -> tuple[Range, ...]:
    """Kept parts in milliseconds as ranges of a rendition that itself goes from `begins` to `ends`. What is kept to the
    recording's end is kept to the rendition's."""
    found = []
    for start_ms, end_ms in kept:
        first = begins if start_ms == 0 else max(begins, _units(start_ms, units))
        last = ends if end_ms >= duration_ms else min(ends, _units(end_ms, units))
        if last > first:
            found.append(Range(first, last))
    return tuple(found)


def picture_stretches(segments: Sequence[Range], kept: Sequence[Range], *, units: int) -> tuple[KeptStretch, ...]:
    """Whole segments and edges in order, an edge for each end of a kept part that is not where a segment begins."""
    return tuple(stretch for part, span in enumerate(kept) for stretch in _stretches(segments, span, part, units))


def sound_stretches(segments: Sequence[Range], kept: Sequence[Range], *, units: int) -> tuple[KeptStretch, ...]:
    """The same with the edges between two whole segments joined to one seam."""
    joined: list[KeptStretch] = []
    for stretch in picture_stretches(segments, kept, units=units):
        last = joined[-1] if joined else None
        if isinstance(stretch, Seam) and isinstance(last, Seam):
            joined[-1] = Seam(last.ranges + stretch.ranges, last.parts + stretch.parts)
        else:
            joined.append(stretch)
    return tuple(joined)


def _stretches(segments: Sequence[Range], span: Range, part: int, units: int) -> list[KeptStretch]:
    inside = [n for n, one in enumerate(segments) if span.begins <= one.begins and one.ends <= span.ends]
    least = round(_LEAST_S * units)
    if inside and 0 < segments[inside[0]].begins - span.begins < least:
        inside.pop(0)
    if inside and 0 < span.ends - segments[inside[-1]].ends < least:
        inside.pop()
    if not inside:
        return [Seam((span,), (part,))]
    first, last = segments[inside[0]].begins, segments[inside[-1]].ends
    before = [Seam((Range(span.begins, first),), (part,))] if first > span.begins else []
    after = [Seam((Range(last, span.ends),), (part,))] if span.ends > last else []
    return [*before, *(Whole(n, part) for n in inside), *after]


def seam_name(rendition: str, seam: Seam) -> str:
    """The stem of the file that an edge is kept in. The same cut has the same name in every version."""
    told = ",".join(f"{one.begins}-{one.ends}" for one in seam.ranges)
    return f"cut-{rendition}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Packets:
    """Packets of a seam of sound that belong to one kept part: how many, what the first one's time is on that part's
    clock, and how long they last in the playlist."""

    count: int
    begins: int
    lasts: int
    part: int


@dataclass(frozen=True, slots=True)
class Sound:
    """A seam of sound in packets. `fill`: samples of silence before its last range, or, negative, samples of that range
    left out. `heard`: samples of all packets that are heard."""

    packets: tuple[Packets, ...]
    fill: int
    heard: int


def sound_packets(seam: Seam, *, packet: int, goes_on: bool) -> Sound:
    """Packets begin where those of the segment before end, and end where those of the segment after begin
    (`goes_on`): decoders add each packet to the one before, and would garble the first after one of another rhythm. What
    that asks for, at most half a packet, is filled or left out at the last cut; without one, at the beginning."""
    has_cut = len(seam.ranges) > 1
    if not goes_on:
        total, fill = -(-seam.lasts // packet), 0
    elif has_cut:
        total = round(seam.lasts / packet)
        fill = total * packet - seam.lasts
    else:
        total = seam.lasts // packet
        fill = total * packet - seam.lasts
    found: list[Packets] = []
    taken = before = 0
    for number, (one, part) in enumerate(zip(seam.ranges, seam.parts, strict=True)):
        is_last = number == len(seam.ranges) - 1
        until = total if is_last else round((before + one.lasts) / packet)
        begins = one.ends - (total - taken) * packet if is_last and goes_on else one.begins + taken * packet - before
        lasts = seam.lasts - sum(each.lasts for each in found) if is_last else (until - taken) * packet
        if until > taken:
            found.append(Packets(until - taken, begins, lasts, part))
        taken, before = max(taken, until), before + one.lasts
    return Sound(tuple(found), fill, total * packet if goes_on else seam.lasts)


def edited_playlist(entries: Sequence[Entry], file_name: str) -> str:
    """The Media Playlist of what is kept: a discontinuity at every cut, the header named again where another one counts.
    The edges that it holds are named in comments, for whoever clears away."""
    lasting = [Segment(one.offset, one.length, 0.0, one.lasts) for one in entries]
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_seconds(lasting)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    before: Entry | None = None
    for entry in entries:
        is_cut = before is not None and before.part != entry.part
        if is_cut:
            lines.append("#EXT-X-DISCONTINUITY")
        if entry.made_of and (before is None or before.made_of != entry.made_of):
            lines.append(f"# {entry.made_of}")
        if before is None or is_cut or before.header_offset != entry.header_offset:
            named = header_name(file_name, entry.header_offset)
            lines.append(f'#EXT-X-MAP:URI="{named}",BYTERANGE="{entry.header_bytes}@{entry.header_offset}"')
        lines.append(f"#EXTINF:{entry.lasts:.6f},")
        lines.append(f"#EXT-X-BYTERANGE:{entry.length}@{entry.offset}")
        lines.append(file_name)
        before = entry
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def header_name(file_name: str, offset: int) -> str:
    """Each header has an address of its own: hls.js takes those of one address for one, and would go on with the first."""
    return f"{file_name}?header={offset}" if offset else file_name


def edited_prefix(version: int) -> str:
    """What the files of an edited version are kept under; those of the unedited recording under nothing. Nobody writes
    it into an address: whoever may have the version only is given it whatever name they ask for."""
    return f"e{version}-" if version else ""


def edited_name(version: int, rendition: str) -> str:
    """The file of a version that its playlist names. It says its version again: who still holds the playlist of another
    one must not be given bytes of this."""
    return f"{rendition}-v{version}.mp4"


def _units(ms: int, units: int) -> int:
    return (ms * units + 500) // 1000
