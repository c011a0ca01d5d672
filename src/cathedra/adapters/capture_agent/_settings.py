"""The file that says what a recorder records from, and where its server is: `recorder.toml`, explained in
docs/recorder.md."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cathedra.config import WrongConfiguration

ENCODE = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", "-g", "50"),
    *("-c:a", "aac", "-b:a", "128k"),
)
_NAME = re.compile(r"[a-z0-9-]{1,40}\Z")
_HERE = ("localhost", "127.0.0.1", "::1")
_MOST_FILES = 2  # a recording holds two (R6)


@dataclass(frozen=True, slots=True)
class Input:
    """One file of what is recorded: what ffmpeg reads, and how it encodes that. Words of a command line, never a line."""

    name: str
    read: tuple[str, ...]
    encode: tuple[str, ...] = ENCODE


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """What the operator of a recorder has set."""

    server: str
    folder: Path
    files: tuple[Input, ...]
    ffmpeg: str = ""


def read_settings(path: Path) -> AgentSettings:
    """Raises WrongConfiguration with a sentence."""
    try:
        told = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongConfiguration(f"{path} cannot be read: {error}") from error
    unknown = sorted(told.keys() - {"server", "folder", "ffmpeg", "file"})
    if unknown:
        raise WrongConfiguration(f"{path} has {', '.join(unknown)}, which no recorder knows.")
    folder = Path(_text(told, "folder", path))
    if not folder.is_absolute():
        raise WrongConfiguration(f"{path}: folder must be a whole path, from / on.")
    ffmpeg = told.get("ffmpeg", "")
    if not isinstance(ffmpeg, str):
        raise WrongConfiguration(f"{path}: ffmpeg must be the path of a program.")
    return AgentSettings(_server(_text(told, "server", path), path), folder, _files(told.get("file"), path), ffmpeg)


def _text(told: dict[str, Any], key: str, path: Path) -> str:
    if not isinstance(value := told.get(key), str) or not value:
        raise WrongConfiguration(f"{path} says no {key}.")
    return value


def _server(address: str, path: Path) -> str:
    """The token goes there: never in clear over a network."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not is_safe or not parts.hostname or parts.path.strip("/") or parts.username or parts.query:
        raise WrongConfiguration(f"{path}: server must be an address as https://cathedra.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def _files(told: Any, path: Path) -> tuple[Input, ...]:
    if not isinstance(told, list) or not 1 <= len(told) <= _MOST_FILES:
        raise WrongConfiguration(f"{path} needs one or two [[file]], the main picture first.")
    found = tuple(_input(one, path) for one in told)
    if len({one.name for one in found}) != len(found):
        raise WrongConfiguration(f"{path}: each [[file]] needs a name of its own.")
    return found


def _input(told: Any, path: Path) -> Input:
    if not isinstance(told, dict) or not isinstance(name := told.get("name"), str) or not _NAME.match(name):
        raise WrongConfiguration(f"{path}: the name of a [[file]] is of small letters, digits and hyphens.")
    words = {key: told.get(key, list(ENCODE) if key == "encode" else None) for key in ("read", "encode")}
    for key, value in words.items():
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
            raise WrongConfiguration(f"{path}: {key} of {name} is a list of words, as ffmpeg takes them.")
    return Input(name, tuple(words["read"]), tuple(words["encode"]))
