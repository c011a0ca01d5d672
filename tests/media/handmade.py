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
