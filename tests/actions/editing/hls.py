"""Plays a media playlist as RFC 8216 says it is played, and tells every picture and sample with its place."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy

_RANGE = re.compile(r"(\d+)@(\d+)")


@dataclass
class Run:
    """Segments that follow each other with one header; `begins` on the playlist's clock."""

    begins: float
    header: bytes
    part: int = 0
    parts: list[bytes] = field(default_factory=list)
    lasts: float = 0.0


def runs_of(playlist: str, read) -> list[Run]:
    """`read(name)` gives a file's bytes."""
    runs, header, lasts, clock, span, is_new, part = [], b"", 0.0, 0.0, (0, 0), True, 0
    for line in playlist.splitlines():
        if line.startswith("#EXT-X-DISCONTINUITY"):
            is_new, part = True, part + 1
        elif line.startswith("#EXT-X-MAP"):
            name = re.search(r'URI="([^"?]+)', line)[1]
            length, at = map(int, _RANGE.search(line).groups())
            header, is_new = read(name)[at : at + length], True
        elif line.startswith("#EXTINF:"):
            lasts = float(line[8:-1])
        elif line.startswith("#EXT-X-BYTERANGE"):
            span = tuple(map(int, _RANGE.search(line).groups()))
        elif line and not line.startswith("#"):
            if is_new:
                runs.append(Run(clock, header, part))
                is_new = False
            runs[-1].parts.append(read(line)[span[1] : span[1] + span[0]])
            runs[-1].lasts += lasts
            clock += lasts
    return runs


def length(playlist: str) -> float:
    return sum(float(line[8:-1]) for line in playlist.splitlines() if line.startswith("#EXTINF:"))


def pictures(playlist: str, read, folder: Path) -> list[tuple[float, int]]:
    """Every picture: when it is shown, and the number drawn into it (see `counted`)."""
    found = []
    for number, run in enumerate(runs_of(playlist, read)):
        path = folder / f"run-{number}.mp4"
        path.write_bytes(run.header + b"".join(run.parts))
        with av.open(str(path)) as file:
            stream = file.streams.video[0]
            shown = [(frame.pts * stream.time_base, number_in(frame)) for frame in file.decode(stream)]
        found += [(run.begins + float(at - shown[0][0]), drawn) for at, drawn in shown]
    return found


def number_in(frame) -> int:
    """Twelve blocks across, black or white, the lowest digit first."""
    grey = frame.to_ndarray(format="gray")
    width = grey.shape[1] // 12
    bits = [grey[4:12, n * width + 4 : (n + 1) * width - 4].mean() > 128 for n in range(12)]
    return sum(1 << n for n, bit in enumerate(bits) if bit)


def counted(rate: int, seconds: float) -> list[str]:
    """An input of ffmpeg: pictures that are numbered."""
    bits = "255*mod(floor(N/pow(2,floor(X/16))),2)"
    return ["-f", "lavfi", "-i", f"nullsrc=s=192x32:r={rate}:d={seconds},geq=lum='{bits}':cb=128:cr=128"]


def samples(playlist: str, read, folder: Path, rate: int, kept) -> numpy.ndarray:
    """What is heard, by one decoder that goes on over every cut, as browsers' do. The picture has set the clock of every
    kept part (`kept`, in milliseconds); what comes too early for it is not heard."""
    heard = numpy.zeros(round(length(playlist) * rate), dtype=numpy.float32)
    filled, decoder, before = 0, None, 0
    zeros = []
    for start, end in kept:
        zeros.append(before - start)
        before += end - start
    for number, run in enumerate(runs_of(playlist, read)):
        path = folder / f"run-{number}.mp4"
        path.write_bytes(run.header + b"".join(run.parts))
        with av.open(str(path)) as file:
            stream = file.streams.audio[0]
            packets = [packet for packet in file.demux(stream) if packet.size]
            if decoder is None:
                decoder = av.CodecContext.create("aac", "r")
                decoder.extradata = stream.codec_context.extradata
                decoder.sample_rate, decoder.layout = stream.sample_rate, stream.layout
            for packet in packets:
                at = round(float(packet.pts * packet.time_base) * rate) + zeros[run.part] * rate // 1000
                for frame in decoder.decode(packet):
                    sound = frame.to_ndarray()[0]
                    skip = max(0, filled - at)
                    put = sound[skip : max(skip, len(heard) - at)]
                    heard[at + skip : at + skip + len(put)] = put
                    filled = max(filled, at + skip + len(put))
    return heard
