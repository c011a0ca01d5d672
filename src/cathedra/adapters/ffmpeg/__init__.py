"""Makes renditions and stills with ffmpeg, a separate program inside limits."""

import importlib.util
import os
import shutil
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import _arguments, _readings
from cathedra.adapters.ffmpeg._abilities import missing
from cathedra.adapters.ffmpeg._arguments import Source
from cathedra.adapters.ffmpeg._edges import PACKET, Edge, Heard, picture_edge, sound_edge
from cathedra.adapters.ffmpeg._readings import Scene, Waveform
from cathedra.adapters.ffmpeg._run import Allowance, OnProgress, RunFailed, run
from cathedra.config import Encoding
from cathedra.domain.encoding import Ladder, Picture, Plan, VideoPlan
from cathedra.domain.terms import UnableTo

__all__ = [
    "PACKET",
    "Edge",
    "Ffmpeg",
    "Heard",
    "OnProgress",
    "Output",
    "RunFailed",
    "Scene",
    "Source",
    "Waveform",
    "find_program",
    "missing",
]

_MEMORY = 4 * 1024**3
_MIB = 1024**2
_MOST_REPEATED = 1.5  # seconds that the last picture may stand longer than the source's, whose repetitions are left out
_LEAST_SHARE = 0.9  # of the expected length; less means that the encoder stopped early
_OWN = "mov"


@dataclass(frozen=True, slots=True)
class Output:
    """A finished rendition in the work folder."""

    name: str
    path: Path
    file: fragments.FragmentedFile


def find_program(setting: str) -> Path:
    """The configured ffmpeg, else the system's, else the one that came with Cathedra. Raises UnableTo."""
    if setting:
        if not os.access(setting, os.X_OK):
            raise UnableTo(f"encoding.ffmpeg is {setting}, which cannot be run.")
        return Path(setting).absolute()
    if found := shutil.which("ffmpeg"):
        return Path(found).absolute()
    spec = importlib.util.find_spec("imageio_ffmpeg")
    for folder in spec.submodule_search_locations or () if spec else ():
        for program in sorted(Path(folder, "binaries").glob("ffmpeg-*")):
            if os.access(program, os.X_OK):
                return program
    raise UnableTo("There is no ffmpeg. Install Debian's ffmpeg package, or pip install imageio-ffmpeg.")


