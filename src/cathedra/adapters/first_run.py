"""The one-time code that proves who may make the first administrator: shown in the terminal, kept in a closed file."""

import contextlib
import hmac
import os
import secrets
from pathlib import Path

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
_GROUPS, _GROUP_LENGTH = 4, 5  # 100 bits: not to be guessed, still to be typed


class FirstRunCode:
    """A code in a file with mode 600. It is worth nothing once an administrator exists."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self) -> str:
        """The code; made when there is none yet, else the same again."""
        fresh = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
        with contextlib.suppress(FileExistsError):
            with os.fdopen(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(fresh)
            return fresh
        return self.read() or fresh

    def read(self) -> str | None:
        """The code, or None."""
        try:
            return self._path.read_text() or None
        except FileNotFoundError:
            return None

    def matches(self, given: str) -> bool:
        """Whether this is the code; case, spaces and dashes do not matter."""
        expected = self.read()
        return expected is not None and hmac.compare_digest(_bare(given).encode(), _bare(expected).encode())

    def forget(self) -> None:
        """It has served."""
        self._path.unlink(missing_ok=True)


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
