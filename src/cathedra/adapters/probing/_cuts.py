"""Where a picture may be cut: key frames that nothing behind them reaches across."""

from itertools import pairwise
from typing import Any

_IDR, _SLICE = 5, 1
_INTRA = {2, 4, 7, 9}  # slice types I and SI


class Cuts:
    """Watches packets in decoding order. A key frame is a cut when it stands alone and no later packet is shown
    before it. Files call frames keys that are not: recovery points of open groups, and intra refresh."""

    def __init__(self, stream: Any) -> None:
        self._is_h264 = stream.codec_context.name == "h264"
        extra = stream.codec_context.extradata or b""
        self._length_bytes = (extra[4] & 3) + 1 if extra[:1] == b"\x01" and len(extra) > 4 else 0
        self._last_key: int | None = None
        self._longest = 0
        self.count = 0
        self.is_closed = True

    def take(self, packet: Any) -> None:
        """One packet."""
        shown = packet.pts if packet.pts is not None else packet.dts
        if packet.is_keyframe:
            self.count += 1
            if self._last_key is not None and shown is not None:
                self._longest = max(self._longest, shown - self._last_key)
            self._last_key = shown
            if self._is_h264 and not self._is_intra(bytes(packet)):
                self.is_closed = False
        elif self._last_key is None or (shown is not None and shown < self._last_key):
            self.is_closed = False

    def take_keys(self, times: list[int]) -> None:
        """Key frames that `is_real` has seen, by their times."""
        self.count = len(times)
        self._longest = max((later - one for one, later in pairwise(times)), default=0)
        self._last_key = times[-1] if times else None

    def is_real(self, data: bytes) -> bool:
        """Whether a key frame of H.264 resets everything, so that none behind it can be shown before it."""
        return not self._is_h264 or any(unit[0] & 31 == _IDR for unit in _units(data, self._length_bytes))

    def longest_gap(self, end: int) -> int:
        """In the stream's units; the end of the picture counts as a key frame."""
        return max(self._longest, end - self._last_key) if self._last_key is not None else end

    def _is_intra(self, data: bytes) -> bool:
        for unit in _units(data, self._length_bytes):
            kind = unit[0] & 31
            if kind == _IDR:
                return True
            if kind == _SLICE:
                return _slice_type(unit[1:9]) in _INTRA
        return False


def _units(data: bytes, length_bytes: int) -> list[bytes]:
    """The first bytes of each NAL unit."""
    if not length_bytes:
        return [part[:9] for part in data.split(b"\x00\x00\x01")[1:] if part]
    units, at = [], 0
    while at + length_bytes < len(data):
        size = int.from_bytes(data[at : at + length_bytes], "big")
        at += length_bytes
        units.append(data[at : at + 9])
        at += size
    return [unit for unit in units if unit]


def _slice_type(header: bytes) -> int:
    """The second exponential-Golomb number of a slice header."""
    bits = "".join(f"{byte:08b}" for byte in header)
    at = 0
    value = -1
    for _ in range(2):
        zeros = len(bits[at:]) - len(bits[at:].lstrip("0"))
        end = at + 2 * zeros + 1
        if end > len(bits):
            return -1
        value = int(bits[at + zeros : end], 2) - 1
        at = end
    return value
