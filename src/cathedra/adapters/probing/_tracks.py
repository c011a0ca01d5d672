"""What is learnt of one track, packet by packet or from an index."""

from io import RawIOBase
from typing import Any

import av

from cathedra.adapters.probing import _cuts, _index, _shades
from cathedra.adapters.probing._torn import torn
from cathedra.domain.encoding import Picture, Sound

_TRUSTED_GAP_US = 30_000_000  # a longer hole between two frames is a jump of the clock, not a pause


class Track:
    """Counts the packets of one track. Times in microseconds on the file's own clock."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.unit = stream.time_base * 1_000_000
        self.count = 0
        self.first = self.end = self.last_shown = 0
        self.filled = 0
        self.jumps = 0
        self.unknown = 0
        self.last_dts: int | None = None
        self.is_decodable = False
        self._tries = 8

    @property
    def first_us(self) -> int:
        return int(self.first * self.unit)

    @property
    def end_us(self) -> int:
        return int(self.end * self.unit)

    def take(self, packet: Any) -> None:
        if self._tries and not self.is_decodable:
            self._try(packet)
        pts, dts, lasts = packet.pts, packet.dts, packet.duration or 0
        if pts is None:
            self.unknown += 1
            pts = dts if dts is not None else self.end
        if not self.count:
            self.first, self.end, self.last_shown = pts, pts, pts
        if dts is not None:
            if self.last_dts is not None and (
                dts <= self.last_dts or (dts - self.last_dts) * self.unit > _TRUSTED_GAP_US
            ):
                self.jumps += 1
            self.last_dts = dts
        if packet.is_discard and not self.may_skip(pts):
            self.jumps += 1
        self.count += 1
        self.filled += lasts
        self.first = min(self.first, pts)
        self.end = max(self.end, pts + lasts)
        self.last_shown = max(self.last_shown, pts)

    def take_index(self, index: _index.Index, file: RawIOBase) -> None:
        """Everything behind the beginning, which `take` has seen."""
        steps = index.steps()
        self.jumps = index.skipped + sum(step <= 0 or step * self.unit > _TRUSTED_GAP_US for step in steps)
        self.count = len(index.times)
        last = (self.stream.duration or 0) - index.spans
        self.end = self.first + index.spans + (last if 0 < last <= max(steps) else steps[-1])
        self.last_shown = self.first + index.spans
        self.filled = self.end - self.first

    def cuts_are_real(self, index: _index.Index, file: RawIOBase) -> bool:
        """Whether what the index calls key frames are."""
        return True

    def _try(self, packet: Any) -> None:
        """Decode the beginning: a track that gives nothing is not there."""
        self._tries -= 1
        with torn():
            for frame in packet.decode():
                self.is_decodable = True
                self.saw(frame)
                return

    def take_tail(self, container: Any, index: _index.Index) -> None:
        """What an index cannot say of the end."""

    def flush(self) -> None:
        """Behind the last packet: a decoder that waits for pictures to put in order gives what it has."""
        if self._tries and not self.is_decodable:
            with torn():
                for frame in self.stream.codec_context.decode(None):
                    self.is_decodable = True
                    self.saw(frame)
                    return

    def saw(self, frame: Any) -> None:
        """The first decoded frame."""

    def may_skip(self, pts: int) -> bool:
        """Whether a packet that the file says not to play may simply be left out: the run-up of a sound decoder."""
        return pts < 0

    def sound(self) -> Sound:
        codec = self.stream.codec_context
        spans_us = self.end_us - self.first_us
        return Sound(
            index=self.stream.index,
            codec=codec.name,
            profile=str(codec.profile or ""),
            channels=codec.channels or 0,
            sample_rate=codec.sample_rate or 0,
            language=self.stream.language or "",
            title=(self.stream.metadata.get("title") or self.stream.metadata.get("handler_name") or "")[:200],
            start_us=self.first_us,
            duration_ms=spans_us // 1000,
            hole_ms=max(0, spans_us - int(self.filled * self.unit)) // 1000,
            has_sane_times=not self.jumps and not self.unknown,
        )


class PictureTrack(Track):
    """Also looks at key frames."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.cuts = _cuts.Cuts(stream)
        self.shades = _shades.Shades()
        self.rotation = 0
        self.format: Any = stream.codec_context.format
        self.is_interlaced = str(stream.codec_context.field_order or "") not in ("", "0", "1", "progressive", "unknown")
        self.transfer = ""
        self.steps: set[int] = set()
        self._tries = 60

    def saw(self, frame: Any) -> None:
        self.shades.look(frame)
        self.rotation = round(-frame.rotation / 90) * 90 % 360
        self.format = frame.format
        self.is_interlaced = self.is_interlaced or bool(frame.interlaced_frame)
        self.transfer = {16: "smpte2084", 18: "arib-std-b67"}.get(int(frame.color_trc or 0), "")

    def may_skip(self, pts: int) -> bool:
        return False

    def take(self, packet: Any) -> None:
        before = self.last_dts
        super().take(packet)
        if packet.pts is not None:
            self._see_last(packet.pts, packet.duration or 0)
        if before is not None and packet.dts is not None and len(self.steps) < 1000:
            self.steps.add(packet.dts - before)
        self.cuts.take(packet)
        if self.is_decodable and packet.is_keyframe and packet.pts is not None:
            seconds = float(packet.pts * self.unit) / 1_000_000
            if self.shades.is_due(seconds):
                self.shades.take(packet, seconds, self.stream.codec_context)

    def take_tail(self, container: Any, index: _index.Index) -> None:
        """Where pictures come in another order: an index tells when the last is decoded, not when it is shown. What follows
        the last key frame is read."""
        if index.keys and self.first > index.times[0]:
            told, self.last_shown = self.last_shown, self.first  # what is told here is how long decoding takes
            with torn():
                container.seek(index.keys[-1][0], stream=self.stream)
                for packet in container.demux(self.stream):
                    if packet.size and packet.pts is not None:
                        self._see_last(packet.pts, packet.duration or 0)
            if self.last_shown <= self.first:
                self.last_shown = told

    def _see_last(self, pts: int, lasts: int) -> None:
        """How long a picture lasts says when the next is decoded; of the last decoded it says how long the last stands."""
        self.last_shown = max(self.last_shown, pts)
        self.end = self.last_shown + lasts

    def take_index(self, index: _index.Index, file: RawIOBase) -> None:
        super().take_index(index, file)
        self.steps.update(index.steps()[:1000])
        late = self.first - index.times[0]  # frames are shown later than decoded, key frames all by the same
        self.cuts.take_keys([time + late for time, _, _ in index.keys])
        for key in index.keys:
            seconds = float(key[0] * self.unit) / 1_000_000
            if self.shades.is_due(seconds):
                packet = av.Packet(_index.whole(file, key))
                self.shades.take(packet, seconds, self.stream.codec_context)

    def cuts_are_real(self, index: _index.Index, file: RawIOBase) -> bool:
        return all(self.cuts.is_real(_index.head(file, key)) for key in index.keys)

    def picture(self) -> Picture:
        codec = self.stream.codec_context
        seconds = max(self.end_us - self.first_us, 1) / 1_000_000
        aspect = self.stream.sample_aspect_ratio
        steps_us = sorted(int(step * self.unit) for step in self.steps)
        chroma, depth = _format_facts(self.format)
        return Picture(
            index=self.stream.index,
            codec=codec.name,
            profile=str(codec.profile or ""),
            pixel_format=self.format.name if self.format else "",
            bit_depth=depth,
            chroma=chroma,
            width=codec.width,
            height=codec.height,
            pixel_aspect=(aspect.numerator, aspect.denominator) if aspect else (1, 1),
            rotation=self.rotation,
            frame_rate=round(self.count / seconds, 3),
            is_variable=bool(steps_us) and steps_us[-1] - steps_us[0] > 2000,
            is_interlaced=self.is_interlaced,
            transfer=self.transfer,
            start_us=self.first_us,
            duration_ms=(self.end_us - self.first_us) // 1000,
            frames=self.count,
            key_frames=self.cuts.count,
            longest_key_gap_ms=int(self.cuts.longest_gap(self.end) * self.unit) // 1000,
            is_closed=self.cuts.is_closed,
            has_sane_times=not self.jumps and not self.unknown,
            flat_share=self.shades.flat_share,
            last_ms=int((self.end - self.last_shown) * self.unit) // 1000,
        )


def _format_facts(form: Any) -> tuple[str, int]:
    """Chroma as people write it, and bits of a sample."""
    if form is None or not form.components:
        return "", 8
    depth = max(part.bits for part in form.components)
    if form.is_rgb:
        return "444", depth
    if len(form.components) < 3:
        return "400", depth
    across = round(16 / max(1, form.chroma_width(16)))
    down = round(16 / max(1, form.chroma_height(16)))
    return {(2, 2): "420", (2, 1): "422", (1, 1): "444", (4, 1): "411"}.get((across, down), ""), depth
