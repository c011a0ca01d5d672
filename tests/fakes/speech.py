"""An engine that hears what it is told to; tests/adapters/speech/test_speech_promises.py holds it and the real one to the
same."""

from dataclasses import dataclass, field

from cathedra.adapters.speech import Heard
from cathedra.domain.library import SpokenWord
from cathedra.domain.terms import UnableTo

SAID = "Carbonyls are electrophiles. The enemy late attacks."
_WORD_MS = 500


@dataclass
class ScriptedListener:
    """Hears `said`, two words a second if there is time for it; `during` is called in the middle."""

    said: str = SAID
    language: str = "en"
    during: object = None
    failing: Exception | None = None
    calls: list = field(default_factory=list)

    def listen(self, sound, *, duration_ms, hints=(), on_percent=None):
        if not sound.exists():
            raise UnableTo(f"The sound could not be read: {sound.name}")
        self.calls.append((sound.read_bytes(), duration_ms, tuple(hints)))
        if callable(self.during):
            self.during()
        if on_percent:
            on_percent(50)
        if self.failing:
            raise self.failing
        heard = self.said.split()
        lasts = min(_WORD_MS, duration_ms // max(1, len(heard)))
        words = tuple(
            SpokenWord(n * lasts, (n + 1) * lasts, text, 0.3 if text == "late" else 0.9) for n, text in enumerate(heard)
        )
        if on_percent:
            on_percent(99)
        return Heard(words, self.language if words else "", "scripted 1")
