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
            try:
                return tomllib.loads(path.read_text())
            except tomllib.TOMLDecodeError as error:
                raise UnableTo(f"{path} is not valid TOML: {error}.") from error
    raise UnableTo(f"The policy {name}.toml is missing. Reinstall Cathedra.")
