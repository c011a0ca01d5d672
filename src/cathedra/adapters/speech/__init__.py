"""Writes down what is said, with faster-whisper in a process of its own with limits; nothing is ever fetched.

ffmpeg gives it the sound of a rendition through a pipe, so that hours of it need no file and no memory.
"""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cathedra.adapters import confinement
from cathedra.adapters.ffmpeg import Ffmpeg, Source
from cathedra.adapters.speech._model import Model, find_model, is_installed
from cathedra.config import Speech
from cathedra.domain.library import SpokenWord
from cathedra.domain.terms import UnableTo

__all__ = ["Engine", "Heard", "Model", "OnPercent", "find_model", "is_installed"]

OnPercent = Callable[[int], None]
_OWN = "mov"
_SLOWEST = 20  # times as long as the sound lasts
_LEAST_SECONDS = 600
_FILE_MOST = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Heard:
    """Every word in order; none when nobody speaks. `engine` says what heard it."""

    words: tuple[SpokenWord, ...]
    language: str
    engine: str


@dataclass
class _Notes:
    """What the engine prints, line by line."""

    duration_ms: int
    on_percent: OnPercent | None
    words: list[SpokenWord] = field(default_factory=list)
    language: str = ""
    engine: str = ""
    _told: int = -1

    def take(self, line: str) -> None:
        """Words, the language, or how far it is. What takes it too far may raise: the engine is stopped then."""
        said = json.loads(line)
        self.words += [SpokenWord(*word) for word in said.get("words", ())]
        self.language = said.get("language", self.language)
        self.engine = said.get("engine", self.engine)
        percent = min(99, round(100 * said.get("at_ms", 0) / max(1, self.duration_ms)))
        if self.on_percent and percent > self._told:
            self._told = percent
            self.on_percent(percent)


class Engine:
    """One listener at a time is meant: it takes `settings.threads` cores, at the lowest priority."""

    def __init__(self, settings: Speech, ffmpeg: Ffmpeg, model: Model) -> None:
        self._settings = settings
        self._ffmpeg = ffmpeg
        self._model = model

    def listen(
        self, sound: Path, *, duration_ms: int, hints: Sequence[str] = (), on_percent: OnPercent | None = None
    ) -> Heard:
        """The words of a sound rendition of ours on its own timeline. `hints` are words that may be expected, the
        likeliest first: as many as fit are taken. Raises UnableTo, and whatever `on_percent` raises."""
        self._model.check()
        notes = _Notes(duration_ms, on_percent)
        seconds = _LEAST_SECONDS + _SLOWEST * duration_ms / 1000
        with self._samples(sound, seconds) as (samples, fed):
            ended = confinement.run(
                [sys.executable, "-I", "-m", "cathedra.adapters.speech", self._asked(samples, hints)],
                confinement.Limits(
                    wall_seconds=seconds,
                    cpu_seconds=int(seconds * max(1, self._settings.threads)),
                    memory_bytes=self._settings.memory_bytes,
                    file_bytes=0,
                    niceness=19,
                    may_drop_user=self._model.is_open,
                ),
                cwd=Path("/"),
                pass_fds=[samples],
                on_line=notes.take,
            )
        _check(ended, fed)
        return Heard(tuple(notes.words), notes.language, notes.engine)

    def _asked(self, samples: int, hints: Sequence[str]) -> str:
        asked = {
            "descriptor": samples,
            "model": str(self._model.folder),
            "name": self._model.name,
            "threads": self._settings.threads,
            "hints": list(hints),
        }
        return json.dumps(asked)

    @contextlib.contextmanager
    def _samples(self, sound: Path, seconds: float) -> Iterator[tuple[int, list[confinement.Ended]]]:
        """A descriptor from which the sound flows, and how the program that feeds it ended, once it has."""
        reading, writing = os.pipe()
        fed: list[confinement.Ended] = []

        def feed() -> None:
            try:
                limits = confinement.Limits(seconds, int(seconds), 4 * 1024**3, _FILE_MOST, niceness=19)
                words = self._ffmpeg.words_for_speech(Source(sound, _OWN), writing)
                fed.append(confinement.run(words, limits, cwd=Path("/"), pass_fds=[writing]))
            finally:
                os.close(writing)

        feeder = threading.Thread(target=feed, name="sound for speech", daemon=True)
        feeder.start()
        try:
            yield reading, fed
        finally:
            os.close(reading)  # nobody listens any more: a feeder that still writes ends
            feeder.join()


def _check(ended: confinement.Ended, fed: Sequence[confinement.Ended]) -> None:
    if ended.is_late:
        raise UnableTo("Listening took too long and was stopped.")
    if ended.code:
        raise UnableTo(f"The speech engine ended with {ended.code}: {ended.errors[-300:]}")
    if not fed or fed[0].code:
        raise UnableTo(f"The sound could not be read: {fed[0].errors[-300:] if fed else 'ffmpeg did not start'}")
