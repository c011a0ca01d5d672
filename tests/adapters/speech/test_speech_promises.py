"""One suite for the scripted engine that the tests of actions use and for the real one, where it is installed."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from cathedra import config
from cathedra.actions.captions import Listener
from cathedra.adapters import policy_files, speech
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.adapters.speech import Engine, Heard
from cathedra.domain.encoding import parse_ladder
from cathedra.domain.library import SpokenWord
from cathedra.domain.terms import UnableTo
from tests.adapters.speech.test_speech import SPEECH, a_model, needs_the_engine
from tests.fakes.speech import ScriptedListener
from tests.media import ffmpeg
from tests.promises import differences, files_below, methods

LENGTH_MS = 3000


@dataclass(frozen=True)
class Bench:
    """An engine, what it hears speech in, and what it hears nothing in."""

    listener: Listener
    silent: Listener
    speech: Path
    silence: Path


@pytest.fixture(params=["scripted", pytest.param("real", marks=[pytest.mark.slow, needs_the_engine])])
def bench(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = [tmp_path / "speech.mp4", tmp_path / "silence.mp4"]
    if request.param == "scripted":
        for path in paths:
            path.write_bytes(b"its sound")
        return Bench(ScriptedListener("He was not an ill disposed young man"), ScriptedListener(""), *paths)
    paths[0].write_bytes(SPEECH.read_bytes())
    ffmpeg("-f", "lavfi", "-t", "3", "-i", "anullsrc=r=48000:cl=mono", "-c:a", "aac", paths[1])
    engine = Engine(config.Speech(), an_ffmpeg(), speech.find_model(config.Speech()))
    return Bench(engine, engine, *paths)


def an_ffmpeg() -> Ffmpeg:
    return Ffmpeg(config.Encoding(), parse_ladder(policy_files.read("ladder")))


def test_both_are_called_as_the_actions_call_them():
    assert differences(Listener, ScriptedListener, Engine) == []
    assert methods(Listener) == ["listen"]


def test_words_come_in_order_within_the_sound_and_nothing_is_written(bench, tmp_path):
    before = files_below(tmp_path)
    told = []
    heard = bench.listener.listen(bench.speech, duration_ms=LENGTH_MS, hints=["Dashwood"], on_percent=told.append)
    assert isinstance(heard, Heard)
    assert isinstance(heard.words, tuple)
    assert len(heard.words) > 4
    for word in heard.words:
        assert isinstance(word, SpokenWord)
        assert word.text == word.text.strip() != ""
        assert 0 <= word.start_ms <= word.end_ms <= LENGTH_MS + 500
        assert 0 < word.confidence <= 1
    assert [word.start_ms for word in heard.words] == sorted(word.start_ms for word in heard.words)
    assert (heard.language, bool(heard.engine)) == ("en", True)
    assert all(isinstance(percent, int) and 0 <= percent <= 99 for percent in told)
    assert told == sorted(set(told))
    assert bench.listener.listen(bench.speech, duration_ms=LENGTH_MS, hints=["Dashwood"]) == heard
    assert files_below(tmp_path) == before


def test_where_nobody_speaks_there_are_no_words_and_no_language_and_that_is_no_failure(bench):
    heard = bench.silent.listen(bench.silence, duration_ms=LENGTH_MS)
    assert (heard.words, heard.language, bool(heard.engine)) == ((), "", True)


def test_whoever_hears_of_the_progress_can_stop_it(bench):
    def stop(percent: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        bench.listener.listen(bench.speech, duration_ms=LENGTH_MS, on_percent=stop)


def test_a_sound_that_is_gone_is_an_error_and_not_silence(bench, tmp_path):
    with pytest.raises(UnableTo):
        bench.listener.listen(tmp_path / "gone.mp4", duration_ms=LENGTH_MS)


@pytest.mark.slow
def test_an_engine_that_cannot_begin_fails_as_the_script_does(tmp_path):
    """Also where the extra `speech` is not installed: the model is none."""
    settings = a_model(tmp_path / "model")
    engine = Engine(settings, an_ffmpeg(), speech.find_model(settings))
    for listener in (engine, ScriptedListener(failing=UnableTo("no memory"))):
        with pytest.raises(UnableTo) as failed:
            listener.listen(SPEECH, duration_ms=LENGTH_MS)
        assert str(failed.value)
