"""Sentences of doors that are not Django's, in the language that is asked for."""

import struct
from pathlib import Path

import pytest

from cathedra import wiring

SAID = "Sign in to upload."


def catalogue(folder: Path, language: str, said: dict[str, str]) -> None:
    """A compiled catalogue, as msgfmt makes it: the sentences in order, and where each of the two lies."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **said}.items())
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    tables, texts, at = [], b"", len(header) + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            text = pair[side].encode()
            tables.append(struct.pack("<2I", len(text), at + len(texts)))
            texts += text + b"\0"
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(header + b"".join(tables) + texts)


@pytest.fixture
def two_languages(settings, tmp_path):
    """English, and a language of which one sentence is known. No other test asks for it, so it may stay loaded."""
    catalogue(tmp_path, "cy", {SAID: "Mewngofnodwch i uwchlwytho."})
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("cy", "Mewngofnodwch i uwchlwytho."),
        ("de, cy;q=0.8, en;q=0.5", "Mewngofnodwch i uwchlwytho."),
        ("cy-GB", "Mewngofnodwch i uwchlwytho."),
        ("en-GB, cy;q=0.5", SAID),
        ("de", SAID),
        ("", SAID),
        ("x" * 5000 + ", ;;q=nothing", SAID),
    ],
)
def test_a_sentence_is_in_the_first_language_that_is_accepted_and_known(two_languages, accepted, told):
    assert wiring.speak(SAID, accepted=accepted) == told
    assert wiring.speak("Nobody translated this.", accepted=accepted) == "Nobody translated this."
    assert wiring.in_words(SAID) == SAID, "the process itself speaks as before"


def test_r208_a_site_that_does_not_listen_has_no_engine_though_one_is_installed(site_says):
    pytest.importorskip("faster_whisper")
    with site_says(SPEECH_LISTENS="true"):
        assert wiring.has_speech_engine()
        assert wiring.speech_engine() is not None
    with site_says(SPEECH_LISTENS="false"):
        assert not wiring.has_speech_engine()
        assert wiring.speech_engine() is None
