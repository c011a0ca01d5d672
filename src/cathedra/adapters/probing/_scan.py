"""Reads every packet of a file, so that what its header claims does not matter."""

import contextlib
import os
from io import RawIOBase
from typing import Any

import av

from cathedra.adapters.probing import _index
from cathedra.adapters.probing._torn import torn
from cathedra.adapters.probing._tracks import PictureTrack, Track
from cathedra.domain.encoding import Probe, Problem, problem_probe

# What may read a file, by its content: each kind holds all of itself, and its beginning says what it is (ADR 33). No
# playlist, no script, no subtitle, no still picture, no device.
DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,ogg,asf,flv,mxf,gxf,wtv,rm,nut,ivf,dv,yuv4mpegpipe,"
    "h264,hevc,mpegvideo,obu,"
    "wav,w64,mp3,flac,aac,loas,aiff,caf,au,voc,amr,ac3,eac3,dts,truehd,mlp,wv,tta,ape"
)
_BUFFER_BYTES = 256 * 1024
_BEGINNING, _MOST_BEGINNING = 8, 2000  # packets of each track, of all


def scan(file: RawIOBase, limits: dict[str, int]) -> Probe:
    """Everything the plan needs to know."""
    options = {"format_whitelist": DEMUXERS, "protocol_whitelist": "", "probesize": "10000000"}
    try:
        container = av.open(file, options=options, buffer_size=_BUFFER_BYTES, metadata_errors="replace")
    except MemoryError:
        raise
    except (av.FFmpegError, OSError) as error:
        return problem_probe(_why(error, file))
    with container:
        return _scan_open(container, file, limits)


def _why(error: Exception, file: RawIOBase) -> Problem:
    """An MP4 begins with a box called ftyp; when that is readable and nothing else is, its index is missing."""
    with contextlib.suppress(OSError):
        file.seek(4)
        if file.read(4) in (b"ftyp", b"mdat", b"wide", b"free") and isinstance(error, av.InvalidDataError):
            return Problem.NO_INDEX
    return Problem.NOT_MEDIA


def _scan_open(container: Any, file: RawIOBase, limits: dict[str, int]) -> Probe:
    if len(container.streams) > limits["max_streams"]:
        return problem_probe(Problem.TOO_MANY_STREAMS)
    tracks: dict[int, Track] = {}
    for stream in container.streams:
        if problem := _choose(stream, tracks, limits):
            return problem_probe(problem)
    if not tracks:
        return problem_probe(Problem.NOT_MEDIA)
    if not _read_index(container, file, tracks) and not _read(container, tracks, limits["max_frames"]):
        return problem_probe(Problem.TOO_MANY_FRAMES)
    return _conclude(container, list(tracks.values()))


def _choose(stream: Any, tracks: dict[int, Track], limits: dict[str, int]) -> Problem | None:
    """Make a track of a stream that plays, and let the others be skipped."""
    if stream.codec_context is not None and stream.type == "audio":
        tracks[stream.index] = Track(stream)
    elif stream.codec_context is not None and stream.type == "video" and not _is_still(stream):
        tracks[stream.index] = PictureTrack(stream)
        return _too_large(stream.codec_context, limits)
    else:
        stream.discard = av.stream.Discard.all
    return None


def _is_still(stream: Any) -> bool:
    kinds = av.stream.Disposition
    return bool(stream.disposition & (kinds.attached_pic | kinds.still_image | kinds.timed_thumbnails))


def _too_large(codec: Any, limits: dict[str, int]) -> Problem | None:
    if max(codec.width, codec.height) > limits["max_side"] or codec.width * codec.height > limits["max_pixels"]:
        return Problem.PICTURE_TOO_LARGE
    if min(codec.width, codec.height) < limits["min_side"] and codec.width:
        return Problem.PICTURE_TOO_SMALL
    return None


def _read(container: Any, tracks: dict[int, Track], max_packets: int) -> bool:
    """Every packet of every track; False when there are more than anybody needs. A torn end is just an end."""
    read = 0
    with torn():
        for packet in container.demux():
            if packet.size and packet.stream_index in tracks:
                read += 1
                if read > max_packets:
                    return False
                tracks[packet.stream_index].take(packet)
    for track in tracks.values():
        track.flush()
    return True


def _read_index(container: Any, file: RawIOBase, tracks: dict[int, Track]) -> bool:
    """The beginning by packets, the rest by the file's index. False, and nothing changed, when it is not believed."""
    size_bytes = os.fstat(file.fileno()).st_size
    streams = [track.stream for track in tracks.values()]
    indexes = _index.read_indexes(container, streams, size_bytes)
    if indexes is None or not all(tracks[n].cuts_are_real(index, file) for n, index in indexes.items()):
        return False
    with torn():
        for read, packet in enumerate(container.demux()):
            if packet.size and packet.stream_index in tracks:
                tracks[packet.stream_index].take(packet)
            is_begun = all(track.is_decodable and track.count >= _BEGINNING for track in tracks.values())
            if is_begun or read > _MOST_BEGINNING:
                break
    for number, index in indexes.items():
        tracks[number].flush()
        tracks[number].take_index(index, file)
    for number, index in indexes.items():
        tracks[number].take_tail(container, index)
    return True


def _conclude(container: Any, tracks: list[Track]) -> Probe:
    pictures, sounds = [], []
    for track in tracks:
        if track.count and track.is_decodable:
            (pictures if isinstance(track, PictureTrack) else sounds).append(track)
    if not pictures and not sounds:
        return problem_probe(Problem.NOT_MEDIA)
    begins = min(track.first_us for track in (*pictures, *sounds))
    ends = max(track.end_us for track in (*pictures, *sounds))
    return Probe(
        demuxer=container.format.name.split(",")[0],
        stated_ms=max(0, (container.duration or 0) // 1000),
        begins_us=container.start_time or 0,
        duration_ms=(ends - max(begins, 0) if begins < 0 else ends - begins) // 1000,
        pictures=tuple(track.picture() for track in pictures),
        sounds=tuple(track.sound() for track in sounds),
    )
