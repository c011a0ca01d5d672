"""WebVTT and SRT: written strictly, read with patience, refused with the line and what is wrong there (R209)."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cathedra.domain.library._captions import CUES_MOST, Cue, clean_cues, clean_text
from cathedra.domain.terms import gettext_noop as _

FILE_MOST = 5 * 1024 * 1024
_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?\Z")
_ARROW = "-->"
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAGS = re.compile(r"</?(?:[a-zA-Z][^<>]*|\d[\d:.]*)?>")
_PLACES = re.compile(r"\{\\[^}]*\}")
_SHOWN = 60
_SIXTY = 60


class CaptionFormat(StrEnum):
    """What captions go out as; the value is the ending of the file's name."""

    WEBVTT = "vtt"
    SRT = "srt"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be taken: a sentence for people with its `{name}` places, among them the `line`."""

    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)


def write_webvtt(cues: Iterable[Cue]) -> str:
    """A file that every player reads."""
    blocks = (
        f"{_clock(cue.start_ms, '.')} {_ARROW} {_clock(cue.end_ms, '.')}\n{_escaped(cue.text)}\n"
        for cue in clean_cues(cues)
    )
    return "WEBVTT\n\n" + "\n".join(blocks)


def write_srt(cues: Iterable[Cue]) -> str:
    """SRT has no way to write an arrow in a text: it is shortened there."""
    blocks = (
        f"{number}\n{_clock(cue.start_ms, ',')} {_ARROW} {_clock(cue.end_ms, ',')}\n{cue.text.replace(_ARROW, '->')}\n"
        for number, cue in enumerate(clean_cues(cues), start=1)
    )
    return "\n".join(blocks)


def write_captions(cues: Iterable[Cue], form: CaptionFormat) -> str:
    """In either form."""
    return write_webvtt(cues) if form is CaptionFormat.WEBVTT else write_srt(cues)


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, _SIXTY)
    hours, minutes = divmod(minutes, _SIXTY)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def read_captions(data: bytes, *, duration_ms: int | None = None) -> tuple[Cue, ...] | Fault:
    """What a WebVTT or SRT file holds, in order. Settings, styles, comments and tags are left out; a speaker's name
    stays. With `duration_ms`, captions that begin after the end of the recording are a fault: of another one."""
    if len(data) > FILE_MOST:
        return Fault(_("This file is larger than {most} MB. A file of captions is far smaller: is it the right one?"),
                     {"most": str(FILE_MOST // 1024**2)})  # fmt: skip
    text = _decoded(data)
    if text is None:
        return Fault(_("This file is not text in UTF-8. Open it where you made it, and save it as UTF-8."))
    found = _Reader(text.split("\n")).read()
    if isinstance(found, Fault):
        return found
    cues = clean_cues(cue for _line, cue in found)
    if not cues:
        return Fault(_("There are no captions in this file. It must be WebVTT (.vtt) or SubRip (.srt)."))
    if len(cues) > CUES_MOST:
        return Fault(_("There are more than {most} captions in this file."), {"most": f"{CUES_MOST:,}"})
    return _after_the_end(found, duration_ms) or cues


def _decoded(data: bytes) -> str | None:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def _after_the_end(found: list[tuple[int, Cue]], duration_ms: int | None) -> Fault | None:
    late = next(((line, cue) for line, cue in found if duration_ms is not None and cue.start_ms >= duration_ms), None)
    if late is None or duration_ms is None:
        return None
    return Fault(
        _(
            "Line {line}: this caption begins at {begins}, but the recording ends at {ends}. Is the file of another one?"
        ),
        {"line": str(late[0]), "begins": _clock(late[1].start_ms, "."), "ends": _clock(duration_ms, ".")},
    )


class _Reader:
    """Goes through the lines once. Blank lines end a caption; so does a line of times where the blank one is missing."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._is_webvtt = bool(lines) and lines[0].strip().upper().startswith("WEBVTT")
        self._found: list[tuple[int, int, int, list[str]]] = []  # line, start, end, text

    def read(self) -> list[tuple[int, Cue]] | Fault:
        for block in self._blocks():
            if self._is_webvtt and _is_aside([line for _number, line in block]):
                continue
            fault = self._take(block)
            if fault:
                return fault
        return [(line, Cue(start, end, self._said(text))) for line, start, end, text in self._found]

    def _blocks(self) -> Iterator[list[tuple[int, str]]]:
        block: list[tuple[int, str]] = []
        is_header = self._is_webvtt
        for number, line in enumerate(self._lines, start=1):
            if is_header:  # the first line, and what may stand under it
                is_header = bool(line.strip()) and _ARROW not in line
                if _ARROW not in line:
                    continue
            if line.strip():
                block.append((number, line))
            elif block:
                yield block
                block = []
        if block:
            yield block

    def _take(self, block: list[tuple[int, str]]) -> Fault | None:
        is_cue = False
        for place, (number, line) in enumerate(block):
            if _TIMES.match(line) or (_ARROW in line and not is_cue):
                begun = self._begin(number, line)
                if begun:
                    return begun
                is_cue = True
            elif self._is_name(block, place):
                continue
            elif self._found:
                self._found[-1][3].append(line)  # of this caption, or of the one before: an empty line tore it
            else:
                return Fault(
                    _("Line {line}: “{text}” has no time. Above the text of a caption stands when it is shown: "
                      "00:00:01.000 --> 00:00:04.000"),
                    {"line": str(number), "text": line.strip()[:_SHOWN]},
                )  # fmt: skip
        return None

    def _is_name(self, block: list[tuple[int, str]], place: int) -> bool:
        """A line above the times: a number, or in WebVTT any name."""
        follows = place + 1 < len(block) and _ARROW in block[place + 1][1]
        return follows and (block[place][1].strip().isdigit() or (place == 0 and self._is_webvtt))

    def _begin(self, number: int, line: str) -> Fault | None:
        found = _TIMES.match(line)
        if not found:
            return Fault(
                _("Line {line}: “{text}” are not two times. They are written 00:00:01.000 --> 00:00:04.000"),
                {"line": str(number), "text": line.strip()[:_SHOWN]},
            )
        start, end = _ms(*found.groups()[:4]), _ms(*found.groups()[4:])
        if start is None or end is None:
            return Fault(
                _("Line {line}: “{text}” holds no time: minutes and seconds go to 59."),
                {"line": str(number), "text": line.strip()[:_SHOWN]},
            )
        if end <= start:
            return Fault(
                _("Line {line}: this caption ends at {ends}, which is not after its beginning at {begins}."),
                {"line": str(number), "begins": _clock(start, "."), "ends": _clock(end, ".")},
            )
        self._found.append((number, start, end, []))
        return None

    def _said(self, lines: list[str]) -> str:
        text = _PLACES.sub("", "\n".join(lines))
        text = _TAGS.sub("", _VOICE.sub(r"\1: ", text))
        return clean_text(html.unescape(text) if self._is_webvtt else text)


def _is_aside(lines: list[str]) -> bool:
    """A comment, style or region, as the standard tells them from a caption of that name and from what is said."""
    return bool(_ASIDE.match(lines[0])) and not any(_ARROW in line for line in lines[:2])


def _ms(hours: str | None, minutes: str, seconds: str, rest: str | None) -> int | None:
    if int(minutes) >= _SIXTY or int(seconds) >= _SIXTY:
        return None
    whole = (int(hours or 0) * _SIXTY + int(minutes)) * _SIXTY + int(seconds)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))