class Ffmpeg:
    """Every method writes into `folder` (absolute, ours alone) and may be repeated."""

    def __init__(self, settings: Encoding, ladder: Ladder) -> None:
        self.program = find_program(settings.ffmpeg)
        self._cores = os.cpu_count() or 1
        self._rules = _arguments.Rules(ladder.segment_ms / 1000, ladder.sound_kbps, settings.threads)

    def make_first(
        self, source: Source, plan: Plan, folder: Path, *, is_screen: bool, on_progress: OnProgress | None = None
    ) -> list[Output]:
        """What has to be there before anybody can watch: the first rendition of the picture, and all sound."""
        picture, first = plan.picture, plan.first
        is_copied = first is None or first.is_copy
        begins_us, zero_us = plan.begins_us, 0 if is_copied else plan.begins_us
        words = [*_arguments.begin(keeps_clock=is_copied), *_arguments.read(source)]
        if picture and first and first.is_copy:
            words += _arguments.copied_picture(picture, first, folder)
        elif picture and first:
            words += _arguments.encoded_pictures(
                picture, [first], self._rules, folder, is_screen=is_screen, with_scenes=False
            )
        for sound in plan.sounds:
            words += _arguments.sound(sound, self._rules, folder, begins_us=begins_us, zero_us=zero_us)
        names = {plan.first.name: Fraction(0)} if plan.first else {}
        for sound in plan.sounds:
            names[sound.name] = _arguments.sound_begins(sound, begins_us=begins_us)
        return self._make(words, source, plan, folder, names, on_progress, is_copy=plan.is_copy)

    def make_rest(
        self,
        source: Source,
        plan: Plan,
        videos: Sequence[VideoPlan],
        folder: Path,
        *,
        is_screen: bool,
        on_progress: OnProgress | None = None,
    ) -> tuple[list[Output], list[Scene], Waveform | None]:
        """Everything else from one decode: the lower renditions, scene scores, loudness."""
        words = [*_arguments.begin(), *_arguments.read(source)]
        if plan.picture:
            words += _arguments.encoded_pictures(
                plan.picture, videos, self._rules, folder, is_screen=is_screen, with_scenes=True
            )
        if plan.sounds:
            words += _arguments.waveform(plan.sounds[0].sound)
        names = {video.name: Fraction(0) for video in videos}
        made = self._make(words, source, plan, folder, names, on_progress, is_copy=False)
        scenes = _readings.read_scenes(folder / _arguments.SCENES_FILE)
        return made, scenes, _readings.read_waveform(folder / _arguments.WAVEFORM_FILE, _arguments.WAVEFORM_RATE)

    def words_for_speech(self, source: Source, descriptor: int) -> list[str | Path]:
        """The command that writes a sound rendition of ours into an open descriptor, as the speech engine hears it."""
        return [self.program, *_arguments.begin(), *_arguments.read(source), *_arguments.speech(descriptor)]

    def make_poster(
        self, rendition: Path, folder: Path, *, at_seconds: float, size: tuple[int, int], is_exact: bool = False
    ) -> Path | None:
        """One picture of a rendition of ours, a key frame unless it has to be exactly there; None when it has none to
        give."""
        before = [*([] if is_exact else ["-skip_frame", "nokey"]), "-ss", f"{at_seconds:.3f}"]
        words = [*_arguments.begin(), *_arguments.read(Source(rendition, _OWN), before=before)]
        self._run(words + _arguments.poster(0, *size, folder), folder, seconds=60)
        made = folder / "poster.jpg"
        return made if made.exists() and made.stat().st_size else None

    def make_storyboard(
        self, rendition: Path, folder: Path, *, every: int, size: tuple[int, int], columns: int, rows: int
    ) -> list[Path]:
        """Sheets of small pictures, one of every `every`th key frame."""
        before = ["-skip_frame", "nokey"]
        words = [*_arguments.begin(), *_arguments.read(Source(rendition, _OWN), before=before)]
        self._run(words + _arguments.storyboard(every, *size, columns, rows, folder), folder, seconds=600)
        return sorted(folder.glob("storyboard-*.jpg"), key=lambda path: int(path.stem.rpartition("-")[2]))

    def paint_over(self, sheet: Path, boxes: Sequence[tuple[int, int, int, int]], folder: Path) -> Path:
        """The same picture with these boxes (x, y, width, height) black. Raises RunFailed."""
        path = folder / "painted.jpg"
        path.unlink(missing_ok=True)
        words = [*_arguments.begin(), *_arguments.read(Source(sheet, "jpeg_pipe"))]
        self._run([*words, *_arguments.painted(boxes, path)], folder, seconds=60)
        if not path.exists() or not path.stat().st_size:
            raise RunFailed(f"{sheet.name} could not be painted over")
        return path

    def make_picture_edge(
        self, around: Path, codecs: str, *, begins: int, ends: int, units: int, folder: Path, name: str
    ) -> Edge:
        """The picture between two instants, of a file that holds the segments around them. Raises RunFailed."""
        with _explained(name):
            return picture_edge(
                self._run_edge,
                around,
                codecs,
                begins=begins,
                ends=ends,
                units=units,
                threads=self._rules.threads,
                folder=folder,
                name=name,
            )

    def make_sound_edge(
        self,
        around: Sequence[tuple[Path | None, int, int]],
        parts: Sequence[Heard],
        *,
        before: int,
        lasts: int,
        folder: Path,
        name: str,
    ) -> Edge:
        """Sound across one or more cuts, of files that hold the segments around them. Raises RunFailed."""
        with _explained(name):
            return sound_edge(
                self._run_edge,
                around,
                parts,
                before=before,
                lasts=lasts,
                kbps=self._rules.sound_kbps,
                folder=folder,
                name=name,
            )

    def join(self, tracks: Sequence[Sequence[tuple[Path, float]]], folder: Path) -> Path:
        """One file of tracks, each of which is files that follow each other and how many seconds each counts. Nothing is
        encoded. Raises RunFailed."""
        with _explained("joined.mp4"):
            return self._join(tracks, folder)

    def _join(self, tracks: Sequence[Sequence[tuple[Path, float]]], folder: Path) -> Path:
        path, words = folder / "joined.mp4", _arguments.begin()
        for number, files in enumerate(tracks):
            listed = folder / f"track-{number}.txt"
            listed.write_text(_arguments.concat_list(files))
            words += _arguments.read_list(listed)
        for number in range(len(tracks)):
            words += ["-map", f"{number}:0"]
        words += ["-c", "copy", *_arguments.NO_LEFTOVERS, "-movflags", "+faststart", "-f", "mp4", f"file:{path}"]
        size = sum(file.stat().st_size for files in tracks for file, _ in files)
        allowance = Allowance(600 + size / 1e6, 2 * size + 64 * _MIB, _MEMORY)
        run(self.program, words, folder=folder, allowance=allowance, expected_ms=0, on_progress=None, cores=self._cores)
        if not path.exists() or path.stat().st_size < size * _LEAST_SHARE:
            raise RunFailed(f"{path.name} could not be joined of {size} bytes")
        return path

    def _run_edge(self, words: Sequence[str], folder: Path) -> None:
        self._run(words, folder, seconds=300)

    def _run(self, words: Sequence[str], folder: Path, *, seconds: float) -> None:
        allowance = Allowance(seconds, 64 * _MIB, _MEMORY)
        run(self.program, words, folder=folder, allowance=allowance, expected_ms=0, on_progress=None, cores=self._cores)

    def _make(
        self,
        words: Sequence[str],
        source: Source,
        plan: Plan,
        folder: Path,
        names: dict[str, Fraction],
        on_progress: OnProgress | None,
        *,
        is_copy: bool,
    ) -> list[Output]:
        seconds = plan.duration_ms / 1000
        allowance = Allowance(
            seconds=120 + seconds * (1 if is_copy else 30),
            file_bytes=2 * source.path.stat().st_size + int(seconds * 3 * _MIB) + 64 * _MIB,
            memory_bytes=_MEMORY,
        )
        (folder / _arguments.SEEN_FILE).unlink(missing_ok=True)
        ended = run(
            self.program,
            words,
            folder=folder,
            allowance=allowance,
            expected_ms=plan.duration_ms,
            on_progress=on_progress,
            cores=self._cores,
        )
        try:
            seen = _readings.read_seen(folder / _arguments.SEEN_FILE) + _arguments.SEEN_EVERY
            return [_finish(folder, name, begins, plan, seen) for name, begins in names.items()]
        except (fragments.BrokenFile, FileNotFoundError) as error:
            raise RunFailed(f"ffmpeg ended with {ended.code}: {error}: {ended.errors[-1500:]}") from error


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (fragments.BrokenFile, FileNotFoundError, EOFError, wave.Error) as error:
        raise RunFailed(f"{name} could not be made: {error}") from error


