"""One rendition, edited: a file of its own with the segments that are kept and edges that are encoded here, and its
playlist. What is cut is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cathedra.actions.encoding import Tools
from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import PACKET, Edge, Heard
from cathedra.domain import playback
from cathedra.domain.playback import Entry, KeptStretch, Range, Seam, Whole
from cathedra.domain.terms import RecordingId

_LEAD = 2 * PACKET  # of sound before an edge, for the encoder to run up


@dataclass(frozen=True, slots=True)
class Cut:
    """The edited playlist of one rendition, its file, and how many of its segments were encoded for it now."""

    playlist: str
    path: Path
    segments: int
    encoded: int


@dataclass(frozen=True, slots=True)
class _Rendition:
    recording_id: RecordingId
    name: str
    path: Path
    file: fragments.FragmentedFile
    segments: tuple[playback.Segment, ...]
    ranges: tuple[Range, ...]  # of the segments, in units

    @property
    def units(self) -> int:
        return self.file.header.units_per_second


def cut_rendition(
    tools: Tools,
    recording_id: RecordingId,
    name: str,
    *,
    version: int,
    kept: Sequence[tuple[int, int]],
    duration_ms: int,
    folder: Path,
) -> Cut:
    """Edges that are in the store already are not encoded again. Raises RunFailed."""
    with tools.store.local_copy(f"stream/{recording_id}/{name}.mp4") as path:
        one = _opened(tools, recording_id, name, path.absolute())
        ranges = playback.kept_ranges(
            kept,
            duration_ms=duration_ms,
            units=one.units,
            begins=one.ranges[0].begins,
            ends=one.ranges[-1].ends,
        )
        has_picture = one.file.header.width > 0
        arrange = playback.picture_stretches if has_picture else playback.sound_stretches
        made, entries, encoded = folder / playback.edited_name(version, name), list[Entry](), 0
        stretches = arrange(one.ranges, ranges, units=one.units)
        with one.path.open("rb") as source, made.open("wb") as target:
            _copy(source, target, 0, one.file.header_bytes)
            for at, stretch in enumerate(stretches):
                if isinstance(stretch, Whole):
                    entries.append(_whole(one, stretch, source, target))
                    continue
                after = stretches[at + 1] if at + 1 < len(stretches) else None
                sound = None if has_picture else _rhythm(stretch, after)
                encoded += _make(tools, one, stretch, sound, folder, follows=at > 0, goes_on=_goes_on(stretch, after))
                entries += _edge(tools, one, stretch, sound, target)
    return Cut(playback.edited_playlist(entries, made.name), made, len(entries), encoded)


def _copy(source: BinaryIO, target: BinaryIO, offset: int, length: int) -> int:
    """Where it lies now."""
    at = target.tell()
    source.seek(offset)
    while length and (data := source.read(min(length, 1024 * 1024))):
        target.write(data)
        length -= len(data)
    return at


def _rhythm(seam: Seam, after: KeptStretch | None) -> playback.Sound:
    return playback.sound_packets(seam, packet=PACKET, goes_on=_goes_on(seam, after))


def _make(
    tools: Tools,
    one: _Rendition,
    seam: Seam,
    sound: playback.Sound | None,
    folder: Path,
    *,
    follows: bool,
    goes_on: bool,
) -> bool:
    """Put the edge into the store. False when an earlier version, or an earlier attempt, has made the same cut."""
    if tools.store.exists(_key(one, seam)):
        return False
    if sound is None:
        made = _picture(tools, one, seam, folder)
    else:
        made = _sound(tools, one, seam, sound, folder, follows=follows, goes_on=goes_on)
    tools.store.put_file(_key(one, seam), made.path)
    return True


def _opened(tools: Tools, recording_id: RecordingId, name: str, path: Path) -> _Rendition:
    file = fragments.read(path)
    pieces = [playback.Piece(one.offset, one.length, one.begins, one.lasts, one.is_key) for one in file.fragments]
    segments = playback.cut(pieces, seconds=tools.ladder.segment_ms / 1000)
    units = file.header.units_per_second
    begins = [round(one.begins * units) for one in segments]
    ends = [*begins[1:], round(file.ends * units)]
    ranges = tuple(Range(first, last) for first, last in zip(begins, ends, strict=True))
    return _Rendition(recording_id, name, path, file, segments, ranges)


def _whole(one: _Rendition, stretch: Whole, source: BinaryIO, target: BinaryIO) -> Entry:
    segment = one.segments[stretch.number]
    at = _copy(source, target, segment.offset, segment.length)
    lasts = one.ranges[stretch.number].lasts / one.units
    return Entry(one.file.header_bytes, 0, at, segment.length, lasts, stretch.part)


def _edge(tools: Tools, one: _Rendition, seam: Seam, sound: playback.Sound | None, target: BinaryIO) -> list[Entry]:
    """Copied into the file of the version, as the playlist names it."""
    key = _key(one, seam)
    told = [(seam.lasts, seam.parts[0])] if sound is None else [(each.lasts, each.part) for each in sound.packets]
    with tools.store.local_copy(key) as path, path.open("rb") as source:
        file = fragments.read(path)
        header_at = _copy(source, target, 0, file.header_bytes)
        places = [(_copy(source, target, each.offset, each.length), each.length) for each in file.fragments]
    name = key.rpartition("/")[2]
    return [
        Entry(file.header_bytes, header_at, at, length, lasts / one.units, part, name)
        for (at, length), (lasts, part) in zip(places[: len(told)], told, strict=True)
    ]


def _key(one: _Rendition, seam: Seam) -> str:
    return f"stream/{one.recording_id}/{playback.seam_name(one.name, seam)}.mp4"


def _goes_on(seam: Seam, after: KeptStretch | None) -> bool:
    """A segment follows without a cut between."""
    return isinstance(after, Whole) and after.part == seam.parts[-1]


def _picture(tools: Tools, one: _Rendition, seam: Seam, folder: Path) -> Edge:
    span, name = seam.ranges[0], playback.seam_name(one.name, seam)
    return tools.renderer.make_picture_edge(
        _around(one, span, 0, folder, f"{name}.around"),
        one.file.header.codecs,
        begins=span.begins,
        ends=span.ends,
        units=one.units,
        folder=folder,
        name=name,
    )


def _sound(
    tools: Tools, one: _Rendition, seam: Seam, sound: playback.Sound, folder: Path, *, follows: bool, goes_on: bool
) -> Edge:
    """Before the first range comes what is heard before it, if that is kept; after the last what follows it."""
    name = playback.seam_name(one.name, seam)
    lead = min(_LEAD, seam.ranges[0].begins - one.ranges[0].begins) if follows else 0
    around: list[tuple[Path | None, int, int]] = []
    for number, span in enumerate(seam.ranges):
        is_last = number == len(seam.ranges) - 1
        begins = span.begins - (lead if number == 0 else 0) + (max(0, -sound.fill) if is_last else 0)
        ends = span.ends + (_LEAD if is_last and goes_on else 0)
        if is_last and sound.fill > 0:
            around.append((None, 0, sound.fill))
        around.append((_around(one, Range(begins, ends), 1, folder, f"{name}.{number}.around"), begins, ends))
    parts = [Heard(each.count, each.begins) for each in sound.packets]
    return tools.renderer.make_sound_edge(around, parts, before=lead, lasts=sound.heard, folder=folder, name=name)


def _around(one: _Rendition, span: Range, more: int, folder: Path, name: str) -> Path:
    """A file of the segments that a range touches, and `more` before them for a decoder to run up."""
    touched = [n for n, each in enumerate(one.ranges) if each.begins < span.ends and each.ends > span.begins]
    first, last = max(0, touched[0] - more), touched[-1]
    path = folder / f"{name}.mp4"
    with one.path.open("rb") as source, path.open("wb") as target:
        target.write(source.read(one.file.header_bytes))
        source.seek(one.segments[first].offset)
        end = one.segments[last].offset + one.segments[last].length
        target.write(source.read(end - one.segments[first].offset))
    return path
