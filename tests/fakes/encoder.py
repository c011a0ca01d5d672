"""A prober and a renderer that follow a script: what they find is given, what they make is as long and as large as was
asked, every call is remembered.

The suites in tests/adapters/test_probe_promises.py and test_ffmpeg_promises.py run against them and the real ones.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import PACKET, Edge, Output, RunFailed, Scene, Waveform
from cathedra.domain.encoding import Probe
from tests.media.handmade import track_header

_PICTURE_UNITS, _SOUND_UNITS = 90_000, 48_000
_RATE = 30
_FRAGMENT_MS = 4000
_PEAKS_PER_SECOND = 10


@dataclass
class ScriptedProber:
    """Finds what it was told to find."""

    found: Probe
    calls: list[Path] = field(default_factory=list)

    def probe(self, path, *, limits):
        path.stat()
        self.calls.append(path)
        return self.found


@dataclass
class ScriptedRenderer:
    """Makes files that can be read and not decoded. `failing` names the methods that fail; `during` is called in the
    middle."""

    failing: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    during: object = None

    def make_first(self, source, plan, folder, *, is_screen, on_progress=None):
        source.path.stat()
        self._begin("make_first")
        if on_progress:
            on_progress(0.5, 3.0)
        made = [_picture(folder, plan.first, plan)] if plan.first else []
        made += [_sound(folder, sound, plan) for sound in plan.sounds]
        if on_progress:
            on_progress(1.0, 0.0)
        return made

    def make_rest(self, source, plan, videos, folder, *, is_screen, on_progress=None):
        source.path.stat()
        self._begin("make_rest")
        if on_progress:
            on_progress(0.25, 30.0)
        if callable(self.during):
            self.during()
        made = [_picture(folder, video, plan) for video in videos]
        if on_progress:
            on_progress(1.0, 0.0)
        peaks = tuple(60 + n % 60 for n in range(plan.duration_ms * _PEAKS_PER_SECOND // 1000))
        return made, [Scene(0, 1.0)] if plan.picture else [], Waveform(peaks, ()) if plan.sounds else None

    def make_poster(self, rendition, folder, *, at_seconds, size, is_exact=False):
        """Unless it has to be exactly there, of a key frame that comes then or later, if one does."""
        self._begin("make_poster")
        shown = [one for one in _fragments(rendition) if one.begins + one.lasts > at_seconds]
        is_there = any(is_exact or one.begins >= at_seconds for one in shown)
        return _file(folder / "poster.jpg") if is_there else None

    def make_storyboard(self, rendition, folder, *, every, size, columns, rows):
        self._begin("make_storyboard")
        pictures = sum(one.is_key for one in _fragments(rendition))
        sheets = math.ceil(math.ceil(pictures / every) / (columns * rows))
        return [_file(folder / f"storyboard-{number}.jpg") for number in range(1, sheets + 1)]

    def paint_over(self, sheet, boxes, folder):
        self._begin("paint_over")
        (folder / "painted.jpg").unlink(missing_ok=True)
        if not sheet.exists() or not sheet.stat().st_size:
            raise RunFailed(f"{sheet.name} could not be painted over")
        return _file(folder / "painted.jpg", b"painted over " + str(boxes).encode())

    def make_picture_edge(self, around, codecs, *, begins, ends, units, folder, name):
        """The first picture of what lies around, for all of the time."""
        self._begin("make_picture_edge")
        with _explained(name):
            header, samples = fragments.read_samples(around)
        shown = replace(samples[0], decoded=begins, shown=begins, lasts=ends - begins, is_key=True)
        return _edge(folder, name, header, [[shown]])

    def make_sound_edge(self, around, parts, *, before, lasts, folder, name):
        """Packets of what lies around, again and again."""
        self._begin("make_sound_edge")
        with _explained(name):
            read = [fragments.read_samples(file) for file, _, _ in around if file]
        if not read:
            raise RunFailed(f"{name} could not be made: there is only silence")
        packets, taken, runs = [one.data for _, samples in read for one in samples], 0, []
        for part in parts:
            timed = []
            for at in range(part.count):
                time, left = part.begins + at * PACKET, min(PACKET, lasts - taken * PACKET)
                timed.append(fragments.Sample(time, time, left, is_key=True, data=packets[taken % len(packets)]))
                taken += 1
            runs.append(timed)
        return _edge(folder, name, read[0][0], runs)

    def join(self, tracks, folder):
        self._begin("join")
        with _explained("joined.mp4"):
            return _file(folder / "joined.mp4", b"".join(file.read_bytes() for files in tracks for file, _ in files))

    def _begin(self, name: str) -> None:
        self.calls.append(name)
        if name in self.failing:
            raise RunFailed(f"{name} failed as the test wants")


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (fragments.BrokenFile, FileNotFoundError) as error:
        raise RunFailed(f"{name} could not be made: {error}") from error


def _fragments(rendition: Path) -> tuple[fragments.Fragment, ...]:
    try:
        return fragments.read(rendition).fragments
    except (fragments.BrokenFile, FileNotFoundError):
        return ()


def _file(path: Path, data: bytes = b"bytes") -> Path:
    path.write_bytes(data)
    return path


def _picture(folder: Path, video, plan) -> Output:
    """In fragments as long as its key frames are apart where it is copied."""
    header = track_header(_PICTURE_UNITS, (video.width, video.height))
    every_ms = plan.picture.longest_key_gap_ms if video.is_copy else _FRAGMENT_MS
    lasts = range(0, _ends_ms(plan.picture, plan), every_ms)
    return _output(folder, video.name, header, lasts, _PICTURE_UNITS, _RATE)


def _sound(folder: Path, sound, plan) -> Output:
    """What is copied begins when it does, what is made begins with silence."""
    begins_ms = max(0, sound.sound.start_us - plan.begins_us) // 1000 if sound.is_copy else 0
    lasts = range(begins_ms, sound.lasts_ms or _ends_ms(sound.sound, plan), _FRAGMENT_MS)
    return _output(folder, sound.name, track_header(_SOUND_UNITS), lasts, _SOUND_UNITS, _SOUND_UNITS / PACKET)


def _ends_ms(found, plan) -> int:
    return round((found.start_us - plan.begins_us) / 1000 + found.duration_ms)


def _output(folder: Path, name: str, header: bytes, lasts: range, units: int, rate: float) -> Output:
    """Samples at an even rate, in fragments that begin at so many milliseconds."""
    runs = []
    for begins_ms in lasts:
        until_ms = min(begins_ms + lasts.step, lasts.stop)
        count = max(1, round((until_ms - begins_ms) * rate / 1000))
        times = [units * (begins_ms * count + (until_ms - begins_ms) * n) // (1000 * count) for n in range(count + 1)]
        runs.append(
            [
                fragments.Sample(at, at, after - at, is_key=n == 0, data=b"0")
                for n, (at, after) in enumerate(pairwise(times))
            ]
        )
    path = folder / f"{name}.mp4"
    fragments.compose(path, header, runs)
    return Output(name, path, fragments.read(path))


def _edge(folder: Path, name: str, header: bytes, runs: list[list[fragments.Sample]]) -> Edge:
    path = folder / f"{name}.mp4"
    return Edge(path, len(header), tuple(fragments.compose(path, header, runs)))