def _finish(folder: Path, name: str, begins: Fraction, plan: Plan, seen: float) -> Output:
    """Put the clock right and look whether it is all there: to the end, or of a screen to where what repeats was `seen`."""
    path = folder / f"{name}.mp4"
    expected = _expected_seconds(plan, name)
    fragments.settle(path, first_shown=begins)
    file = fragments.read(path)
    if _has_unknown_keys(plan, name, file):
        raise fragments.BrokenFile(f"{name} begins fragments where its file has no key frame")
    stands = plan.picture.last_ms / 1000 if plan.picture else 0.0
    if file.header.width and expected - max(file.ends, seen) < _MOST_REPEATED + stands:
        fragments.retime(path, ends=expected)
        file = fragments.read(path)
    if file.ends < expected * _LEAST_SHARE - 1:
        raise fragments.BrokenFile(f"{name} ends after {file.ends:.1f} s of {expected:.1f} s")
    return Output(name, path, file)


def _has_unknown_keys(plan: Plan, name: str, file: fragments.FragmentedFile) -> bool:
    """Whether a copy was cut at frames that only look like key frames: recovery points of open groups, which an
    MP4's index does not name and the parser does."""
    is_copy = plan.first is not None and plan.first.is_copy and plan.first.name == name
    return is_copy and plan.picture is not None and len(file.fragments) > plan.picture.key_frames + 1


def _expected_seconds(plan: Plan, name: str) -> float:
    for sound in plan.sounds:
        if sound.name == name:
            return sound.sound.duration_ms / 1000
    picture: Picture | None = plan.picture
    if picture is None:
        return 0.0
    return (picture.start_us - plan.begins_us) / 1_000_000 + picture.duration_ms / 1000
