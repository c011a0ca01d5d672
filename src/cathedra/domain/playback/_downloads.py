"""Downloads of originals: which request begins one, what the files show, and under which names they are saved (R204)."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

# One written download opens the rest of the file for so long: a pause, a lost network, the parts of a download manager.
DOWNLOAD_OPENS = timedelta(hours=12)
_LONGEST_NAME = 180  # bytes; file systems take 255
_JOINERS = "\u200c\u200d"  # which some scripts are written with; all else that cannot be seen goes
_MEDIA = frozenset({
    "3g2", "3gp", "aac", "ac3", "aif", "aiff", "amr", "asf", "avi", "caf", "dv", "f4v", "flac", "flv", "m2t",
    "m2ts", "m2v", "m4a", "m4b", "m4v", "mka", "mkv", "mov", "mp2", "mp3", "mp4", "mpe", "mpeg", "mpg", "mts",
    "mxf", "oga", "ogg", "ogm", "ogv", "opus", "qt", "rm", "rmvb", "ts", "vob", "wav", "webm", "wma", "wmv",
})  # fmt: skip
_RANGE = r"(?:[0-9]{1,19}-[0-9]{0,19}|-[0-9]{1,19})"
_RANGES = re.compile(rf"bytes= *{_RANGE}(?: *, *{_RANGE})* *", re.IGNORECASE)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=$|[. ])", re.IGNORECASE)


class Part(StrEnum):
    """Which part of a file a request asks for."""

    NOTHING = "nothing"  # HEAD: how large it is, and when it was changed
    BEGINNING = "beginning"  # all of it, or from its first byte on
    REST = "rest"


class Picture(StrEnum):
    """What an uploaded file shows, beside the other of the same recording."""

    ONLY = "only"
    SLIDES = "slides"
    CAMERA = "camera"
    SOUND = "sound"
    FIRST = "first"
    SECOND = "second"


def part_of(method: str, wanted: str) -> Part:
    """Which part is asked for, by the method and the Range header. What cannot be read is answered with all of it."""
    if method == "HEAD":
        return Part.NOTHING
    if not _RANGES.fullmatch(wanted):
        return Part.BEGINNING
    starts = [each.partition("-")[0] for each in wanted[len("bytes=") :].replace(" ", "").split(",")]
    return Part.BEGINNING if any(start and not start.strip("0") for start in starts) else Part.REST


def is_covered(written_at: datetime | None, now: datetime) -> bool:
    """May the rest of a file be sent for a download that was written down then?"""
    return written_at is not None and written_at <= now < written_at + DOWNLOAD_OPENS


def pictures(files: Sequence[tuple[bool, bool]]) -> tuple[Picture, ...]:
    """What each file shows, from whether it has a picture and whether that is of a screen; no two alike."""
    if len(files) == 1:
        return (Picture.ONLY,)
    kinds = tuple(
        Picture.SOUND if not has_picture else Picture.SLIDES if is_screen else Picture.CAMERA
        for has_picture, is_screen in files
    )
    return kinds if len(set(kinds)) == len(kinds) else (Picture.FIRST, Picture.SECOND)[: len(files)]


def file_name(title: str, original_name: str, *, mark: str = "") -> str:
    """What a browser saves the file as: the title, a mark where a recording has two files, and the original's ending
    when it is one of media: else `.bin`, so that no title is taken for an ending. Safe on every system: nothing that
    separates folders, hides, or turns the text around."""
    _, dot, ending = original_name.lower().rpartition(".")
    suffix = (f" ({_plain(mark)})" if mark else "") + (f".{ending}" if dot and ending in _MEDIA else ".bin")
    name = _plain(title) or "recording"
    if _RESERVED.match(name):
        name = f"_{name}"
    room = _LONGEST_NAME - len(suffix.encode())
    return name.encode()[:room].decode(errors="ignore").strip(" .") + suffix


def _plain(text: str) -> str:
    shown = (char for char in unicodedata.normalize("NFC", text) if _is_shown(char))
    spaced = re.sub(r"[\\/:|]+", "-", "".join(shown))
    return " ".join(re.sub(r"[<>\"*?]+", "", spaced).split()).strip(" .")


def _is_shown(char: str) -> bool:
    kind = unicodedata.category(char)
    return char in _JOINERS or char.isspace() or kind[0] != "C"
