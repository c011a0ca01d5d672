"""Encodes the edges of cuts: a few seconds of a rendition between two of its segments, to the tick."""

import dataclasses
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import _arguments
from cathedra.adapters.ffmpeg._arguments import Source

Run = Callable[[Sequence[str], Path], None]
PACKET = 1024  # samples in a packet of AAC
_RUN_UP = 2  # packets before the first that is kept: the encoder's own delay, and what its window reaches back to
_OWN = "mov"
_CRF = 18
_PROFILES = {"42": "baseline", "4d": "main", "64": "high"}


@dataclass(frozen=True, slots=True)
class Edge:
    """A file with a header and fragments."""

    path: Path
    header_bytes: int
    pieces: tuple[fragments.Piece, ...]


def picture_edge(
    run: Run, around: Path, codecs: str, *, begins: int, ends: int, units: int, threads: int, folder: Path, name: str
) -> Edge:
    """The picture from `begins` to before `ends`, of a file that holds the segments around it: the frame that stands at
    `begins` is the first, the last one stands until `ends`."""
    shift = _forward(around)
    shown = fragments.shown_times(_fragments(around))
    first = max((time for time in shown if time <= begins + shift), default=shown[0])
    raw = folder / f"{name}.raw.mp4"
    words = [*_arguments.begin(keeps_clock=True), *_arguments.read(Source(around, _OWN)), "-map", "0:v:0"]
    zero = begins + shift
    words += ["-vf", f"trim=start_pts={first}:end_pts={ends + shift},setpts='if(lte(PTS,{first}),{zero},PTS)-{zero}'"]
    words += ["-fps_mode", "passthrough", "-enc_time_base", f"1:{units}", "-video_track_timescale", str(units)]
    words += ["-c:v", "libx264", "-preset", "veryfast", "-crf", str(_CRF), "-bf", "0", "-g", "9999"]
    words += ["-profile:v", _PROFILES.get(codecs[5:7], "high"), "-sc_threshold", "0", "-threads", str(threads)]
    words += [*_arguments.NO_LEFTOVERS, *_arguments.FRAGMENTS, _arguments.output(folder, f"{name}.raw")]
    run(words, folder)
    header, samples = fragments.read_samples(raw)
    samples = [
        dataclasses.replace(one, decoded=begins + one.shown, shown=begins + one.shown, lasts=0) for one in samples
    ]
    until = [one.shown for one in samples[1:]] + [ends]
    timed = [dataclasses.replace(one, lasts=end - one.shown) for one, end in zip(samples, until, strict=True)]
    path = folder / f"{name}.mp4"
    return Edge(path, len(header), tuple(fragments.compose(path, header, [timed])))


def _forward(path: Path) -> int:
    """Give every picture a later time, in place, so that none is shown before it is decoded: ffmpeg would do so by itself,
    by as much as it has come across by then. Returns by how much."""
    header, samples = fragments.read_samples(path)
    shift = max(0, *(one.decoded - one.shown for one in samples))
    if shift:
        moved = [dataclasses.replace(one, shown=one.shown + shift) for one in samples]
        fragments.compose(path, header, [moved])
    return shift


@dataclass(frozen=True, slots=True)
class Heard:
    """Packets of sound to make: how many, and the time of the first."""

    count: int
    begins: int


def sound_edge(
    run: Run,
    around: Sequence[tuple[Path | None, int, int]],
    parts: Sequence[Heard],
    *,
    before: int,
    lasts: int,
    kbps: int,
    folder: Path,
    name: str,
) -> Edge:
    """Sound put together from `around`: files of whole segments, of each the samples from one time to before another, or
    silence for so long.
    The first `before` samples only lead in. Packets are numbered on, `lasts` samples are heard, what the last packet
    holds beyond that is whatever follows."""
    pcm, channels, rate = b"", 1, 0
    for number, (file, begins, ends) in enumerate(around):
        if file is None:
            pcm += bytes((ends - begins) * 2 * channels)
            continue
        sound, channels, rate = _decoded(run, file, folder, f"{name}.{number}")
        pcm += _slice(sound, channels, begins - _first_shown(file), ends - _first_shown(file))
    count = sum(part.count for part in parts)
    lead, width = _RUN_UP * PACKET, 2 * channels
    pcm = bytes(max(0, lead - before) * width) + pcm[max(0, before - lead) * width :]
    pcm += bytes(max(0, (lead + (count + 2) * PACKET) * width - len(pcm)))
    header, packets = _encoded(run, pcm, channels, rate, kbps, folder, name)
    kept = packets[_RUN_UP + 1 : _RUN_UP + 1 + count]  # the first packet is the encoder's delay
    runs, taken = [], 0
    for part in parts:
        timed = []
        for at, one in enumerate(kept[taken : taken + part.count]):
            time = part.begins + at * PACKET
            left = min(PACKET, lasts - (taken + at) * PACKET)
            timed.append(fragments.Sample(time, time, left, is_key=True, data=one.data))
        runs.append(timed)
        taken += part.count
    path = folder / f"{name}.mp4"
    return Edge(path, len(header), tuple(fragments.compose(path, header, runs)))


def _decoded(run: Run, file: Path, folder: Path, name: str) -> tuple[bytes, int, int]:
    path = folder / f"{name}.wav"
    words = [*_arguments.begin(keeps_clock=True), *_arguments.read(Source(file, _OWN)), "-map", "0:a:0"]
    run([*words, "-c:a", "pcm_s16le", *_arguments.NO_LEFTOVERS, "-f", "wav", f"file:{path}"], folder)
    with wave.open(str(path)) as sound:
        return sound.readframes(sound.getnframes()), sound.getnchannels(), sound.getframerate()


def _encoded(
    run: Run, pcm: bytes, channels: int, rate: int, kbps: int, folder: Path, name: str
) -> tuple[bytes, list[fragments.Sample]]:
    path = folder / f"{name}.in.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(pcm)
    words = [*_arguments.begin(), *_arguments.read(Source(path, "wav")), "-map", "0:a:0", "-c:a", "aac"]
    words += ["-b:a", f"{kbps}k", *_arguments.NO_LEFTOVERS, "-movflags", _arguments.SOUND_FLAGS, "-use_editlist", "0"]
    run([*words, "-f", "mp4", _arguments.output(folder, f"{name}.raw")], folder)
    return fragments.read_samples(folder / f"{name}.raw.mp4")


def _slice(pcm: bytes, channels: int, begins: int, ends: int) -> bytes:
    """Samples from one place to another; silence where there is nothing."""
    width = 2 * channels
    kept = pcm[max(0, begins) * width : max(0, ends) * width]
    missing = (ends - max(0, begins)) * width - len(kept)
    return bytes(max(0, -begins) * width) + kept + bytes(max(0, missing))


def _first_shown(file: Path) -> int:
    return fragments.shown_times(_fragments(file))[0]


def _fragments(file: Path) -> list[bytes]:
    read = fragments.read(file)
    data = file.read_bytes()
    return [data[one.offset : one.offset + one.length] for one in read.fragments]
