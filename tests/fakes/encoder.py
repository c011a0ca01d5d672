"""A prober and a renderer that follow a script: what they find and make is given, every call is remembered.

tests/adapters/test_probe.py and test_ffmpeg.py hold the real ones to the same shapes.
"""

from dataclasses import dataclass, field
from pathlib import Path

from cathedra.adapters.ffmpeg import Edge, Output, RunFailed, Scene, Waveform
from cathedra.adapters.fragments import Fragment, FragmentedFile, Header, compose, read_samples
from cathedra.domain.encoding import Probe


@dataclass
class ScriptedProber:
    """Finds what it was told to find."""

    found: Probe
    calls: list[Path] = field(default_factory=list)

    def probe(self, path, *, limits):
        self.calls.append(path)
        return self.found


@dataclass
class ScriptedRenderer:
    """Writes a few bytes for each rendition. `failing` names the methods that fail; `during` is called in the middle."""

    failing: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    during: object = None

    def make_first(self, source, plan, folder, *, is_screen, on_progress=None):
        self._begin("make_first")
        names = ([plan.first.name] if plan.first else []) + [sound.name for sound in plan.sounds]
        if on_progress:
            on_progress(0.5, 3.0)
        sizes = {plan.first.name: (plan.first.width, plan.first.height)} if plan.first else {}
        return [_output(folder, name, sizes.get(name, (0, 0)), plan.duration_ms) for name in names]

    def make_rest(self, source, plan, videos, folder, *, is_screen, on_progress=None):
        self._begin("make_rest")
        if on_progress:
            on_progress(0.25, 30.0)
        if callable(self.during):
            self.during()
        made = [_output(folder, video.name, (video.width, video.height), plan.duration_ms) for video in videos]
        return made, [Scene(0, 1.0)] if plan.picture else [], Waveform((1, 2), ()) if plan.sounds else None

    def make_poster(self, rendition, folder, *, at_seconds, size, is_exact=False):
        self._begin("make_poster")
        return _file(folder / "poster.jpg")

    def make_storyboard(self, rendition, folder, *, every, size, columns, rows):
        self._begin("make_storyboard")
        return [_file(folder / "storyboard-1.jpg")]

    def paint_over(self, sheet, boxes, folder):
        self._begin("paint_over")
        return _file(folder / "painted.jpg", b"painted over " + str(boxes).encode())

    def make_picture_edge(self, around, codecs, *, begins, ends, units, folder, name):
        self._begin("make_picture_edge")
        return _edge(folder, name, around, 1)

    def make_sound_edge(self, around, parts, *, before, lasts, folder, name):
        self._begin("make_sound_edge")
        return _edge(folder, name, next(file for file, _, _ in around if file), len(parts))

    def join(self, tracks, folder):
        self._begin("join")
        return _file(folder / "joined.mp4", b"".join(file.read_bytes() for files in tracks for file, _ in files))

    def _begin(self, name: str) -> None:
        self.calls.append(name)
        if name in self.failing:
            raise RunFailed(f"{name} failed as the test wants")


def _file(path: Path, data: bytes = b"bytes") -> Path:
    path.write_bytes(data)
    return path


def _output(folder: Path, name: str, size: tuple[int, int], duration_ms: int) -> Output:
    codecs = "avc1.640028" if size[0] else "mp4a.40.2"
    lasts = duration_ms / 1000
    fragments = (Fragment(100, 900, 0.0, lasts, True, round(lasts * 30)),)
    path = _file(folder / f"{name}.mp4", b"0" * 1000)
    return Output(name, path, FragmentedFile(Header(90_000, codecs, *size), 100, fragments))


def _edge(folder: Path, name: str, around: Path, parts: int) -> Edge:
    """The bytes of what lies around, as an edge of so many parts."""
    header, samples = read_samples(around)
    path = folder / f"{name}.mp4"
    return Edge(path, len(header), tuple(compose(path, header, [samples] * parts)))
