"""What a player is told about a track (RFC 6381), read from its own header."""

import struct
from dataclasses import dataclass

from cathedra.adapters.fragments._boxes import BrokenFile, walk

_STREAM, _DECODER, _CONFIG = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Header:
    """The moov of a one-track file."""

    units_per_second: int
    codecs: str
    width: int = 0
    height: int = 0


def read_header(moov: bytes | bytearray) -> Header:
    """Time scale, codec string and size."""
    units = 0
    for box in walk(moov):
        if box.kind == b"mdhd":
            units = struct.unpack_from(">I", moov, box.start + (20 if moov[box.start] else 12))[0]
        elif box.kind == b"stsd":
            codecs, width, height = _entry(bytes(moov[box.start + 8 : box.end]))
            return Header(units, codecs, width, height)
    raise BrokenFile("A file has no track.")


def _entry(entry: bytes) -> tuple[str, int, int]:
    kind = entry[4:8].decode("ascii", "replace")
    if kind in ("avc1", "avc3"):
        width, height = struct.unpack_from(">HH", entry, 32)
        found = entry.index(b"avcC") + 4
        return f"{kind}.{entry[found + 1 : found + 4].hex()}", width, height
    if kind == "mp4a":
        return f"mp4a.40.{_audio_object_type(entry[entry.index(b'esds') + 4 :])}", 0, 0
    raise BrokenFile(f"A track of kind {kind!r} cannot be described.")


def _audio_object_type(esds: bytes) -> int:
    """The AudioSpecificConfig inside the decoder's descriptor inside the stream's (ISO/IEC 14496-1 and -3)."""
    stream = _descriptor(esds[4:], _STREAM)
    decoder = _descriptor(stream[3:], _DECODER)
    config = _descriptor(decoder[13:], _CONFIG)
    if len(config) < 2:
        raise BrokenFile("A sound track does not say how it is decoded.")
    kind = config[0] >> 3
    return 32 + ((config[0] & 7) << 3 | config[1] >> 5) if kind == 31 else kind


def _descriptor(data: bytes, tag: int) -> bytes:
    """What a descriptor holds; nothing when another stands there."""
    if data[:1] != bytes([tag]):
        return b""
    at, length = 1, 0
    while at < min(len(data), 5):
        length = length << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & 0x80:
            break
    return data[at : at + length]
