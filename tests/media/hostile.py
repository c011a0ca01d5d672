"""Files that want to be read as more than they are, made by changing bytes of honest ones (security classes 7 and 28)."""

import struct
from pathlib import Path

from tests import media


def refers(path: Path, secret: Path) -> Path:
    """A MOV without a byte of media, whose track lies at the same places in `secret`: a Macintosh alias says so."""
    data = secret.read_bytes()
    begins, index = data.index(b"mdat") + 4, data.index(b"moov") - 4
    data = data[:begins] + bytes(index - begins) + data[index:]
    own, alias = b"\0\0\0\x0curl \0\0\0\1", _alias(str(secret).encode())
    at = data.index(own)
    made = bytearray(data[:at] + alias + data[at + len(own) :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        box = made.index(name) - 4
        struct.pack_into(">I", made, box, struct.unpack_from(">I", made, box)[0] + len(alias) - len(own))
    path.write_bytes(made)
    return path


def _alias(target: bytes) -> bytes:
    target += bytes(len(target) % 2)
    names = bytes(10 + 28 + 12 + 64 + 16 + 4 + 16)  # volume, file, levels: empty
    body = names + struct.pack(">HH", 2, len(target)) + target + struct.pack(">hH", -1, 0)
    return struct.pack(">I", 12 + len(body)) + b"alis" + bytes(4) + body


def claims_size(path: Path, width: int, height: int) -> Path:
    """A Matroska of 300 by 300 whose header says another size."""
    media.ffmpeg("-f", "lavfi", "-i", "color=black:s=300x300:r=1:d=1", "-c:v", "ffv1", path)
    data = path.read_bytes()
    for mark, side in ((b"\xb0\x82", width), (b"\xba\x82", height)):
        assert data.count(mark + struct.pack(">H", 300)) == 1
        data = data.replace(mark + struct.pack(">H", 300), mark + struct.pack(">H", side))
    path.write_bytes(data)
    return path


def claims_room(path: Path, side: int) -> Path:
    """A MOV of a few kilobytes whose one picture takes `side` squared times four bytes to decode."""
    media.ffmpeg("-f", "lavfi", "-i", "color=black:s=300x300:r=1:d=1", "-pix_fmt", "argb", "-c:v", "qtrle", path)
    data = path.read_bytes()
    at = data.index(b"rle ", data.index(b"stsd")) + 28
    assert struct.unpack_from(">HH", data, at) == (300, 300)
    path.write_bytes(data[:at] + struct.pack(">HH", side, side) + data[at + 4 :])
    return path
