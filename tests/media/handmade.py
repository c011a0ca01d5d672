"""Files that ffmpeg reads and does not write, byte by byte."""

import struct
from pathlib import Path

_AMR_SECOND, _AMR_BEST, _AMR_BYTES = 50, 0x3C, 31  # frames; the mode of 12.2 kbit/s, and what its frames hold
_APE_VERSION, _APE_RATE, _APE_SILENT = 3990, 44_100, 3


def amr(path: Path) -> Path:
    """What a dictating machine or an old phone records: a second of adaptive multi-rate, of any sound."""
    frame = bytes([_AMR_BEST, *(7 * n % 256 for n in range(_AMR_BYTES))])
    path.write_bytes(b"#!AMR\n" + frame * _AMR_SECOND)
    return path


def ape(path: Path) -> Path:
    """Monkey's Audio: a second in one frame, which says of itself that both its channels are silent."""
    frame = struct.pack("<II", 0x80000000, _APE_SILENT) + bytes(16)
    sizes = struct.pack("<4sHHIIIIIII16s", b"MAC ", _APE_VERSION, 0, 52, 24, 4, 0, len(frame), 0, 0, bytes(16))
    header = struct.pack("<HHIIIHHI", 1000, 0, 73_728, _APE_RATE, 1, 16, 2, _APE_RATE)
    path.write_bytes(sizes + header + struct.pack("<I", 52 + 24 + 4) + frame)
    return path


def track_header(units: int, size: tuple[int, int] = (0, 0)) -> bytes:
    """The beginning of a fragmented file with one track, as far as its clock, codec and size are read from it: H.264 of
    a size, else AAC. No decoder would take it."""
    if size[0]:
        entry = _box(b"avc1", bytes(24), struct.pack(">HH", *size), bytes(50), _box(b"avcC", b"\x01\x64\x00\x28"))
    else:
        entry = _box(b"mp4a", bytes(28), _box(b"esds", bytes(4), _descriptor(3, bytes(3), _descriptor(4, bytes(13), _descriptor(5, b"\x11\x90")))))  # fmt: skip
    table = _box(b"stbl", _box(b"stsd", bytes(4), struct.pack(">I", 1), entry))
    clock = _box(b"mdhd", bytes(12), struct.pack(">II", units, 0), bytes(4))
    return _box(b"ftyp", b"cmf2", bytes(4)) + _box(b"moov", _box(b"trak", _box(b"mdia", clock, _box(b"minf", table))))


def _box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def _descriptor(tag: int, *content: bytes) -> bytes:
    data = b"".join(content)
    return bytes([tag, len(data)]) + data
