"""Inside the limits: hear the samples that flow in, print words and progress as lines of JSON."""

import json
import os
import sys
from typing import Any

import faster_whisper
from faster_whisper.vad import get_speech_timestamps

from cathedra.adapters.speech import _hints, _pieces

_MS = _pieces.RATE // 1000
_BEAM = 5
_UNHEARD = 0.6  # nobody speaks, says the model
_UNSURE = -1.0  # and what it wrote all the same is a guess


def main() -> None:
    asked = json.loads(sys.argv[1])
    model = faster_whisper.WhisperModel(
        asked["model"], device="cpu", compute_type="int8", cpu_threads=asked["threads"], local_files_only=True
    )
    _say({"engine": f"faster-whisper {faster_whisper.__version__}, {asked['name']}"})
    hints = _hints.fitting(asked["hints"], most=model.max_length // 2 - 1, count=lambda text: _tokens(model, text))
    language = None if model.model.is_multilingual else "en"
    with os.fdopen(asked["descriptor"], "rb") as stream:
        for begins, samples in _pieces.pieces(stream):
            if get_speech_timestamps(samples):  # where nobody speaks the model would dream
                language = _hear(model, samples, begins // _MS, language, hints)
            _say({"at_ms": (begins + len(samples)) // _MS})


def _hear(model: Any, samples: Any, begins_ms: int, language: str | None, hints: str) -> str:
    segments, about = model.transcribe(
        samples,
        language=language,
        beam_size=_BEAM,
        word_timestamps=True,
        vad_filter=True,
        condition_on_previous_text=False,  # else one slip is repeated for minutes
        hotwords=hints or None,
    )
    for segment in segments:
        if segment.no_speech_prob > _UNHEARD and segment.avg_logprob < _UNSURE:
            continue
        found = [(word.start, word.end, word.word.strip(), word.probability) for word in segment.words or ()]
        words = [
            [begins_ms + round(start * 1000), begins_ms + round(end * 1000), text, round(float(sure), 3)]
            for start, end, text, sure in found
        ]
        _say({"words": words, "language": about.language, "at_ms": begins_ms + round(segment.end * 1000)})
    return str(about.language)


def _tokens(model: Any, text: str) -> int:
    """As the engine counts them before it cuts: with a space before the first word."""
    return len(model.hf_tokenizer.encode(f" {text}", add_special_tokens=False).ids)


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


main()
