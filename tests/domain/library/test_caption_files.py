"""WebVTT and SRT, in and out (R209)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.domain.library import (
    CaptionFormat,
    Cue,
    Fault,
    clean_cues,
    read_captions,
    write_captions,
    write_srt,
    write_webvtt,
)

cues = st.lists(
    st.builds(
        lambda start, lasts, text: Cue(start, start + lasts, text),
        st.integers(0, 90_000_000), st.integers(1, 60_000), st.text(max_size=60),
    ),
    min_size=1, max_size=12,
).map(clean_cues).filter(bool)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(cues)
def test_what_is_written_as_webvtt_is_read_as_it_was(made):
    assert read_captions(write_webvtt(made).encode()) == made


@settings(max_examples=25, deadline=None)
@given(cues.filter(lambda made: not any(letter in cue.text for cue in made for letter in "<{>")))
def test_what_is_written_as_srt_is_read_as_it_was(made):
    assert read_captions(write_srt(made).encode()) == made


def test_webvtt_is_written_as_the_standard_wants():
    text = write_captions([Cue(3_661_001, 3_662_000, "if a < b & c --> d\nthen")], CaptionFormat.WEBVTT)
    assert text == "WEBVTT\n\n01:01:01.001 --> 01:01:02.000\nif a &lt; b &amp; c --&gt; d\nthen\n"
    assert write_captions([Cue(0, 1000, "a --> b")], CaptionFormat.SRT) == "1\n00:00:00,000 --> 00:00:01,000\na -> b\n"


READ = {
    "notes, styles, names, settings, tags": (
        "WEBVTT - Lecture 3\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE made by hand\n\nintro\n"
        "00:01.000 --> 00:02.000 align:start\n<v Prof. Hart>Good <i>morning</i> &amp; welcome\n\n"
        "2\n00:00:03.000 --> 00:00:04.500\n<00:00:03.500><c.loud>Now</c>\n",
        [Cue(1000, 2000, "Prof. Hart: Good morning & welcome"), Cue(3000, 4500, "Now")],
    ),
    "windows ends of lines and a mark in front": ("\ufeff1\r\n00:00:01,5 --> 00:00:02,500\r\nHello\r\n", [Cue(1500, 2500, "Hello")]),
    "no empty line between": (
        "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo",
        [Cue(1000, 2000, "one"), Cue(2000, 3000, "two")],
    ),
    "an empty line inside": ("1\n00:00:01,000 --> 00:00:02,000\none\n\ntwo\n", [Cue(1000, 2000, "one\ntwo")]),
    "out of order": (
        "00:00:05.000 --> 00:00:06.000\nb\n\n00:00:01.000 --> 00:00:02.000\na",
        [Cue(1000, 2000, "a"), Cue(5000, 6000, "b")],
    ),
    "places and colours of srt": ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color=red>Up</font>\n", [Cue(1000, 2000, "Up")]),
    "a comment after a tab, a caption named like one, and words that only begin like one": (
        "WEBVTT\n\nNOTE\tby hand\n\nNOTE 1\n00:01.000 --> 00:02.000\none\n\nNote that this is said\n\nregion\n00:03.000 --> 00:04.000\ntwo\n",
        [Cue(1000, 2000, "one\nNote that this is said"), Cue(3000, 4000, "two")],
    ),
    "a number that is said": ("1\n00:00:01,000 --> 00:00:02,000\n42\n", [Cue(1000, 2000, "42")]),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_files_of_others_are_read_with_patience(name):
    text, expected = READ[name]
    assert read_captions(text.encode()) == tuple(expected)


FAULTS = {
    "no captions": (b"WEBVTT\n\nNOTE nothing\n", None, {}),
    "nothing": (b"", None, {}),
    "not utf-8": ("1\n00:00:01,000 --> 00:00:02,000\nfa\u00e7ade\n".encode("latin-1"), None, {}),
    "no times": (b"WEBVTT\n\nHello there\n", "3", {"text": "Hello there"}),
    "half a time": (b"1\n00:00:01,000 -->\nHello\n", "2", {"text": "00:00:01,000 -->"}),
    "a minute too long": (b"1\n00:61:01,000 --> 00:62:00,000\nHello\n", "2", {}),
    "ends first": (b"1\n00:00:02,000 --> 00:00:01,000\nHello\n", "2", {"begins": "00:00:02.000", "ends": "00:00:01.000"}),
    "of another recording": (b"1\n01:00:00,000 --> 01:00:01,000\nHello\n", "2", {"ends": "00:10:00.000"}),
    "too large": (b"x" * (5 * 1024 * 1024 + 1), None, {"most": "5"}),
    "too many": (b"".join(b"%02d:%02d:00.000 --> %02d:%02d:01.000\nx\n\n" % (n // 60, n % 60, n // 60, n % 60) for n in range(600)) * 34, None, {}),
}  # fmt: skip


def test_a_fault_says_the_line_and_what_is_wrong_there_r209():
    for name, (data, line, values) in FAULTS.items():
        fault = read_captions(data, duration_ms=None if name == "too many" else 600_000)
        assert isinstance(fault, Fault), name
        assert fault.values.get("line") == line, name
        assert values.items() <= fault.values.items(), (name, fault.values)
        assert fault.sentence.format(**fault.values), name
