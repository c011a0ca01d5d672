"""Reads the shipped policies: beside the package in a wheel, at the top of a source tree."""

import tomllib
from pathlib import Path
from typing import Any

import cathedra
from cathedra.domain.terms import UnableTo

_PACKAGE = Path(cathedra.__file__).parent
_PLACES = (_PACKAGE / "policies", _PACKAGE.parent.parent / "policies")


def read(name: str) -> dict[str, Any]:
    """The document `policies/<name>.toml`. Raises UnableTo with a sentence."""
    for folder in _PLACES:
        path = folder / f"{name}.toml"
        if path.is_file():
            return read_file(path)
    raise UnableTo(f"The policy {name}.toml is missing. Reinstall Cathedra.")


def read_file(path: Path) -> dict[str, Any]:
    """Any policy document by its path. Raises UnableTo with a sentence."""
    return read_text(text_of(path), str(path))


def text_of(path: Path) -> str:
    """A policy document as it stands. Raises UnableTo with a sentence."""
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise UnableTo(f"{path} cannot be read: {error}.") from error


def read_text(text: str, name: str) -> dict[str, Any]:
    """A policy document from its text; `name` says in a sentence which. Raises UnableTo."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnableTo(f"{name} is not valid TOML: {error}.") from error


def terms_files(own: Path) -> list[Path]:
    """Every version of the documents that people agree to: the shipped ones, then those of this installation."""
    return _versions("terms", own)


def use_policy_files(own: Path) -> list[Path]:
    """Every version of the acceptable use policy as rules: the shipped ones, then those of this installation."""
    return _versions("acceptable-use", own)


def _versions(name: str, own: Path) -> list[Path]:
    shipped = next((place / name for place in _PLACES if (place / name).is_dir()), None)
    folders = [folder for folder in (shipped, own) if folder is not None]
    return [path for folder in folders for path in sorted(folder.glob("*.toml"))]
