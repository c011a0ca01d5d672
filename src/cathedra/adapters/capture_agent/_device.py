"""ffmpeg, as it records from a room's devices: it writes files that only grow, so they can be sent while they do, and ends
with whoever started it."""

import contextlib
import ctypes
import hashlib
import os
import re
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cathedra.adapters.capture_agent._settings import Input
from cathedra.domain.terms import UnableTo

_PR_SET_PDEATHSIG = 1
_STOP_S = 10
_JOIN_S = 3600
_READ_BYTES = 4 * 1024 * 1024
_LOG_BYTES = 64 * 1024
# A live Matroska: nothing at its beginning is written again when it ends.
_GROWING = ("-f", "matroska", "-live", "1", "-cluster_time_limit", "1000", "-flush_packets", "1")
_SILENCE = re.compile(rb"silence_(start|end):")
_HEARING = ("-af", "silencedetect=n=-60dB:d=5")
_libc = ctypes.CDLL(None, use_errno=True)


class Recording:
    """Everything of one stretch: one ffmpeg for each file. Begin it in the main thread: it ends with that."""

    def __init__(self, program: Path, inputs: Sequence[tuple[Input, Path]]) -> None:
        self._running = [_start(program, one, path) for one, path in inputs]
        self._logs = [path.with_suffix(".log") for _one, path in inputs]

    @property
    def is_whole(self) -> bool:
        """Whether every file is still being written."""
        return all(process.poll() is None for process in self._running)

    def stop(self) -> None:
        """End it in order, and by force where that takes too long. What was written is whole to its last second."""
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
        for process in self._running:
            try:
                process.wait(timeout=_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def last_words(self) -> str:
        """What ffmpeg said last of what is wrong."""
        for process, log in zip(self._running, self._logs, strict=True):
            lines = _tail(log).decode("utf-8", "replace").strip().splitlines()
            if process.poll() is not None:
                return lines[-1] if lines else f"ffmpeg ended with {process.returncode}."
        return ""

    def has_sound(self) -> bool | None:
        """Whether something is heard in any of its sounds (R164); None where it has none to listen to, or not yet."""
        found = [_SILENCE.findall(_tail(log)) for log in self._logs]
        heard = [words[-1] == b"end" for words in found if words]
        return any(heard) if heard else None


def _start(program: Path, one: Input, path: Path) -> subprocess.Popen[bytes]:
    words = [str(program), "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", *one.read, *one.encode]
    listens = _HEARING if "-c:a" in one.encode and "-af" not in one.encode else ()
    with path.with_suffix(".log").open("wb") as log:
        try:
            return subprocess.Popen(
                [*words, *listens, *_GROWING, "-y", f"file:{path}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                preexec_fn=_ending_with_us,
            )
        except OSError as error:
            raise UnableTo(f"ffmpeg cannot be started: {error}") from error


def _ending_with_us() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
    os.setpgid(0, 0)  # a key pressed at a terminal is for us, not for it


def join(program: Path, pieces: Sequence[Path], whole: Path) -> None:
    """One file of several pieces, as they are. Raises UnableTo."""
    listed = whole.with_suffix(".txt")
    listed.write_text("".join(f"file '{piece.name}'\n" for piece in pieces))
    fresh = whole.with_suffix(".joining.mkv")
    words = [str(program), "-hide_banner", "-nostdin", "-loglevel", "error", "-f", "concat", "-i", f"file:{listed}"]
    told = subprocess.run(
        [*words, "-c", "copy", "-f", "matroska", "-y", f"file:{fresh}"],
        capture_output=True,
        check=False,
        timeout=_JOIN_S,
    )
    if told.returncode or not fresh.exists():
        raise UnableTo(f"The pieces cannot be joined: {told.stderr.decode(errors='replace')[-200:]}")
    fresh.replace(whole)


def checksum(path: Path) -> str:
    """SHA-256 of a whole file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _tail(log: Path) -> bytes:
    with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _LOG_BYTES))
        return file.read()
    return b""
