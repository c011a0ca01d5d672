"""Looks at the picture of a recording with ffmpeg, a separate program inside limits: small grey frames to find slides by,
and a full picture of each slide."""

import contextlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from cathedra.adapters import confinement
from cathedra.domain.encoding.slides import SAMPLES_PER_SECOND, Detector, Shot, grid
from cathedra.domain.terms import UnableTo

__all__ = ["Camera"]

_MEMORY = 4 * 1024**3
_OWN = "mov"  # renditions of ours, never a stranger's file
_NEAR_S, _FAR_S = 2.0, 16.0  # how far back the frame that is shown may have begun
_LEAST_ALLOWED_S = 120
_LEAST_SHARE, _LEAST_SHARE_TORN = 0.5, 0.95  # of the length, seen: a last frame may stand for long
_STEP_MS = 1000 // SAMPLES_PER_SECOND


class Told(Protocol):
    """Hears how far it is, 0 to 1; may raise to stop the work."""

    def __call__(self, share: float, /) -> None: ...


class Camera:
    """Takes pictures of renditions. Both methods may be repeated and leave nothing but their answer."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._cores = os.cpu_count() or 1

    def find_slides(self, rendition: Path, *, size: tuple[int, int], duration_ms: int, on_progress: Told) -> list[Shot]:
        """The slides that a rendition shows. Streams: memory is the same for a minute and for hours. Raises UnableTo."""
        width, height = grid(*size)
        detector = Detector(width, height)
        look = f"fps={SAMPLES_PER_SECOND}:start_time=0:round=up,scale={width}:{height}:flags=area,format=gray"
        into, out_of = os.pipe()[::-1]
        reader = _Reader(out_of, width * height, detector.feed)
        try:
            words = ["-map", "0:v:0", "-vf", look, "-f", "rawvideo", f"pipe:{into}"]
            follow = _Follow(duration_ms, on_progress)
            seconds = _LEAST_ALLOWED_S + duration_ms / 1000 * 4
            ended = self._run(
                [*_read(rendition), *words],
                seconds=seconds,
                file_bytes=0,
                folder=rendition.parent,
                pass_fds=[into],
                on_line=follow.take,
            )
        finally:
            os.close(into)
            reader.finish()
        share = reader.count / max(1, duration_ms / _STEP_MS - 2)
        if ended.is_late or reader.problem or share < (_LEAST_SHARE if ended.code == 0 else _LEAST_SHARE_TORN):
            raise UnableTo(
                f"Looking for slides ended with {ended.code} after {reader.count} frames: {ended.errors[-500:]}"
            )
        return detector.slides(duration_ms)

    def take_picture(self, rendition: Path, to: Path, *, at_ms: int) -> bool:
        """A JPEG of what is shown at that instant, as high as the rendition. False when there is none."""
        to.unlink(missing_ok=True)  # what was there is of another instant
        for back in (_NEAR_S, _FAR_S):
            begins = max(0.0, at_ms / 1000 - back)
            lasts = at_ms / 1000 - begins + 0.001
            before = ["-ss", f"{begins:.3f}", "-t", f"{lasts:.3f}"]
            look = f"fps={SAMPLES_PER_SECOND}:start_time=0:round=up,format=yuvj420p"
            words = ["-map", "0:v:0", "-vf", look, "-q:v", "3", "-f", "image2", "-update", "1", f"file:{to}"]
            self._run(
                [*_read(rendition, before), *words], seconds=_LEAST_ALLOWED_S, file_bytes=64 * 1024**2, folder=to.parent
            )
            if to.exists() and to.stat().st_size:
                return True
        return False

    def _run(
        self,
        words: Sequence[str],
        *,
        seconds: float,
        file_bytes: int,
        folder: Path,
        pass_fds: Sequence[int] = (),
        on_line: Callable[[str], None] | None = None,
    ) -> confinement.Ended:
        limits = confinement.Limits(
            wall_seconds=seconds,
            cpu_seconds=int(seconds * self._cores) + 1,
            memory_bytes=_MEMORY,
            file_bytes=file_bytes,
            niceness=15,
        )
        return confinement.run([self._program, *words], limits, cwd=folder, pass_fds=pass_fds, on_line=on_line)


def _read(rendition: Path, before: Sequence[str] = ()) -> list[str]:
    begin = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning", "-y", "-progress", "pipe:1"]
    only = ["-format_whitelist", _OWN, "-protocol_whitelist", "file", "-f", _OWN]
    return [*begin, *before, *only, "-i", f"file:{rendition}"]


class _Reader:
    """Takes frames out of a pipe in a thread of its own, until the pipe is closed."""

    def __init__(self, descriptor: int, size: int, take: Callable[[bytes], None]) -> None:
        self.count = 0
        self.problem = ""
        self._file = os.fdopen(descriptor, "rb")
        self._size, self._take = size, take
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            while len(frame := self._file.read(self._size)) == self._size:
                self._take(frame)
                self.count += 1
        except ValueError as error:
            self.problem = str(error)
        with contextlib.suppress(OSError):
            self._file.close()

    def finish(self) -> None:
        """Wait for the last frame; whoever writes has closed its end."""
        self._thread.join()


class _Follow:
    """Understands `-progress` and tells a hundredth at most once."""

    def __init__(self, expected_ms: int, tell: Told) -> None:
        self._expected_us = max(1, expected_ms) * 1000
        self._tell = tell
        self._told = -1

    def take(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            share = min(1.0, int(value) / self._expected_us)
            if int(share * 100) > self._told:
                self._told = int(share * 100)
                self._tell(share)
